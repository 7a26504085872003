package digitlab.interop;

/** The checksum of HDF5's metadata: Bob Jenkins' lookup3, "hashlittle", from 2006. */
final class Lookup3 {
  private int a;
  private int b;
  private int c;

  private Lookup3(int length) {
    a = 0xDEADBEEF + length;
    b = a;
    c = a;
  }

  /** The checksum of at least one byte. */
  static int of(byte[] bytes) {
    return new Lookup3(bytes.length).hash(bytes, bytes.length);
  }

  private int hash(byte[] bytes, int length) {
    int at = 0;
    for (; length - at > 12; at += 12) {
      add(bytes, at, 12);
      mix();
    }
    add(bytes, at, length - at);
    finish();
    return c;
  }

  private void add(byte[] bytes, int at, int count) {
    a += word(bytes, at, count);
    b += word(bytes, at + 4, count - 4);
    c += word(bytes, at + 8, count - 8);
  }

  /** Up to four bytes, the lowest first. */
  private static int word(byte[] bytes, int at, int count) {
    int word = 0;
    for (int i = 0; i < 4 && i < count; i++) {
      word |= (bytes[at + i] & 255) << (8 * i);
    }
    return word;
  }

  private void mix() {
    a = (a - c) ^ Integer.rotateLeft(c, 4);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 6);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 8);
    b += a;
    a = (a - c) ^ Integer.rotateLeft(c, 16);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 19);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 4);
    b += a;
  }

  private void finish() {
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
