package digitlab.engine.cpu;

import digitlab.net.Images;
import java.util.Arrays;

/**
 * Images as lists of the pixels that are not zero: two bytes for each, 300 bytes for a digit of
 * MNIST instead of 784. An entry holds how far it is from the entry before in its upper byte, and
 * the pixel's value in its lower; a longer way takes entries of value 0 as stepping stones. The
 * list of an image is cut in two parts, the upper and the lower half of the pixels, which different
 * threads may take; the second one counts from the middle.
 */
final class NonZeroPixels {
  static final int PARTS = 2;

  /** What an entry's lower byte stands for: a number in [0, 1]. */
  static final float[] VALUES = new float[256];

  private static final int MOST_GAP = 255;
  private static final int ENTRIES_PER_LINE = 32; // of 64 bytes in the cache

  static {
    for (int i = 0; i < 256; i++) {
      VALUES[i] = i / 255f;
    }
  }

  private int[] starts = new int[1]; // (images·PARTS + 1)
  private char[] entries = new char[0];

  /** Where part {@code part} of image {@code number} begins; it ends where the next one begins. */
  int start(int number, int part) {
    return starts[number * PARTS + part];
  }

  char[] entries() {
    return entries;
  }

  /** Reads the first {@code count} images anew. */
  void read(Images images, int count) {
    int inputs = images.pixelsPerImage();
    byte[] pixels = images.pixels();
    if (starts.length < count * PARTS + 1) {
      starts = new int[count * PARTS + 1];
    }
    int next = 0;
    for (int number = 0; number < count; number++) {
      if (entries.length < next + 2 * inputs) {
        entries = Arrays.copyOf(entries, Math.max(2 * entries.length, next + 2 * inputs));
      }
      for (int part = 0; part < PARTS; part++) {
        starts[number * PARTS + part] = next;
        int last = inputs * part / PARTS;
        for (int i = last; i < inputs * (part + 1) / PARTS; i++) {
          int value = pixels[number * inputs + i] & 255;
          if (value != 0) {
            for (; i - last > MOST_GAP; last += MOST_GAP) {
              entries[next++] = MOST_GAP << 8;
            }
            entries[next++] = (char) (((i - last) << 8) | value);
            last = i;
          }
        }
      }
    }
    starts[count * PARTS] = next;
  }

  /**
   * Reads a little of each cache line of some images, so that their ways from memory overlap.
   * Returns a number that means nothing.
   */
  int touch(Task task, int first, int rows) {
    int sum = 0;
    for (int row = first; row < first + rows; row++) {
      int list = task.listOf(row);
      for (int i = start(list, 0); i < start(list + 1, 0); i += ENTRIES_PER_LINE) {
        sum += entries[i];
      }
    }
    return sum;
  }
}
