package digitlab.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.engine.Engines;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.jobs.TrainingJob;
import digitlab.net.Network;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.testing.IdxFolders;
import digitlab.testing.Python;
import digitlab.text.Words;
import digitlab.train.DataChoice;
import digitlab.train.EpochResult;
import digitlab.train.PlanText;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts train as Digit Lab does. With the same initial weights and all images in one batch
 * there is no chance left, so that after some steps the parameters must be the same.
 */
class ScriptsTest {
  private static final int IMAGES = 80;
  private static final double TOLERANCE = 2e-4;
  private static final String ONE_BATCH = "; batch 80; epochs 4; validation 0; seed 3";

  /** Between them: every activation, loss, optimiser, schedule and initialiser. */
  private static final List<String> PLANS =
      List.of(
          "network 784 → 12 relu → 10 softmax; rate 0.5; optimizer sgd; schedule cosine; l2 0.01; initializer he",
          "network 784 → 12 sigmoid → 9 tanh → 10 sigmoid; loss mse; optimizer momentum 0.9; rate 0.3; schedule step 0.5 2; initializer xavier",
          "network 784 → 12 leaky-relu → 10 sigmoid; loss binary-cross-entropy; optimizer nesterov 0.8; rate 0.05; initializer lecun",
          "network 784 → 12 elu → 10 identity; loss mse; optimizer rmsprop 0.9; rate 0.002; initializer normal 0.1",
          "network 784 → 12 gelu → 10 softmax; optimizer adam 0.8 0.99; rate 0.002; l2 0.001; initializer uniform 0.05",
          "network 784 → 12 identity → 10 softmax; loss mse; optimizer adamw 0.9 0.99; rate 0.01; l2 0.5; initializer lecun",
          "network 784 → 10 tanh; loss mse; optimizer nesterov 0; rate 0.05; initializer zeros");

  /** What scikit-learn can do. */
  private static final List<String> SKLEARN_PLANS =
      List.of(
          "network 784 → 12 relu → 8 relu → 10 softmax; rate 0.3; optimizer sgd; l2 0.01; initializer he",
          "network 784 → 12 tanh → 10 sigmoid; loss binary-cross-entropy; optimizer momentum 0.9; rate 0.05",
          "network 784 → 12 sigmoid → 10 identity; loss mse; optimizer nesterov 0.9; rate 0.05; initializer normal 0.1",
          "network 784 → 10 softmax; optimizer adam 0.8 0.99; rate 0.002; initializer uniform 0.05");

  @TempDir private static Path folder;
  private static DataPair few;
  private static DataPair many;

  @BeforeAll
  static void draw() throws IOException, InterruptedException {
    few = data("mnist", IMAGES, 10);
    many = data("more", 400, 100);
  }

  private static DataPair data(String name, int training, int test)
      throws IOException, InterruptedException {
    Path digits = IdxFolders.write(folder.resolve(name), training, test);
    return new DataLibrary(digits, digits, new MnistDownload())
        .find(DataChoice.MNIST, (_, _, _) -> {});
  }

  private static TrainedModel trained(TrainingPlan plan, DataPair data) {
    TrainingJob.Listener silent =
        new TrainingJob.Listener() {
          @Override
          public void onStart(long allSteps, int trainingImages) {}

          @Override
          public void onStep(long step, StepResult result, int images) {}

          @Override
          public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {}
        };
    Parameters parameters =
        new TrainingJob(plan, data, Engines.all().choose("reference").provider(), 1, silent)
            .run()
            .parameters();
    return new TrainedModel("the test's", parameters, plan, false);
  }

  private static void write(TrainedModel model, ExportFormat format, String name)
      throws IOException {
    try (OutputStream script = Files.newOutputStream(folder.resolve(name + ".py"));
        OutputStream initial = Files.newOutputStream(folder.resolve(name + Exporter.INITIAL));
        OutputStream end = Files.newOutputStream(folder.resolve(name + Exporter.TRAINED))) {
      Exporter.write(model, format, script);
      Exporter.writeInitial(model, initial);
      Exporter.write(model, ExportFormat.SAFETENSORS, end);
    }
  }

  /** Runs all the scripts of these names in one process: importing PyTorch takes seconds. */
  private static String run(Python python, List<String> names, String... options)
      throws IOException, InterruptedException {
    String code =
        """
        import runpy, sys
        names, options = sys.argv[1].split(","), sys.argv[2:]
        for name in names:
            sys.argv = [name] + options
            print("==", name)
            runpy.run_path(name + ".py", run_name="__main__")
        """;
    List<String> arguments = new ArrayList<>(List.of("-c", code, String.join(",", names)));
    arguments.addAll(List.of(options));
    Python.Ended ended = python.run(folder, arguments.toArray(String[]::new));
    assertEquals(0, ended.exit(), ended.out());
    return ended.out();
  }

