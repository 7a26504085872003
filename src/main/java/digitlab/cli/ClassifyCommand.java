package digitlab.cli;

import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.net.Network;
import digitlab.net.NetworkFile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "classify",
    description =
        "Reads drawings from standard input, one a line: {\"strokes\": [[[x, y], …], …]}, y down, any unit. Says for each which digit it is, or that it is not sure.",
    mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "A network file, or the name of a shipped network.")
  private String model;

  @Option(
      names = "--threshold",
      paramLabel = "SHARE",
      defaultValue = "0.6",
      description =
          "How strongly the network must believe its answer to be sure of it, 0 to 1; 0.6 if not said.")
  private double threshold;

  @Option(names = "--json", description = "One JSON object a line, for each drawing.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new UsageException("The threshold must be between 0 and 1, not " + threshold + ".");
    }
    NetworkFile file = Models.read(model);
    if (file.parameters().spec().inputs() != Rasterizer.PIXELS) {
      throw new IllegalArgumentException(
          "The network reads "
              + file.parameters().spec().inputs()
              + " inputs; drawings become "
              + Rasterizer.PIXELS
              + " pixels.");
    }
    Network network = new Network(file.parameters());
    Rasterizer rasterizer = new Rasterizer();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        network.look(input(rasterizer.raster(strokes(line, number))));
        report(output, network);
      }
    }
    return 0;
  }

  private void report(Output output, Network network) {
    float[] probabilities = network.probabilities();
    float strongest = probabilities[network.answer()];
    boolean sure = strongest >= threshold;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("digit", network.answer());
    result.put("sure", sure);
    result.put("probabilities", probabilities);
    output.result(
        result,
        String.format(
            Locale.ROOT,
            "%s%d  (%.1f %%)",
            sure ? "" : "not sure, perhaps ",
            network.answer(),
            100 * strongest));
  }

  private static float[] input(byte[] image) {
    float[] input = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      input[i] = (image[i] & 255) / 255f;
    }
    return input;
  }

  private static List<Stroke> strokes(String line, int number) {
    try {
      JsonNode root = JsonMapper.shared().readTree(line);
      JsonNode list = root.get("strokes");
      if (list == null || !list.isArray()) {
        throw new IllegalArgumentException("it has no list \"strokes\"");
      }
      List<Stroke> strokes = new ArrayList<>();
      for (JsonNode points : list) {
        if (!points.isEmpty()) {
          strokes.add(stroke(points));
        }
      }
      return strokes;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "Line " + number + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Line "
              + number
              + " is no drawing: "
              + e.getMessage()
              + ". Write {\"strokes\": [[[x, y], …], …]}.",
          e);
    }
  }

  private static Stroke stroke(JsonNode points) {
    float[] xs = new float[points.size()];
    float[] ys = new float[points.size()];
    for (int i = 0; i < xs.length; i++) {
      JsonNode point = points.get(i);
      if (!point.isArray()
          || point.size() < 2
          || !point.get(0).isNumber()
          || !point.get(1).isNumber()) {
        throw new IllegalArgumentException("point " + i + " of a stroke is not [x, y]");
      }
      xs[i] = point.get(0).floatValue();
      ys[i] = point.get(1).floatValue();
    }
    return new Stroke(xs, ys);
  }
}
