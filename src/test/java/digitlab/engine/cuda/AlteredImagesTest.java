package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.data.Augmentation;
import digitlab.data.Batches;
import digitlab.data.Dataset;
import digitlab.data.DoodleGenerator;
import digitlab.data.StrokeGenerator;
import digitlab.net.Batch;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The card changes images as plain Java does, byte for byte. */
class AlteredImagesTest {
  private static final Dataset DIGITS =
      Dataset.join(new StrokeGenerator(1).dataset(200), new DoodleGenerator(2).dataset(50));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "shift 2.5",
        "rotate 90",
        "rotate 7.5",
        "scale 0.5",
        "shear 1",
        "elastic 34",
        "elastic 100",
        "thickness 1",
        "shift 8 rotate 45 scale 0.3",
        "shift 1 rotate 10 scale 0.15 shear 0.2 elastic 34 thickness 0.5",
      })
  void theyAreThoseOfPlainJava(String augmentation) {
    check(DIGITS, Augmentation.parse(augmentation));
  }

  /** Images of other sizes, which do not fill their lines on the card. */
  @Test
  void oddShapes() {
    Augmentation all =
        Augmentation.parse("shift 1 rotate 10 scale 0.15 shear 0.2 elastic 20 thickness 0.5");
    for (int[] size : new int[][] {{1, 1}, {3, 40}, {17, 5}, {31, 2}, {1, 50}}) {
      byte[] pixels = new byte[20 * size[0] * size[1]];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (37 * i);
      }
      check(new Dataset("some", size[0], size[1], 10, pixels, new byte[20]), all);
    }
  }

  private static void check(Dataset dataset, Augmentation augmentation) {
    int half = dataset.size() / 2;
    Batches plain = new Batches(dataset, dataset.allNumbers(), half, augmentation, 3);
    Batches left = new Batches(dataset, dataset.allNumbers(), half, augmentation, 3, true);
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL)) {
      Driver driver = Driver.open(List.of(card.library().toString()));
      Fleet fleet = new Fleet(new Session(driver, driver.card(), System::nanoTime));
      fleet.enter();
      for (int batch = 0; batch < 2; batch++) {
        Batch expected = plain.next();
        Batch toAlter = left.next();
        byte[] pixels = new byte[expected.rows() * expected.inputs()];
        byte[] labels = new byte[expected.rows()];
        for (int row = 0; row < expected.rows(); row++) {
          int from = expected.number(row) * expected.inputs();
          System.arraycopy(
              expected.images().pixels(), from, pixels, row * expected.inputs(), expected.inputs());
          labels[row] = expected.label(row);
        }
        fleet
            .session()
            .alone(
                () -> {
                  if (toAlter.alteration() != null) {
                    checkOn(driver, fleet, toAlter, pixels, labels);
                  }
                });
      }
      fleet.close();
      assertEquals(0, card.live());
    }
  }

  private static void checkOn(
      Driver driver, Fleet fleet, Batch batch, byte[] pixels, byte[] labels) {
    int stride = ImageMemory.stride(batch.inputs());
    Session aside = fleet.session().aside();
    AlteredImages altered = new AlteredImages(fleet.kernels(), aside, stride, batch.rows());
    int half = batch.rows() / 2;
    ImageMemory.Set set = fleet.images().of(batch.images());
    assertEquals(0, altered.add(batch, 0, half, set));
    assertEquals(half, altered.add(batch, half, batch.rows() - half, set));
    altered.prepare();
    aside.await();
    byte[] lines = bytes(driver, altered.pixels(), stride * batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      byte[] line = new byte[stride]; // zeros fill up to the next image
      System.arraycopy(pixels, row * batch.inputs(), line, 0, batch.inputs());
      byte[] there = new byte[stride];
      System.arraycopy(lines, row * stride, there, 0, stride);
      assertArrayEquals(line, there, "image " + row);
    }
    assertArrayEquals(labels, bytes(driver, altered.labels(), batch.rows()));
  }

  private static byte[] bytes(Driver driver, long address, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(count);
      long stream = driver.createStream();
      driver.copyToHost(memory, address, stream);
      driver.awaitStream(stream);
      driver.destroyStream(stream);
      return memory.toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
