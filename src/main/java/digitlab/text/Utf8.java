package digitlab.text;

/**
 * UTF-8 without the platform's charsets, which would weigh more than the network in the WebAssembly
 * module.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  public static byte[] encode(String text) {
    byte[] bytes = new byte[3 * text.length()];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (Character.isHighSurrogate((char) c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        c = Character.toCodePoint((char) c, text.charAt(++i));
      }
      if (c < 0x80) {
        bytes[at++] = (byte) c;
        continue;
      }
      int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
      bytes[at++] = (byte) (((0xFF00 >> (tail + 1)) & 0xFF) | (c >> (6 * tail)));
      for (int shift = 6 * (tail - 1); shift >= 0; shift -= 6) {
        bytes[at++] = (byte) (0x80 | ((c >> shift) & 0x3F));
      }
    }
    byte[] exact = new byte[at];
    System.arraycopy(bytes, 0, exact, 0, at);
    return exact;
  }

  /**
   * Reads {@code length} bytes from {@code from}; what is no UTF-8 becomes the replacement
   * character.
   */
  public static String decode(byte[] bytes, int from, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = from + length;
    int at = from;
    while (at < end) {
      int first = bytes[at++] & 255;
      int tail =
          first < 0x80
              ? 0
              : first < 0xC2 || first > 0xF4 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
      if (tail < 0 || at + tail > end) {
        text.append(REPLACEMENT);
        continue;
      }
      int c = tail == 0 ? first : first & (0x3F >> tail);
      for (int i = 0; i < tail && c >= 0; i++) {
        int next = bytes[at + i] & 255;
        c = (next & 0xC0) == 0x80 ? (c << 6) | (next & 0x3F) : -1;
      }
      if (c < 0 || c > 0x10FFFF) {
        text.append(REPLACEMENT);
        continue;
      }
      at += tail;
      if (c < 0x10000) {
        text.append((char) c);
      } else {
        text.append(Character.highSurrogate(c)).append(Character.lowSurrogate(c));
      }
    }
    return text.toString();
  }
}
