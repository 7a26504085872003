package digitlab.ink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.StrokeGenerator;
import digitlab.testing.Property;
import digitlab.testing.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RasterizerTest {
  private final Rasterizer rasterizer = new Rasterizer();

  private static Stroke line(float... xys) {
    float[] xs = new float[xys.length / 2];
    float[] ys = new float[xys.length / 2];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = xys[2 * i];
      ys[i] = xys[2 * i + 1];
    }
    return new Stroke(xs, ys);
  }

  private static List<Stroke> moved(List<Stroke> strokes, float scale, float right, float down) {
    List<Stroke> moved = new ArrayList<>();
    for (Stroke stroke : strokes) {
      float[] xs = new float[stroke.size()];
      float[] ys = new float[stroke.size()];
      for (int i = 0; i < xs.length; i++) {
        xs[i] = stroke.x(i) * scale + right;
        ys[i] = stroke.y(i) * scale + down;
      }
      moved.add(new Stroke(xs, ys));
    }
    return moved;
  }

  @Test
  void nothingDrawnIsAllPaper() {
    assertArrayEquals(new byte[Rasterizer.PIXELS], rasterizer.raster(List.of()));
  }

  @Test
  void movedAndScaledDrawingsGiveTheSameImage() {
    Property.check(
        100,
        random -> {
          List<Stroke> strokes = new StrokeGenerator(random.nextLong()).draw(random.nextInt(10));
          float scale = (float) random.nextDouble(0.05, 400);
          float right = scale * (float) random.nextDouble(-3, 3);
          float down = scale * (float) random.nextDouble(-3, 3);
          byte[] expected = rasterizer.raster(strokes);
          byte[] image = rasterizer.raster(moved(strokes, scale, right, down));
          for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] & 255, image[i] & 255, 1, "pixel " + i);
          }
        });
  }

  @Test
  void theLongestSideOfTheInkIsTwentyPixels() {
    byte[] image = rasterizer.raster(List.of(line(0, 0, 3, 50, 6, 100)));
    int first = 28;
    int last = -1;
    for (int i = 0; i < image.length; i++) {
      if ((image[i] & 255) > 127) {
        first = Math.min(first, i / 28);
        last = Math.max(last, i / 28);
      }
    }
    assertEquals(20, last - first + 1, 1);
  }

  @Test
  void theCentreOfMassLiesInTheMiddle() {
    Property.check(
        100,
        random -> {
          byte[] image =
              rasterizer.raster(new StrokeGenerator(random.nextLong()).draw(random.nextInt(10)));
          double mass = 0;
          double x = 0;
          double y = 0;
          for (int i = 0; i < image.length; i++) {
            mass += image[i] & 255;
            x += (image[i] & 255) * (i % 28 + 0.5);
            y += (image[i] & 255) * (Math.floorDiv(i, 28) + 0.5);
          }
          assertEquals(14, x / mass, 0.1);
          assertEquals(14, y / mass, 0.1);
        });
  }

  @Test
  void aDotIsADotInTheMiddle() {
    byte[] image = rasterizer.raster(List.of(line(500, 700)));
    assertEquals(228, image[14 * 28 + 14] & 255); // its centre is √½ px away: 1.1 + ½ − √½ covered
    assertEquals(0, image[0]);
    assertArrayEquals(image, rasterizer.raster(List.of(line(1, 1, 1, 1))));
  }

  @Test
  void inkThatLeavesTheFieldIsCutOffAndNothingElseHappens() {
    // a heavy blob low on a long stem: its centre of mass pushes the stem upwards
    List<Stroke> strokes = new ArrayList<>(List.of(line(0, 0, 0, 100)));
    for (int i = 0; i < 40; i++) {
      strokes.add(line(-30, 100 - i, 30, 100 - i));
    }
    byte[] image = rasterizer.raster(strokes);
    assertTrue((image[14 * 28 + 14] & 255) > 200);
  }

  /** Drawing more points along the same line changes nothing that one could see. */
  @Test
  void theImageDoesNotDependOnHowOftenThePenIsAsked() {
    List<Stroke> coarse = List.of(line(0, 0, 40, 80));
    float[] fine = new float[202];
    for (int i = 0; i <= 100; i++) {
      fine[2 * i] = 0.4f * i;
      fine[2 * i + 1] = 0.8f * i;
    }
    byte[] expected = rasterizer.raster(coarse);
    byte[] image = rasterizer.raster(List.of(line(fine)));
    for (int i = 0; i < image.length; i++) {
      assertEquals(expected[i] & 255, image[i] & 255, 1);
    }
  }

  @Test
  void strokesThatAreNoneAreRefused() {
    assertTrue(Refusal.of(() -> new Stroke(new float[1], new float[2])).contains("1 x and 2 y"));
    assertTrue(Refusal.of(() -> new Stroke(new float[0], new float[0])).contains("at least one"));
    assertTrue(Refusal.of(() -> line(1, Float.NaN)).contains("must be finite"));
    assertThrows(IllegalArgumentException.class, () -> new Rasterizer(0));
  }
}
