package digitlab.engine.cpu;

/**
 * One array for many matrices, each beginning at a cache line: a vector that crosses two lines
 * costs twice. Java does not say where an array lies; one so large that the garbage collector never
 * moves it begins at a boundary, and its numbers {@value #HEADER_BYTES} bytes behind that.
 */
final class Memory {
  private static final int LINE = 16; // floats of 64 bytes
  private static final int HEADER_BYTES = 16;

  /**
   * 16 MB: G1 leaves arrays of half a region where they are, and no region is larger than 32 MB.
   */
  private static final int LEAST_SIZE = 1 << 22;

  private static final int MOST_SIZE = Integer.MAX_VALUE - 1024;

  private long next = LINE - HEADER_BYTES / Float.BYTES;

  /** Reserves room for so many floats and says where it begins. */
  int take(long floats) {
    long at = next;
    next += (floats + LINE - 1) / LINE * LINE;
    if (next > MOST_SIZE) {
      throw new IllegalArgumentException(
          "The network and its batches need "
              + (next >> 18)
              + " MB in one piece; at most "
              + (MOST_SIZE >> 18)
              + " MB are possible. Make the layers or the batches smaller.");
    }
    return (int) at;
  }

  /** The array with everything that was reserved, all zeros. */
  float[] allocate() {
    return new float[Math.max((int) next, LEAST_SIZE)];
  }
}
