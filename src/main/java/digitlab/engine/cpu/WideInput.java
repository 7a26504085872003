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
 * where to look. Forward, four images share the list of the pixels that are not zero in all of
 * them; for the gradient, four neighbouring pixels share the list of the images in which they are
 * not all zero. The few zeros that are multiplied so cost less than finding them. Scratch memory of
 * one thread.
 */
final class WideInput {
  /** So many images, or pixels, share a list. */
  static final int QUAD = 4;

  /** Pixels in one block, whose rows of weights stay in the cache for all images. */
  private static final int BLOCK = 128;

  private static final int LINE = 64; // bytes

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> FEW_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * Vectors.LANES)));

  private final int inputs;
  private final int words; // of 64 pixels each
  private final int blocks;
  private final float[] x; // (rows, stride)
  private final int xAt;
  private final int stride;
  private final long[] masks; // (rows, words): which pixels are not zero
  private final int[] pixelLists; // (row quads, stride)
  private final int[] blockStarts; // (row quads, blocks + 1)
  private final int[] rowLists; // (pixel quads, rows)
  private final int[] rowCounts; // (pixel quads)
  private final int mostRows;

  WideInput(int inputs, int mostRows, float[] memory, int at) {
    this.inputs = inputs;
    this.mostRows = mostRows;
    words = (inputs + 63) / 64;
    blocks = (inputs + BLOCK - 1) / BLOCK;
    x = memory;
    xAt = at;
    stride = stride(inputs);
    masks = new long[mostRows * words];
    int rowQuads = mostRows / QUAD;
    pixelLists = new int[rowQuads * stride];
    blockStarts = new int[rowQuads * (blocks + 1)];
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
      for (int block = 0; block < blocks; block++) {
        for (int row = 0; row < rows; row += QUAD) {
          int starts = row / QUAD * (blocks + 1) + block;
          ListedProduct.add(
              pixelLists,
              blockStarts[starts],
              blockStarts[starts + 1],
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
        ListedProduct.add(
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

  private void listPixels(int rows) {
    for (int row = 0; row < rows; row += QUAD) {
      int quad = row / QUAD;
      int next = quad * stride;
      int last = row + QUAD < rows ? row + QUAD : rows;
      for (int word = 0; word < words; word++) {
        if (word * 64 % BLOCK == 0) {
          blockStarts[quad * (blocks + 1) + word * 64 / BLOCK] = next;
        }
        long bits = 0;
        for (int r = row; r < last; r++) {
          bits |= masks[r * words + word];
        }
        for (; bits != 0; bits &= bits - 1) {
          pixelLists[next++] = word * 64 + Long.numberOfTrailingZeros(bits);
        }
      }
      blockStarts[quad * (blocks + 1) + blocks] = next;
    }
  }

  /** Lists, for each quad of pixels, the rows that have ink there. */
  private void listRows(int rows) {
    Arrays.fill(rowCounts, 0);
    for (int row = 0; row < rows; row++) {
      for (int word = 0; word < words; word++) {
        long bits = masks[row * words + word];
        bits |= bits >>> 1;
        bits |= bits >>> 2;
        bits &= 0x1111111111111111L; // a bit for each four of which one was set
        for (; bits != 0; bits &= bits - 1) {
          int quad = word * 16 + Long.numberOfTrailingZeros(bits) / QUAD;
          rowLists[quad * mostRows + rowCounts[quad]++] = row;
        }
      }
    }
  }
}
