package digitlab.cli;

import digitlab.datasets.DataPair;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.JavaEngine;
import digitlab.net.Loss;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkSpec;
import digitlab.net.PlainKernels;
import digitlab.train.ConfusionMatrix;
import digitlab.train.DataChoice;
import digitlab.train.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = "Shows a network the test images and counts what it recognises.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "A network file, or the name of a shipped network.")
  private String model;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private Data data;

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    NetworkFile file = Models.read(model);
    NetworkSpec spec = file.parameters().spec();
    DataPair images = data.find(DataChoice.MNIST, output);
    if (spec.inputs() != images.test().pixelsPerImage()) {
      throw new IllegalArgumentException(
          "The network reads "
              + spec.inputs()
              + " inputs; the test images have "
              + images.test().pixelsPerImage()
              + " pixels. Give other --data.");
    }
    Loss loss = file.loss();
    try (Engine engine =
        new JavaEngine(EngineSettings.forInference(spec, loss, 256), new PlainKernels())) {
      engine.load(file.parameters());
      Evaluation test =
          Evaluation.of(engine, spec.outputs(), images.test(), images.test().allNumbers());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("testAccuracy", test.accuracy());
      result.put("testLoss", test.loss());
      result.put("loss", loss.toString());
      result.put("confusion", rows(test.confusion()));
      output.result(result, text(test, loss));
    }
    return 0;
  }

  private static int[][] rows(ConfusionMatrix matrix) {
    int[][] rows = new int[matrix.classes()][matrix.classes()];
    for (int shown = 0; shown < rows.length; shown++) {
      for (int said = 0; said < rows.length; said++) {
        rows[shown][said] = matrix.get(shown, said);
      }
    }
    return rows;
  }

  private static String text(Evaluation test, Loss loss) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "test accuracy %.2f %%, test loss %.4f (%s)%n",
            100 * test.accuracy(),
            test.loss(),
            loss));
    text.append("rows: what the image shows; columns: what the network said\n");
    for (int[] row : rows(test.confusion())) {
      for (int count : row) {
        text.append(String.format(Locale.ROOT, "%6d", count));
      }
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }
}