  private static void trainsAsWeDo(ExportFormat format, List<String> plans, Python python)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    List<TrainedModel> models = new ArrayList<>();
    for (String text : plans) {
      TrainedModel model = trained(PlanText.parse(text + ONE_BATCH), few);
      String name = format + "-" + names.size();
      write(model, format, name);
      names.add(name);
      models.add(model);
    }
    run(python, names);
    for (int i = 0; i < names.size(); i++) {
      byte[] file = Files.readAllBytes(folder.resolve(names.get(i) + ".python.safetensors"));
      ImportedNetwork back = Importer.read(file, null);
      TrainedModel ours = models.get(i);
      assertEquals(ours.plan().network(), back.parameters().spec());
      assertEquals(ours.plan().loss(), back.loss());
      float[] before = ours.initialParameters().values();
      double moved = largestDifference(before, ours.parameters().values());
      double apart = largestDifference(ours.parameters().values(), back.parameters().values());
      assertTrue(
          moved > 20 * TOLERANCE && apart < TOLERANCE,
          format + ", " + plans.get(i) + ": moved by " + moved + ", " + apart + " apart");
    }
  }

  private static double largestDifference(float[] one, float[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  @Test
  void numpyTrainsAsWeDo() throws Exception {
    trainsAsWeDo(ExportFormat.NUMPY, PLANS, Python.with("numpy"));
  }

  @Test
  void pytorchTrainsAsWeDo() throws Exception {
    trainsAsWeDo(ExportFormat.PYTORCH, PLANS, Python.with("numpy", "torch"));
  }

  @Test
  void kerasTrainsAsWeDo() throws Exception {
    trainsAsWeDo(ExportFormat.KERAS_SCRIPT, PLANS, Python.with("numpy", "keras"));
  }

  @Test
  void scikitLearnTrainsAsWeDo() throws Exception {
    trainsAsWeDo(ExportFormat.SKLEARN, SKLEARN_PLANS, Python.with("numpy", "sklearn"));
  }

  /** A whole training with everything that leaves things to chance, and the test of ours. */
  private static void learns(ExportFormat format, String more, Python python)
      throws IOException, InterruptedException {
    TrainingPlan plan =
        PlanText.parse(
            "rate 0.002; batch 8; epochs 25; validation 0.2; stopping patience 3 change 0.001; seed -5; network 784 → 24 relu"
                + more
                + " → 10 softmax");
    TrainedModel model = trained(plan, many);
    String name = format + "-learns";
    write(model, format, name);
    String out = run(python, List.of(name), "--data", "more");
    assertTrue(out.contains("The weights are those of " + name + ".initial.safetensors."), out);
    assertTrue(out.contains("epoch 1: training loss ") && out.contains(", validation loss "), out);
    assertTrue(accuracy(out) > 60, out);
    Files.delete(folder.resolve(name + Exporter.INITIAL));
    String own = run(python, List.of(name), "--data", "more");
    assertFalse(own.contains("The weights are"), own);
    assertTrue(accuracy(own) > 60, own);
    String ours = run(python, List.of(name), "--trained", "--data", "more");
    assertTrue(ours.contains("The weights are those of " + name + ".trained.safetensors."), ours);
    assertEquals(100 * accuracy(model.parameters(), many.test()), accuracy(ours), 0.01, ours);
  }

  private static double accuracy(Parameters parameters, Dataset digits) {
    Network network = new Network(parameters);
    int right = 0;
    for (int number = 0; number < digits.size(); number++) {
      byte[] pixels = digits.image(number);
      float[] image = new float[pixels.length];
      for (int p = 0; p < image.length; p++) {
        image[p] = (pixels[p] & 255) / 255f;
      }
      network.look(image);
      right += network.answer() == digits.label(number) ? 1 : 0;
    }
    return (double) right / digits.size();
  }

  private static double accuracy(String out) {
    String last = out.lines().filter(line -> line.startsWith("test loss")).findFirst().orElse("");
    return Double.parseDouble(last.replaceAll(".*accuracy ([0-9.]+)%", "$1"));
  }

  @Test
  void numpyLearns() throws Exception {
    learns(ExportFormat.NUMPY, " dropout 0.2", Python.with("numpy"));
  }

  @Test
  void pytorchLearns() throws Exception {
    learns(ExportFormat.PYTORCH, " dropout 0.2", Python.with("numpy", "torch"));
  }

  @Test
  void scikitLearnLearns() throws Exception {
    learns(ExportFormat.SKLEARN, "", Python.with("numpy", "sklearn"));
  }

  /** Every shipped plan and every plan above, in every script that can say it. */
  @Test
  void everyScriptIsPython() throws Exception {
    List<TrainingPlan> plans = new ArrayList<>();
    Preset.ALL.stream()
        .filter(preset -> preset.plan().network().parameterCount() < 1_000_000)
        .forEach(preset -> plans.add(preset.plan()));
    PLANS.forEach(plan -> plans.add(PlanText.parse(plan + "; stopping patience 2")));
    SKLEARN_PLANS.forEach(plan -> plans.add(PlanText.parse(plan)));
    String hostile = "\"\"\"\nimport os\\\n'''";
    int written = 0;
    for (TrainingPlan plan : plans) {
      TrainedModel model = new TrainedModel(hostile, new Parameters(plan.network()), plan, true);
      for (ExportFormat format : ExportFormat.values()) {
        if (format.isScript() && Exporter.obstacles(plan, format).isEmpty()) {
          byte[] script = Models.bytes(model, format);
          assertNoPlaceholders(new String(script, StandardCharsets.UTF_8));
          Files.write(folder.resolve("check-" + written++ + ".py"), script);
        }
      }
    }
    assertTrue(written > 3 * plans.size() + 3, "only " + written);
    String code =
        """
        import ast, pathlib
        for path in pathlib.Path(".").glob("check-*.py"):
            tree = ast.parse(path.read_text("utf-8"), str(path))
            names = [node.names[0].name for node in ast.walk(tree) if isinstance(node, ast.Import)]
            assert "os" not in names, path
            assert len(ast.get_docstring(tree)) > 500, path
            compile(tree, str(path), "exec")
        """;
    Python.Ended ended = Python.with().run(folder, "-c", code);
    assertEquals(0, ended.exit(), ended.out());
  }

  private static void assertNoPlaceholders(String script) {
    assertFalse(script.matches("(?s).*@[A-Z]+@.*"), script);
    for (String line : Words.split(script, '\n')) {
      assertTrue(line.length() <= 120 && line.equals(line.stripTrailing()), line);
    }
  }

  @Test
  void scikitLearnRefusesWhatItDoesNotHave() {
    String all =
        "network 784 → 12 gelu dropout 0.5 → 12 relu → 10 sigmoid; loss mse; optimizer rmsprop; schedule cosine";
    TrainedModel model =
        new TrainedModel(
            "x", new Parameters(PlanText.parse(all).network()), PlanText.parse(all), false);
    assertEquals(
        List.of(
            "interop.sklearn.activation",
            "interop.sklearn.activations",
            "interop.sklearn.loss",
            "interop.sklearn.dropout",
            "interop.sklearn.optimizer",
            "interop.sklearn.schedule"),
        Exporter.obstacles(model.plan(), ExportFormat.SKLEARN).stream()
            .map(obstacle -> obstacle.key())
            .toList());
    ExportRefusedException refused =
        assertThrows(
            ExportRefusedException.class,
            () -> Exporter.write(model, ExportFormat.SKLEARN, new ByteArrayOutputStream()));
    String text = Messages.in(Language.ENGLISH).get(refused.obstacle());
    assertTrue(text.contains("no gelu in their hidden layers. Choose identity"), text);
  }

  @Test
  void anArchiveHoldsTheScriptAndItsWeights() throws IOException {
    TrainedModel model = Models.of("784 → 5 relu → 10 softmax");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exporter.writeArchive(model, ExportFormat.NUMPY, "my-net", out);
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        assertTrue(zip.readAllBytes().length > 1000);
      }
    }
    assertEquals(
        List.of("my-net.py", "my-net.initial.safetensors", "my-net.trained.safetensors"), names);
  }

  @Test
  void aNetworkFileTellsItsPlanIfItIsOfAPreset() {
    TrainingPlan plan = Preset.named("3b1b").plan();
    Parameters parameters = new Parameters(plan.network());
    NetworkFile named =
        NetworkFormat.read(
            NetworkFormat.write("3b1b", NetworkFile.MNIST_28, plan.loss(), parameters));
    assertEquals(plan, TrainedModel.of(named).plan());
    assertFalse(TrainedModel.of(named).planIsGuessed());
    NetworkFile other =
        NetworkFormat.read(
            NetworkFormat.write("mine", NetworkFile.MNIST_28, plan.loss(), parameters));
    assertTrue(TrainedModel.of(other).planIsGuessed());
    assertEquals(plan.network(), TrainedModel.of(other).plan().network());
    assertEquals(plan.loss(), TrainedModel.of(other).plan().loss());
    assertThrows(
        IllegalArgumentException.class, () -> TrainedModel.of(named, TrainingPlan.DEFAULT));
  }
}
