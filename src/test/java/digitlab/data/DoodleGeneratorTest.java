package digitlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.net.Batch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DoodleGeneratorTest {
  @Test
  void doodlesAreTheSameForTheSameSeedAndHaveNoClass() {
    Dataset first = new DoodleGenerator(9).dataset(300);
    Dataset second = new DoodleGenerator(9).dataset(300);
    int nothing = 0;
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.image(i), second.image(i));
      assertEquals(Dataset.NO_CLASS, first.label(i));
      nothing += Arrays.equals(new byte[784], first.image(i)) ? 1 : 0;
    }
    assertEquals(300, first.unclassed());
    assertTrue(nothing < 15, nothing + " empty sheets");
    assertFalse(Arrays.equals(first.image(0), new DoodleGenerator(10).dataset(1).image(0)));
  }

  /** An image of no class is shown as each of the ten in turn; the others keep theirs. */
  @Test
  void whatHasNoClassIsShownWithAnyClass() {
    Dataset doodles = new DoodleGenerator(1).dataset(40);
    Dataset both = Dataset.join(new StrokeGenerator(1).dataset(60), doodles);
    assertEquals(40, both.unclassed());
    Batches batches = new Batches(both, both.allNumbers(), 100, Augmentation.NONE, 1);
    int[] shown = new int[10];
    for (int epoch = 0; epoch < 250; epoch++) {
      Batch batch = batches.next();
      for (int row = 0; row < batch.rows(); row++) {
        shown[batch.label(row)]++;
      }
    }
    for (int count : shown) {
      // 6 digits of each class, 4 doodles on the average: 2,500 ± 30
      assertEquals(2500, count, 150);
    }
  }

  @Test
  void withoutAugmentationImagesStayAsTheyAre() {
    Dataset doodles = new DoodleGenerator(1).dataset(8);
    Batch batch = new Batches(doodles, doodles.allNumbers(), 8, Augmentation.NONE, 1).next();
    int found = 0;
    for (int row = 0; row < 8; row++) {
      byte[] pixels = Arrays.copyOfRange(batch.images().pixels(), row * 784, (row + 1) * 784);
      for (int i = 0; i < 8; i++) {
        found += Arrays.equals(pixels, doodles.image(i)) ? 1 : 0;
      }
    }
    assertEquals(8, found);
  }
}
