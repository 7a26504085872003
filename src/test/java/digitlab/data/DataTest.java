package digitlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.math.Rng;
import digitlab.net.Batch;
import digitlab.net.Images;
import digitlab.net.Samples;
import digitlab.testing.Property;
import digitlab.testing.Refusal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DataTest {
  /** Images of 2×3 whose every pixel tells the number of the image. */
  private static Dataset numbered(int size) {
    byte[] pixels = new byte[size * 6];
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      Arrays.fill(pixels, 6 * i, 6 * i + 6, (byte) i);
      labels[i] = (byte) (i % 10);
    }
    return new Dataset("numbered", 2, 3, 10, pixels, labels);
  }

  @Test
  void eachEpochShowsEachImageOnce() {
    Dataset dataset = numbered(103);
    Batches batches = new Batches(dataset, dataset.allNumbers(), 10, Augmentation.NONE, 1);
    int[] lastOrder = new int[0];
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] order = new int[103];
      int at = 0;
      do {
        Batch batch = batches.next();
        assertEquals(at == 100 ? 3 : 10, batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
          int number = batch.number(row);
          assertEquals(number % 10, batch.label(row));
          assertEquals(number, Math.round(Samples.pixels(batch)[6 * row] * 255));
          order[at++] = number;
        }
      } while (!batches.atEnd());
      assertFalse(Arrays.equals(lastOrder, order));
      lastOrder = order.clone();
      Arrays.sort(order);
      assertArrayEquals(dataset.allNumbers(), order);
    }
  }

  @Test
  void theOrderDependsOnTheSeedAlone() {
    Dataset dataset = numbered(50);
    int[] first = order(dataset, 4);
    assertArrayEquals(first, order(dataset, 4));
    assertFalse(Arrays.equals(first, order(dataset, 5)));
  }

  private static int[] order(Dataset dataset, long seed) {
    Batch batch =
        new Batches(dataset, dataset.allNumbers(), dataset.size(), Augmentation.NONE, seed).next();
    int[] numbers = new int[batch.rows()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = batch.number(row);
    }
    return numbers;
  }

  @Test
  void setsThatDoNotBelongTogetherAreRefused() {
    assertTrue(
        Refusal.of(() -> new Dataset("x", 2, 2, 10, new byte[7], new byte[2]))
            .contains("8 pixels"));
    assertTrue(
        Refusal.of(() -> new Dataset("x", 1, 1, 3, new byte[1], new byte[] {3}))
            .contains("0 to 2"));
    assertTrue(
        Refusal.of(() -> Dataset.join(numbered(2), new StrokeGenerator(1).dataset(1)))
            .contains("2×3"));
    assertEquals(5, Dataset.join(numbered(2), numbered(3)).size());
  }

  @Test
  void idxHeadersAreBelievedOnlyWhenTheyMakeSense() {
    byte[] images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28};
    assertEquals(new IdxFormat.Header(3, 2, 28, 28), IdxFormat.header(images, "f", 3));
    assertTrue(
        Refusal.of(() -> IdxFormat.header(images, "f", 1))
            .contains("0x00000803; IDX labels begin with 0x00000801"));
    assertTrue(
        Refusal.of(() -> IdxFormat.header(Arrays.copyOf(images, 9), "f", 3)).contains("cut off"));
    byte[] huge = images.clone();
    huge[4] = 0x7f;
    assertTrue(Refusal.of(() -> IdxFormat.header(huge, "f", 3)).contains("announces"));
    byte[] negative = images.clone();
    negative[8] = (byte) 0xff;
    assertTrue(Refusal.of(() -> IdxFormat.header(negative, "f", 3)).contains("announces"));
    Property.check(
        2000,
        random -> {
          byte[] noise = new byte[random.nextInt(20)];
          for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(256);
          }
          String message = Refusal.of(() -> IdxFormat.header(noise, "f", 3));
          assertTrue(message.startsWith("f "), message);
        });
  }

  @Test
  void imagesNeedAsManyLabels() {
    IdxFormat.Header header = new IdxFormat.Header(3, 2, 1, 1);
    assertTrue(
        Refusal.of(() -> IdxFormat.dataset("x", header, new byte[2], new byte[3]))
            .contains("2 images and 3 labels"));
    assertTrue(
        Refusal.of(() -> IdxFormat.dataset("x", header, new byte[2], new byte[] {1, -1}))
            .contains("label 255"));
    assertEquals(26, IdxFormat.dataset("x", header, new byte[2], new byte[] {1, 25}).classes());
  }

  @Test
  void augmentationIsReadAsItIsWritten() {
    Augmentation some = new Augmentation(2, 10, 0.1, 0, 34, 0);
    assertEquals("shift 2 rotate 10 scale 0.1 elastic 34", some.toString());
    assertEquals(some, Augmentation.parse(some.toString()));
    assertEquals(Augmentation.NONE, Augmentation.parse("none"));
    assertTrue(Refusal.of(() -> Augmentation.parse("shift")).contains("not understood"));
    assertTrue(Refusal.of(() -> Augmentation.parse("blur 3")).contains("not understood"));
    assertTrue(Refusal.of(() -> Augmentation.parse("shift 99")).contains("between 0 and 8"));
  }

  @Test
  void shiftingMovesAPixel() {
    byte[] image = new byte[49];
    image[3 * 7 + 3] = (byte) 255;
    Images shifted = new Batch().own(1, 49);
    new Augmenter(new Augmentation(2, 0, 0, 0, 0, 0), 7, 7)
        .apply(Images.of(49, image, new byte[] {4}), 0, shifted, 0, new Rng(3));
    int mass = 0;
    for (byte pixel : shifted.pixels()) {
      mass += pixel & 255;
    }
    assertEquals(255, mass, 2);
    assertTrue((shifted.pixels()[3 * 7 + 3] & 255) < 255);
    assertEquals(4, shifted.labels()[0]);
  }

  /** A line three pixels wide, seen often: between one and five wide, three on average. */
  @Test
  void linesGrowAndShrinkAtTheirEdges() {
    byte[] image = new byte[81];
    for (int i = 0; i < 81; i++) {
      image[i] = (byte) (i % 9 >= 3 && i % 9 < 6 ? 255 : 0);
    }
    Augmenter augmenter = new Augmenter(new Augmentation(0, 0, 0, 0, 0, 1), 9, 9);
    Rng rng = new Rng(3);
    double sum = 0;
    double least = 9;
    double most = 0;
    for (int i = 0; i < 2000; i++) {
      Images changed = new Batch().own(1, 81);
      augmenter.apply(Images.of(81, image, new byte[1]), 0, changed, 0, rng);
      int ink = 0;
      for (int column = 0; column < 9; column++) {
        ink += changed.pixels()[4 * 9 + column] & 255;
      }
      double width = ink / 255.0;
      sum += width / 2000;
      least = Math.min(least, width);
      most = Math.max(most, width);
    }
    assertEquals(3, sum, 0.05);
    assertEquals(1, least, 0.05);
    assertEquals(5, most, 0.05);
  }

  /**
   * Distorted digits keep most of their ink, stay within 0…1, and are the same again for the same
   * seed.
   */
  @Test
  void distortionKeepsDigitsDigits() {
    Dataset digits = new StrokeGenerator(5).dataset(50);
    Augmentation strong = new Augmentation(1, 15, 0.15, 0.1, 34, 0);
    float[] first = pixels(digits, strong);
    assertArrayEquals(first, pixels(digits, strong));
    float[] plain = pixels(digits, Augmentation.NONE);
    double before = 0;
    double after = 0;
    int different = 0;
    for (int i = 0; i < plain.length; i++) {
      before += plain[i];
      after += first[i];
      different += Math.abs(plain[i] - first[i]) > 0.1 ? 1 : 0;
      assertTrue(first[i] >= 0 && first[i] <= 1);
    }
    assertEquals(1, after / before, 0.15);
    assertTrue(different > 50 * 50, "only " + different + " pixels changed");
  }

  private static float[] pixels(Dataset digits, Augmentation augmentation) {
    return Samples.pixels(new Batches(digits, digits.allNumbers(), 50, augmentation, 1).next());
  }

  @Test
  void generatedDigitsAreTheSameForTheSameSeed() {
    Dataset first = new StrokeGenerator(9).dataset(200);
    Dataset second = new StrokeGenerator(9).dataset(200);
    int[] counts = new int[10];
    for (int i = 0; i < 200; i++) {
      assertArrayEquals(first.image(i), second.image(i));
      counts[first.label(i)]++;
    }
    assertArrayEquals(new int[] {20, 20, 20, 20, 20, 20, 20, 20, 20, 20}, counts);
    assertFalse(Arrays.equals(first.image(0), new StrokeGenerator(10).dataset(200).image(0)));
  }
}
