package digitlab.net;

/** Pixels as numbers: a byte's value divided by 255. Looked up, because to divide takes long. */
public final class Lightness {
  private static final float[] OF_BYTE = new float[256];

  static {
    for (int value = 0; value < OF_BYTE.length; value++) {
      OF_BYTE[value] = value / 255f;
    }
  }

  private Lightness() {}

  /** Writes {@code count} pixels as numbers in [0, 1]. */
  public static void of(byte[] pixels, int from, int count, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = OF_BYTE[pixels[from + i] & 255];
    }
  }
}
