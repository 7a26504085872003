package digitlab.testing;

import digitlab.ink.Stroke;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Digits that people drew with a pen, to measure with, never to train on. */
public final class Pens {
  /** One digit, and which it is meant to be. */
  public record Drawing(int label, List<Stroke> strokes) {}

  private Pens() {}

  /**
   * Its lines: {"label": 7, "strokes": [[[x, y], …], …]}. From the folder pens beside the one in
   * DIGITLAB_DATA, else from ../shared/pens; where neither is, the test is skipped and says why.
   */
  public static List<String> lines() throws IOException {
    String named = System.getenv("DIGITLAB_DATA");
    Path beside = named == null ? null : Path.of(named).resolveSibling("pens/dev.jsonl");
    Path file =
        beside != null && Files.isRegularFile(beside)
            ? beside
            : Path.of("../shared/pens/dev.jsonl");
    if (!Files.isRegularFile(file)) {
      String reason = "Skipped: there are no pen strokes at " + file.toAbsolutePath().normalize();
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return Files.readAllLines(file);
  }

  /** All of them. */
  public static List<Drawing> drawings() throws IOException {
    List<Drawing> drawings = new ArrayList<>();
    for (String line : lines()) {
      JsonNode digit = JsonMapper.shared().readTree(line);
      List<Stroke> strokes = new ArrayList<>();
      for (JsonNode points : digit.get("strokes")) {
        strokes.add(stroke(points));
      }
      drawings.add(new Drawing(digit.get("label").intValue(), strokes));
    }
    return drawings;
  }

  private static Stroke stroke(JsonNode points) {
    float[] xs = new float[points.size()];
    float[] ys = new float[xs.length];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = points.get(i).get(0).floatValue();
      ys[i] = points.get(i).get(1).floatValue();
    }
    return new Stroke(xs, ys);
  }
}
