package digitlab.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.testing.Property;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void agreesWithTheJdkForAllLengths() throws NoSuchAlgorithmException {
    MessageDigest jdk = MessageDigest.getInstance("SHA-256");
    Property.check(
        300,
        random -> {
          byte[] data = new byte[random.nextInt(300)];
          for (int i = 0; i < data.length; i++) {
            data[i] = (byte) random.nextInt(256);
          }
          int from = random.nextInt(data.length + 1);
          byte[] expected = jdk.digest(Arrays.copyOfRange(data, from, data.length));
          assertArrayEquals(expected, Sha256.digest(data, from, data.length - from));
        });
  }

  /** The example of FIPS 180-4. */
  @Test
  void digestsAbc() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.hex(Sha256.digest(new byte[] {'a', 'b', 'c'}, 0, 3)));
  }
}
