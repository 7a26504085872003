package digitlab.engine.cpu;

import digitlab.net.Images;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * A batch of images as the first layer of a wide network reads it: pixels as numbers, and lists of
 * where to look. Forward, two images share the list of the pixels that have ink in one of them at
 * least (four images where registers are few); for the gradient, four neighbouring pixels share the
 * list of the images that have ink in one of them. The few zeros that are multiplied so cost less
 * than finding them. Scratch memory of one thread.
 */
final class WideInput {
  /** So many pixels share a list of images. */
  static final int QUAD = 4;

  /** So many images share a list of pixels: as few as keep the vector units busy. */
  private static final int IMAGES = Panels.MOST_VECTORS == 4 ? 2 : 4;

  private static final int LINE = 64; // bytes

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> FEW_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * Vectors.LANES)));

  private final int inputs;
  private final int words; // of 64 pixels each
  private final float[] x; // (rows, stride)
  private final int xAt;
  private final int stride;
  private final long[] masks; // (rows, words): which pixels are not zero
  private final int[] pixelLists; // (groups of IMAGES rows, stride)
  private final int[] pixelCounts; // (groups of IMAGES rows)
  private final int[] rowLists; // (pixel quads, rows)
  private final int[] rowCounts; // (pixel quads)
  private final int mostRows;
  private final long[] bits = new long[Long.SIZE];

  WideInput(int inputs, int mostRows, float[] memory, int at) {
    this.inputs = inputs;
    this.mostRows = mostRows;
    words = (inputs + 63) / 64;
    x = memory;
    xAt = at;
    stride = stride(inputs);
    masks = new long[mostRows * words];
    pixelCounts = new int[mostRows / IMAGES];
    pixelLists = new int[pixelCounts.length * stride];
    rowCounts = new int[(inputs + QUAD - 1) / QUAD];
    rowLists = new int[rowCounts.length * mostRows];
  }

  private static int stride(int inputs) {
    return (inputs + 15) / 16 * 16;
  }

  /** Floats of memory that it wants for its pixels. */
  static int size(int inputs, int mostRows) {
    return stride(inputs) * mostRows;
  }

  /** Reads {@code rows} images, whose numbers stand in {@code numbers} from {@code first}. */
  void read(Images images, int[] numbers, int first, int rows) {
    byte[] pixels = images.pixels();
    for (int row = 0; row < rows; row++) {
      int at = numbers[first + row] * inputs;
      decode(pixels, at, xAt + row * stride);
      mask(pixels, at, row * words);
    }
    listPixels(rows);
  }

  /** z += x·W for the columns of some panels. */
  void addProduct(Layer layer, int firstPanel, int lastPanel, int rows, float[] w, float[] z) {
    Panels panels = layer.panels();
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      int wAt = layer.weightsAt() + panel * panels.panelSize();
      int zAt = layer.zAt() + panel * panels.width();
      for (int row = 0; row < rows; row += IMAGES) {
        int list = row / IMAGES * stride;
        ListedProduct.add(
            IMAGES,
            pixelLists,
            list,
            list + pixelCounts[row / IMAGES],
            1,
            x,
            xAt + row * stride,
            stride,
            1,
            w,
            wAt,
            panels.width(),
            z,
            zAt + row * layer.stride(),
            layer.stride());
      }
    }
  }

  /** dW += α·xᵀ·δ for the columns of some panels. */
  void addGradient(
      Layer layer,
      int firstPanel,
      int lastPanel,
      int rows,
      float alpha,
      float[] delta,
      float[] into) {
    listRows(rows);
    Panels panels = layer.panels();
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      int intoAt = layer.weightsAt() + panel * panels.panelSize();
      int deltaAt = layer.deltaAt() + panel * panels.width();
      for (int quad = 0; quad < rowCounts.length; quad++) {
        if (rowCounts[quad] == 0) {
          continue;
        }
        ListedProduct.add(
            QUAD,
            rowLists,
            quad * mostRows,
            quad * mostRows + rowCounts[quad],
            alpha,
            x,
            xAt + quad * QUAD,
            1,
            stride,
            delta,
            deltaAt,
            layer.stride(),
            into,
            intoAt + quad * QUAD * panels.width(),
            panels.width());
      }
    }
  }

  /**
   * Reads a little of each cache line of some images, so that their ways from memory overlap.
   * Returns a number that means nothing.
   */
  static int touch(Images images, int[] numbers, int first, int rows) {
    byte[] pixels = images.pixels();
    int size = images.pixelsPerImage();
    int sum = 0;
    for (int row = first; row < first + rows; row++) {
      for (int i = 0; i < size; i += LINE) {
        sum += pixels[numbers[row] * size + i];
      }
    }
    return sum;
  }

  private void decode(byte[] pixels, int from, int to) {
    int lanes = Vectors.LANES;
    int i = 0;
    for (; i + FEW_BYTES.length() <= inputs; i += lanes) {
      FloatVector value =
          (FloatVector)
              ByteVector.fromArray(FEW_BYTES, pixels, from + i)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, Vectors.INTS, 0)
                  .convertShape(VectorOperators.I2F, Vectors.FLOATS, 0);
      value.mul(1 / 255f).intoArray(x, to + i);
    }
    for (; i < inputs; i++) {
      x[to + i] = (pixels[from + i] & 255) * (1 / 255f);
    }
  }

  /** Sets a bit for each pixel that is not zero. */
  private void mask(byte[] pixels, int from, int to) {
    Arrays.fill(masks, to, to + words, 0);
    int i = 0;
    for (; i + BYTES.length() <= inputs; i += BYTES.length()) {
      long bits =
          ByteVector.fromArray(BYTES, pixels, from + i).compare(VectorOperators.NE, 0).toLong();
      masks[to + (i >> 6)] |= bits << i;
    }
    for (; i < inputs; i++) {
      if (pixels[from + i] != 0) {
        masks[to + (i >> 6)] |= 1L << i;
      }
    }
  }

  /** Lists, for each group of images, the pixels that have ink in one of them. */
  private void listPixels(int rows) {
    for (int row = 0; row < rows; row += IMAGES) {
      int at = row / IMAGES * stride;
      int next = at;
      int last = Math.min(row + IMAGES, rows);
      for (int word = 0; word < words; word++) {
        long ink = 0;
        for (int r = row; r < last; r++) {
          ink |= masks[r * words + word];
        }
        next = list(ink, word * Long.SIZE, pixelLists, next);
      }
      pixelCounts[row / IMAGES] = next - at;
    }
  }

  /** Lists, for each quad of pixels, the rows that have ink there. */
  private void listRows(int rows) {
    Arrays.fill(rowCounts, 0);
    for (int first = 0; first < rows; first += Long.SIZE) {
      int last = Math.min(first + Long.SIZE, rows);
      for (int word = 0; word < words; word += QUAD) {
        quadsWithInk(word, first, last);
        transpose(bits);
        for (int i = 0; i < Long.SIZE; i++) {
          int quad = (word + i % QUAD) * 16 + i / QUAD;
          if (quad < rowCounts.length) {
            int at = quad * mostRows;
            rowCounts[quad] = list(bits[i], first, rowLists, at + rowCounts[quad]) - at;
          }
        }
      }
    }
  }

  /** Writes the numbers of the bits that are set, plus {@code first}; returns where they end. */
  private static int list(long bits, int first, int[] into, int at) {
    int end = at + Long.bitCount(bits);
    for (int i = at; i < end; i++, bits &= bits - 1) {
      into[i] = first + Long.numberOfTrailingZeros(bits);
    }
    return end;
  }

  /**
   * Sets bit 4n+k of bits[row] where row {@code first + row} has ink in quad n of word {@code word
   * + k}.
   */
  private void quadsWithInk(int word, int first, int last) {
    Arrays.fill(bits, 0);
    for (int row = first; row < last; row++) {
      for (int k = 0; k < QUAD && word + k < words; k++) {
        long ink = masks[row * words + word + k];
        ink |= ink >>> 1;
        ink |= ink >>> 2;
        bits[row - first] |= (ink & 0x1111111111111111L) << k;
      }
    }
  }

  /** Exchanges rows and columns of 64·64 bits, half by half (Hacker's Delight, section 7-3). */
  private static void transpose(long[] bits) {
    long low = 0xFFFFFFFFL;
    for (int half = 32; half > 0; half /= 2, low ^= low << half) {
      for (int i = 0; i < 64; i = (i + half + 1) & ~half) {
        long swapped = ((bits[i] >>> half) ^ bits[i + half]) & low;
        bits[i] ^= swapped << half;
        bits[i + half] ^= swapped;
      }
    }
  }
}
