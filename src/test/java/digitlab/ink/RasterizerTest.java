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

  /** Rows and columns from the first to the last that hold ink. */
  private static int[] box(byte[] image) {
    int[] box = {28, -1, 28, -1};
    for (int i = 0; i < image.length; i++) {
      if ((image[i] & 255) > 127) {
        int row = Math.floorDiv(i, 28);
        box[0] = Math.min(box[0], row);
        box[1] = Math.max(box[1], row);
        box[2] = Math.min(box[2], i % 28);
        box[3] = Math.max(box[3], i % 28);
      }
    }
    return box;
  }

  @Test
  void withoutScalingTheSheetBecomesTheField() {
    List<Stroke> strokes = List.of(line(0.25f, 0.25f, 0.25f, 0.5f));
    byte[] centred = rasterizer.raster(strokes, new Normalisation(false, true, true, true, 0));
    int[] middle = box(centred);
    assertEquals(9, middle[1] - middle[0] + 1, 1, "a quarter of 28 pixels and the pen");
    assertEquals(27, middle[0] + middle[1], 1);
    byte[] asDrawn = rasterizer.raster(strokes, new Normalisation(false, false, true, true, 0));
    int[] corner = box(asDrawn);
    assertEquals(7, (corner[2] + corner[3] + 1) / 2.0, 0.5);
    assertEquals(10.5, (corner[0] + corner[1] + 1) / 2.0, 0.5);
  }

  @Test
  void withoutThePensWidthTheLineIsAsWideAsDrawn() {
    List<Stroke> strokes = List.of(line(0.2f, 0.5f, 0.8f, 0.5f));
    byte[] image = rasterizer.raster(strokes, new Normalisation(true, true, false, true, 0.2f));
    int[] box = box(image);
    assertEquals(20, box[3] - box[2] + 1, 1, "the ink, its width included");
    assertEquals(5, box[1] - box[0] + 1, 1, "a quarter of that");
    assertEquals(2.5f, rasterizer.placement().penRadius(), 1e-4f);
  }

  @Test
  void withoutPolarityInkIsBlack() {
    List<Stroke> strokes = new StrokeGenerator(1).draw(3);
    byte[] white = rasterizer.raster(strokes);
    byte[] black = rasterizer.raster(strokes, new Normalisation(true, true, true, false, 0));
    for (int i = 0; i < white.length; i++) {
      assertEquals(255, (white[i] & 255) + (black[i] & 255));
    }
  }

  @Test
  void inkOutsideTheSheetIsNoTrouble() {
    List<Stroke> strokes = List.of(line(5, 5, 9, 9), line(-3, 0.5f));
    for (int switches = 0; switches < 8; switches++) {
      Normalisation steps =
          new Normalisation(
              (switches & 1) != 0, (switches & 2) != 0, (switches & 4) != 0, true, 0.1f);
      rasterizer.raster(strokes, steps);
      assertTrue(Float.isFinite(rasterizer.placement().left()), steps.toString());
    }
    assertTrue(
        Refusal.of(() -> new Normalisation(true, true, false, true, 0)).contains("more than 0"));
    assertTrue(
        Refusal.of(() -> new Normalisation(true, true, true, true, Float.NaN)).contains("at most"));
  }

  @Test
  void strokesThatAreNoneAreRefused() {
    assertTrue(Refusal.of(() -> new Stroke(new float[1], new float[2])).contains("1 x and 2 y"));
    assertTrue(Refusal.of(() -> new Stroke(new float[0], new float[0])).contains("at least one"));
    assertTrue(Refusal.of(() -> line(1, Float.NaN)).contains("must be finite"));
    assertThrows(IllegalArgumentException.class, () -> new Rasterizer(0));
  }
}
