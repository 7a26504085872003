package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.i18n.Language;
import digitlab.math.Rng;
import digitlab.math.Sha256;
import digitlab.testing.Property;
import digitlab.testing.Refusal;
import digitlab.text.RefusedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkFormatTest {
  private static final NetworkSpec SPEC = NetworkSpec.parse("12 → 5 gelu dropout 0.25 → 3 softmax");

  private static byte[] sample() {
    return NetworkFormat.write(
        "Опыт 7", NetworkFile.MNIST_28, Loss.CROSS_ENTROPY, Samples.parameters(SPEC, new Rng(1)));
  }

  @Test
  void isReadAsItIsWritten() {
    Parameters parameters = Samples.parameters(SPEC, new Rng(1));
    NetworkFile file = NetworkFormat.read(sample());
    assertEquals("Опыт 7", file.title());
    assertEquals(NetworkFile.MNIST_28, file.preprocessing());
    assertEquals(Loss.CROSS_ENTROPY, file.loss());
    assertEquals(SPEC, file.parameters().spec());
    assertArrayEquals(parameters.values(), file.parameters().values());
    assertEquals(64, file.id().length());
  }

  /** Half the bytes; each parameter is off by at most one part in 2,048. */
  @Test
  void halfAsManyBytesHoldAlmostTheSame() {
    Parameters parameters = Samples.parameters(SPEC, new Rng(1));
    byte[] half =
        NetworkFormat.write(
            "Опыт 7", NetworkFile.MNIST_28, Loss.CROSS_ENTROPY, parameters, Precision.FLOAT16);
    assertEquals(sample().length - 2 * SPEC.parameterCount(), half.length);
    float[] read = NetworkFormat.read(half).parameters().values();
    for (int i = 0; i < read.length; i++) {
      float value = parameters.values()[i];
      assertEquals(value, read[i], Math.abs(value) / 2048 + 1e-7);
    }
    assertTrue(refusal(Arrays.copyOf(half, half.length - 1)).contains("damaged"));
    assertEquals(Precision.FLOAT16, Precision.parse("float16"));
    parameters.values()[3] = 70_000;
    String refused =
        Refusal.of(() -> NetworkFormat.write("x", "", Loss.MSE, parameters, Precision.FLOAT16));
    assertTrue(refused.contains("up to 65504.0. Write the network as float32"), refused);
  }

  @Test
  void aDigestThatSomebodyElseComputedCountsLikeOurOwn() {
    byte[] file = sample();
    byte[] digest = Arrays.copyOfRange(file, file.length - Sha256.LENGTH, file.length);
    assertEquals(NetworkFormat.read(file).id(), NetworkFormat.read(file, digest).id());
    digest[7]++;
    assertTrue(Refusal.of(() -> NetworkFormat.read(file, digest)).contains("checksum"));
    assertTrue(Refusal.of(() -> NetworkFormat.read(file, new byte[0])).contains("checksum"));
  }

  /** What the log and a browser say, and what a person reads in the Lab, are the same. */
  private static String refusal(byte[] file) {
    String english = Refusal.of(() -> NetworkFormat.read(file));
    assertEquals(english, Refusal.in(Language.ENGLISH, () -> NetworkFormat.read(file)));
    return english;
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] file = sample();
    file[8] = 9;
    assertTrue(refusal(file).contains("has version 9; this Digit Lab reads versions 1 and 2"));
  }

  @Test
  void whatOnlyANewerDigitLabKnowsIsRefused() {
    byte[] file = sample();
    file[10 + 2 + 10 + 2 + 8 + 2]++; // the loss, behind title and preprocessing
    assertTrue(refusal(file).contains("its loss is unknown"), refusal(file));
  }

  @Test
  void otherFilesAreRefused() {
    assertTrue(refusal(new byte[0]).contains("not a Digit Lab network"));
    assertTrue(
        refusal("{\"json\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .contains("not a Digit Lab network"));
  }

  @Test
  void everyCutIsNoticed() {
    byte[] file = sample();
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(RefusedException.class, () -> NetworkFormat.read(cut));
    }
    assertThrows(
        RefusedException.class, () -> NetworkFormat.read(Arrays.copyOf(file, file.length + 1)));
  }

  @Test
  void everyChangedByteIsNoticed() {
    Property.check(
        500,
        random -> {
          byte[] file = sample();
          int at = random.nextInt(file.length);
          file[at] ^= (byte) (1 + random.nextInt(255));
          assertThrows(RefusedException.class, () -> NetworkFormat.read(file));
        });
  }

  /** A file that announces a huge network is refused before memory is taken. */
  @Test
  void hugeAnnouncementsAreRefused() {
    String spec = "65536 → 900 relu → 10 softmax";
    byte[] file = sample();
    byte[] text = spec.replace("→", "->").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] hostile = Arrays.copyOf(file, 200);
    int at = 10 + 2 + 10 + 2 + 8 + 2 + 13; // behind title, preprocessing and loss
    hostile[at] = (byte) text.length;
    hostile[at + 1] = 0;
    System.arraycopy(text, 0, hostile, at + 2, text.length);
    assertTrue(refusal(hostile).contains("damaged"), refusal(hostile));
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    Parameters parameters = Samples.parameters(SPEC, new Rng(1));
    parameters.values()[7] = Float.NaN;
    byte[] file = NetworkFormat.write("x", NetworkFile.MNIST_28, Loss.MSE, parameters);
    assertTrue(refusal(file).contains("not finite"));
  }
}
