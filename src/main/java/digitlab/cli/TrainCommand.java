package digitlab.cli;

import digitlab.datasets.DataPair;
import digitlab.engine.Engines;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.jobs.Practice;
import digitlab.jobs.TrainingJob;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.Precision;
import digitlab.net.StepResult;
import digitlab.text.Message;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.PlanCheck;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = "Trains one network and tests it.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final Messages ENGLISH = Messages.in(Language.ENGLISH);

  /** What a network file has beside its parameters, in bytes; generously. */
  private static final long ROOM_FOR_TEXT = 10_000;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--engine",
      defaultValue = Engines.AUTO,
      description = "auto (default), or an engine by name.")
  private String engine;

  @Option(names = "--epochs", paramLabel = "N", description = "Instead of the plan's.")
  private @Nullable Integer epochs;

  @Option(names = "--seed", paramLabel = "N", description = "Instead of the plan's.")
  private @Nullable Long seed;

  @Mixin private Threads threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the trained network is written.")
  private @Nullable Path out;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description =
          "How exactly the parameters are written: float32 (default), or float16 for half the size.")
  private String precision;

  @Option(
      names = "--json",
      description = "One JSON object a line: one for each epoch, and a last one.")
  private boolean json;

  @Mixin private Data data;

  private static final class Source {
    @Option(
        names = "--preset",
        paramLabel = "NAME",
        description = "A plan that is shipped: see presets.")
    private @Nullable String preset;

    @Option(names = "--plan", paramLabel = "FILE", description = "A plan in a file.")
    private @Nullable Path plan;
  }

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    TrainingPlan plan = plan();
    Precision written = Usage.check(() -> Precision.parse(precision));
    int mostThreads = threads.most();
    OutputFile file =
        out == null
            ? null
            : new OutputFile(out, 4L * plan.network().parameterCount() + ROOM_FOR_TEXT);
    Engines.Choice choice = chooseEngine();
    for (Message warning : PlanCheck.warnings(plan)) {
      output.progress(ENGLISH.get(warning));
    }
    DataPair images;
    try (var _ = Practice.start(choice.provider(), plan.engineSettings(Integer.MAX_VALUE))) {
      images = data.find(plan.data(), output);
    }
    TrainingJob job =
        new TrainingJob(plan, images, choice.provider(), mostThreads, new Reporter(output));
    int used = job.engineThreads();
    output.progress(
        plan.network()
            + ": "
            + plan.network().parameterCount()
            + " parameters, engine "
            + choice.provider().name()
            + " – "
            + ENGLISH.get(choice.provider().description())
            + " – on "
            + (used == 1 ? "1 thread" : used + " threads")
            + " ("
            + ENGLISH.get(choice.why())
            + ")");
    TrainingJob.Result result = job.run();
    Evaluation test = result.test();
    if (result.outcome() == Outcome.DIVERGED || test == null) {
      throw new IllegalStateException(
          "The training diverged: the loss is no longer a number. Try a smaller rate than "
              + plan.rate()
              + ", or another initialiser.");
    }
    if (file != null) {
      file.write(
          NetworkFormat.write(
              title(), NetworkFile.MNIST_28, plan.loss(), result.parameters(), written));
    }
    reportEnd(output, plan, choice, result, test);
    return 0;
  }

  private TrainingPlan plan() throws IOException {
    TrainingPlan plan;
    if (source.preset != null) {
      plan = Usage.check(() -> Preset.named(String.valueOf(source.preset)).plan());
    } else {
      plan = PlanFile.read(Path.of(String.valueOf(source.plan)));
    }
    TrainingPlan read = plan;
    TrainingPlan withEpochs = epochs == null ? read : withEpochs(read, epochs);
    TrainingPlan complete = seed == null ? withEpochs : withEpochs.with("seed", seed);
    for (Message error : PlanCheck.errors(complete)) {
      throw new IllegalArgumentException(ENGLISH.get(error));
    }
    return complete;
  }

  private static TrainingPlan withEpochs(TrainingPlan plan, int epochs) {
    return Usage.check(() -> plan.with("epochs", epochs));
  }

  private Engines.Choice chooseEngine() {
    Engines engines = Engines.all();
    Usage.check(() -> engines.requireName(engine));
    Engines.prepareJava();
    return engines.choose(engine);
  }

  private String title() {
    return source.preset == null
        ? String.valueOf(Path.of(String.valueOf(source.plan)).getFileName())
        : source.preset;
  }

  private void reportEnd(
      Output output,
      TrainingPlan plan,
      Engines.Choice choice,
      TrainingJob.Result result,
      Evaluation test) {
    Map<String, @Nullable Object> end = new LinkedHashMap<>();
    end.put("done", true);
    end.put("engine", choice.provider().name());
    end.put("parameters", plan.network().parameterCount());
    end.put("testLoss", test.loss());
    end.put("testAccuracy", test.accuracy());
    end.put("seconds", result.seconds());
    end.put("model", out == null ? null : out.toString());
    String text =
        String.format(
            Locale.ROOT,
            "test accuracy %.2f %%, test loss %.4f, %.1f s%s%s",
            100 * test.accuracy(),
            test.loss(),
            result.seconds(),
            result.outcome() == Outcome.LOSS_FLAT ? ", ended early: the loss no longer fell" : "",
            out == null ? "" : ", written to " + out);
    output.result(end, text);
  }

  /** A line for each epoch. */
  private record Reporter(Output output) implements TrainingJob.Listener {
    @Override
    public void onStart(long allSteps, int trainingImages) {
      output.progress(allSteps + " steps on " + trainingImages + " images");
    }

    @Override
    public void onStep(long step, StepResult result, int images) {}

    @Override
    public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {
      Evaluation validation = result.validation();
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("epoch", result.epoch());
      line.put("trainLoss", result.trainLoss());
      line.put("trainAccuracy", result.trainAccuracy());
      line.put("validationLoss", validation == null ? null : validation.loss());
      line.put("validationAccuracy", validation == null ? null : validation.accuracy());
      line.put("samplesPerSecond", samplesPerSecond);
      String text =
          String.format(
              Locale.ROOT,
              "epoch %d: training loss %.4f, accuracy %.2f %%%s, %,.0f samples/s",
              result.epoch(),
              result.trainLoss(),
              100 * result.trainAccuracy(),
              validation == null
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      "; validation loss %.4f, accuracy %.2f %%",
                      validation.loss(),
                      100 * validation.accuracy()),
              samplesPerSecond);
      output.result(line, text);
    }
  }
}
