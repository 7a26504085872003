package digitlab.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.datasets.Upload.Corrections;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.testing.IdxFolders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {
  private static final long MEGABYTE = 1 << 20;
  private static final Dataset DIGITS = new StrokeGenerator(5).dataset(300);

  private static UploadedFile read(String name, byte[] content)
      throws IOException, UploadRefusedException {
    return UploadedFile.read(name, new ByteArrayInputStream(content), MEGABYTE);
  }

  private static String refusal(String name, byte[] content) {
    UploadRefusedException e =
        assertThrows(UploadRefusedException.class, () -> read(name, content));
    assertFalse(Messages.in(Language.RUSSIAN).get(e.why()).isEmpty());
    return Messages.in(Language.ENGLISH).get(e.why());
  }

  private static byte[] images(Dataset digits) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + digits.size() * 784);
    bytes.putInt(0x803).putInt(digits.size()).putInt(28).putInt(28);
    return bytes.put(digits.images().pixels()).array();
  }

  private static byte[] labels(Dataset digits) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + digits.size());
    return bytes.putInt(0x801).putInt(digits.size()).put(digits.images().labels()).array();
  }

  private static Upload upload(Dataset digits) throws IOException, UploadRefusedException {
    Upload upload = new Upload();
    upload.add(read("train-images", images(digits)));
    upload.add(read("train-labels", labels(digits)));
    return upload;
  }

  private static byte[] csv(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aPairIsTakenPackedOrNot() throws IOException, UploadRefusedException {
    Upload upload = new Upload();
    assertEquals("upload.missing", upload.obstacle().orElseThrow().key());
    upload.add(read("a-images.gz", IdxFolders.gzip(images(DIGITS))));
    assertEquals("upload.missing.labels", upload.obstacle().orElseThrow().key());
    upload.add(read("a-labels", labels(DIGITS)));
    assertTrue(upload.obstacle().isEmpty());
    DataPair pair = upload.data("a", Corrections.NONE);
    assertEquals(300 - 42, pair.training().size(), "a seventh is set aside");
    assertEquals(42, pair.test().size());
    assertArrayEquals(DIGITS.image(0), pair.training().image(0));
    assertArrayEquals(DIGITS.image(299), pair.test().image(41));
    assertEquals(DIGITS.label(299), pair.test().label(41));
    upload.add(read("t10k-images", images(DIGITS)));
    assertEquals("upload.missing.labels", upload.obstacle().orElseThrow().key());
    upload.add(read("t10k-labels", labels(DIGITS)));
    assertEquals(300, upload.data("a", Corrections.NONE).test().size());
    upload.add(read("more-images", images(DIGITS)));
    assertEquals("upload.many", upload.obstacle().orElseThrow().key());
  }

  @Test
  void filesOfDifferentSetsAreNotJoined() throws IOException, UploadRefusedException {
    Upload upload = new Upload();
    upload.add(read("images", images(DIGITS)));
    upload.add(read("labels", labels(new StrokeGenerator(1).dataset(299))));
    assertEquals("upload.unequal", upload.obstacle().orElseThrow().key());
    Upload few = upload(new StrokeGenerator(1).dataset(5));
    assertEquals("upload.few", few.obstacle().orElseThrow().key());
  }

  @Test
  void aTableIsTaken() throws IOException, UploadRefusedException {
    UploadedFile table = read("t.csv", csv("p1;p2;p3;p4;Class\n0;255;\"16\";7;3\r\n1;2;3;4;9\n\n"));
    assertEquals(UploadedFile.Part.TABLE, table.part());
    assertEquals(2, table.count());
    assertEquals(2, table.width());
    assertArrayEquals(new byte[] {3, 9}, table.labels());
    assertArrayEquals(new byte[] {0, -1, 16, 7, 1, 2, 3, 4}, table.pixels());
    UploadedFile shares = read("s.csv", csv("7,0.0,0.5,1.0,1\n"));
    assertArrayEquals(new byte[] {0, (byte) 128, -1, -1}, shares.pixels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,2,3 | has 3 columns",
        "1,2,3,4,5\\n1,2 | Line 2 of x has 2 values; the first line has 5",
        "1,2,3,4,256 | The pixel “256” in line 1, column 5",
        "1,0.5,0.2,0.1,2 | between 0 and 1",
        "1.5,2,3,4,5 | The label “1.5” in line 1",
        "-1,2,3,4,5 | no line with an image",
        "label,a,b,c,d | no line with an image",
        "1,2,3,4,5\\n1,2,x,4,5 | “x” in line 2, column 3 of x is no number",
        "1,2,3,4,5\\n127,2,3,4,5 | The label “127” in line 2",
      })
  void aBadTableIsExplained(String text, String expected) {
    String refusal = refusal("x", csv(text.replace("\\n", "\n")));
    assertTrue(refusal.contains(expected), refusal);
  }

  @Test
  void whatIsDamagedOrTooLargeIsRefused() throws IOException {
    byte[] images = images(DIGITS);
    assertTrue(refusal("cut", Arrays.copyOf(images, 1000)).contains("only 984: it is cut off"));
    assertTrue(refusal("cut", Arrays.copyOf(images, 9)).contains("sizes that can’t be"));
    assertTrue(refusal("long", Arrays.copyOf(images, images.length + 1)).contains("has more"));
    byte[] packed = IdxFolders.gzip(images);
    assertTrue(refusal("gz", Arrays.copyOf(packed, packed.length / 2)).contains("damaged gzip"));
    packed[packed.length / 2] ^= 0x55;
    assertFalse(refusal("gz", packed).isEmpty());
    byte[] huge =
        ByteBuffer.allocate(16).putInt(0x803).putInt(600_000).putInt(28).putInt(28).array();
    assertTrue(refusal("huge", huge).contains("has 448 MB; at most 1 MB"));
    assertTrue(refusal("empty", new byte[0]).contains("neither an IDX file nor"));
    assertTrue(refusal("x.zip", new byte[] {'P', 'K', 3, 4}).contains("neither an IDX file nor"));
    byte[] bomb = IdxFolders.gzip(csv("1,2,3,4,5\n".repeat(300_000)));
    assertTrue(refusal("bomb", bomb).contains("at most 1 MB"));
  }

  @Test
  void digitsThatLieOnTheirSideAreRecognised() throws IOException, UploadRefusedException {
    assertEquals(Corrections.NONE, Orientation.suggest(upload(DIGITS)));
    byte[] lying = new byte[DIGITS.images().pixels().length];
    byte[] inverted = new byte[lying.length];
    for (int n = 0; n < DIGITS.size(); n++) {
      byte[] image = DIGITS.image(n);
      for (int i = 0; i < 784; i++) {
        lying[n * 784 + i % 28 * 28 + i / 28] = image[i];
        inverted[n * 784 + i] = (byte) (255 - (image[i] & 255));
      }
    }
    byte[] labels = DIGITS.images().labels();
    Upload emnist = upload(new Dataset("lying", 28, 28, 10, lying, labels));
    Corrections suggested = Orientation.suggest(emnist);
    assertEquals(new Corrections(true, false), suggested);
    assertArrayEquals(DIGITS.image(7), emnist.data("x", suggested).training().image(7));
    Upload paper = upload(new Dataset("paper", 28, 28, 10, inverted, labels));
    assertEquals(new Corrections(false, true), Orientation.suggest(paper));
    assertArrayEquals(
        DIGITS.image(7), paper.data("x", new Corrections(false, true)).training().image(7));
    byte[] noise = new byte[lying.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = lying[(i * 31) % lying.length];
    }
    Upload other = upload(new Dataset("noise", 28, 28, 10, noise, labels));
    assertFalse(Orientation.suggest(other).transpose(), "what is not read either way stays");
  }

  @Test
  void otherSizesAreScaledWithoutLosingInk() throws IOException, UploadRefusedException {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < 20; n++) {
      text.append("1,0,0,0,0,0,255,255,0,0,255,255,0,0,0,0,0\n");
    }
    Upload upload = new Upload();
    upload.add(read("small.csv", csv(text.toString())));
    byte[] image = upload.data("small", Corrections.NONE).training().image(0);
    assertEquals(0, image[0]);
    assertEquals(-1, image[14 * 28 + 14]);
    long ink = 0;
    for (byte pixel : image) {
      ink += pixel & 255;
    }
    assertEquals(255 * 14 * 14, ink);
  }

  @Test
  void aSummaryCountsAndAverages() {
    byte[] pixels = {0, 100, (byte) 200, 40, 10, 10, 10, 10};
    DataSummary summary = DataSummary.of(new Dataset("x", 2, 2, 3, pixels, new byte[] {2, 2}));
    assertArrayEquals(new int[] {0, 0, 2}, summary.counts());
    assertArrayEquals(new byte[] {5, 55, 105, 25}, summary.means()[2]);
    assertEquals(380 / 255.0 / 8, summary.meanPixel(), 1e-12);
  }
}
