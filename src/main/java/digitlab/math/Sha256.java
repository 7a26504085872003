package digitlab.math;

/**
 * SHA-256 (FIPS 180-4) over an array in memory. It exists because the browser's own digest is not
 * offered to pages that come over plain HTTP, which is how a class reaches its teacher's computer.
 * Elsewhere use {@code MessageDigest}.
 */
public final class Sha256 {
  /** The length of a digest in bytes. */
  public static final int LENGTH = 32;

  private static final int[] K = roots(64, true);

  private Sha256() {}

  /** The digest of {@code length} bytes of {@code data} from {@code from}. */
  public static byte[] digest(byte[] data, int from, int length) {
    int[] hash = roots(8, false);
    int[] w = new int[64];
    int start = 0;
    for (; start + 64 <= length; start += 64) {
      compress(hash, data, from + start, w);
    }
    byte[] end = new byte[length - start < 56 ? 64 : 128];
    System.arraycopy(data, from + start, end, 0, length - start);
    end[length - start] = (byte) 0x80;
    long bits = 8L * length;
    for (int i = 0; i < 8; i++) {
      end[end.length - 1 - i] = (byte) (bits >>> (8 * i));
    }
    for (int at = 0; at < end.length; at += 64) {
      compress(hash, end, at, w);
    }
    byte[] digest = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      digest[i] = (byte) (hash[i >> 2] >>> (24 - 8 * (i & 3)));
    }
    return digest;
  }

  /** Lower-case hexadecimal. */
  public static String hex(byte[] digest) {
    StringBuilder text = new StringBuilder(2 * digest.length);
    for (byte b : digest) {
      text.append("0123456789abcdef".charAt((b >> 4) & 15))
          .append("0123456789abcdef".charAt(b & 15));
    }
    return text.toString();
  }

  private static void compress(int[] hash, byte[] data, int from, int[] w) {
    for (int i = 0; i < 16; i++) {
      int at = from + 4 * i;
      w[i] =
          ((data[at] & 255) << 24)
              | ((data[at + 1] & 255) << 16)
              | ((data[at + 2] & 255) << 8)
              | (data[at + 3] & 255);
    }
    for (int i = 16; i < 64; i++) {
      int s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      int s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    int a = hash[0];
    int b = hash[1];
    int c = hash[2];
    int d = hash[3];
    int e = hash[4];
    int f = hash[5];
    int g = hash[6];
    int h = hash[7];
    for (int i = 0; i < 64; i++) {
      int t1 =
          h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
      int t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
    hash[4] += e;
    hash[5] += f;
    hash[6] += g;
    hash[7] += h;
  }

  private static int rotate(int x, int by) {
    return (x >>> by) | (x << (32 - by));
  }

  /**
   * The first 32 bits of the fractional parts of the square or cube roots of the first primes: the
   * standard's constants.
   */
  private static int[] roots(int count, boolean cube) {
    int[] words = new int[count];
    int found = 0;
    for (int n = 2; found < count; n++) {
      if (isPrime(n)) {
        words[found++] = fractionOfRoot(n, cube);
      }
    }
    return words;
  }

  private static boolean isPrime(int n) {
    for (int d = 2; d * d <= n; d++) {
      if (n % d == 0) {
        return false;
      }
    }
    return true;
  }

  private static int fractionOfRoot(int n, boolean cube) {
    double root = Math.sqrt(n);
    if (cube) {
      root = Functions.exp(Functions.log(n) / 3);
      root -= (root * root * root - n) / (3 * root * root); // Newton: the last bits
    }
    return (int) (long) ((root - (int) root) * 4294967296.0);
  }
}
