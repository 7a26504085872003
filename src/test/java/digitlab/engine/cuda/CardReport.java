package digitlab.engine.cuda;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.jobs.TrainingJob;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.StepResult;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.PlanText;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trains on the card of this machine and prints what came of it as tables: part of the bundle that
 * src/bench/gpu makes. Exit 1 where there is no card to train on, or one learns too little. With
 * fewer images than MNIST has it does less: enough to see that it runs, on a simulated card, say.
 *
 * <pre>CardReport MNIST-FOLDER IMAGES [FILE with the lines of pytorch.py]</pre>
 */
final class CardReport {
  private static final int EPOCHS = 6; // of which the best counts; the first warms up
  private static final int WHOLE = 60_000;
  private static final int MANY = 132; // as in pytorch.py: one for each multiprocessor of an H100

  /** As in pytorch.py. */
  private static final List<Speed> SPEEDS =
      List.of(
          new Speed("784 → 16 relu → 16 relu → 10 softmax; batch 32", 1, 8, 8),
          new Speed("784 → 128 relu → 64 relu → 10 softmax; batch 64", 1, 10, 3),
          new Speed("784 → 1024 relu → 1024 relu → 10 softmax; batch 256", 1, Double.NaN, 1.5),
          new Speed("784 → 16 relu → 16 relu → 10 softmax; batch 32", MANY, MANY / 10.0, 10));

  private static final List<Goal> GOALS =
      List.of(
          new Goal(
              0.98,
              0.2,
              "network 784 → 256 relu → 10 softmax; loss cross-entropy; optimizer adam; rate 0.002;"
                  + " schedule cosine; batch 64; epochs 6; initializer he; validation 0"),
          new Goal(
              0.99,
              2,
              "network 784 → 800 relu → 10 softmax; loss cross-entropy; optimizer momentum 0.9;"
                  + " rate 0.05; schedule cosine; batch 64; epochs 30; initializer he; validation"
                  + " 0; augmentation shift 1 rotate 7.5 elastic 34"));

  /**
   * How fast so many networks of a plan should train.
   *
   * @param most milliseconds for an epoch of all; NaN for no matter
   * @param ratio how many times as fast as the best of PyTorch
   */
  private record Speed(TrainingPlan plan, int count, double most, double ratio) {
    Speed(String network, int count, double most, double ratio) {
      this(network(network), count, most, ratio);
    }
  }

  /** A plan, how much of the test images it should recognise, and after how many seconds. */
  private record Goal(double accuracy, double seconds, TrainingPlan plan) {
    Goal(double accuracy, double seconds, String plan) {
      this(accuracy, seconds, PlanText.parse(plan));
    }
  }

  /** A line of pytorch.py. */
  private record Peer(String network, int count, int batch, String way, double milliseconds) {
    static Peer parse(String line) {
      String[] words = line.split(" ", -1);
      return new Peer(
          words[0],
          Integer.parseInt(words[1].substring(1)),
          Integer.parseInt(words[2]),
          words[3],
          Double.parseDouble(words[4]));
    }
  }

  /** The seconds that epochs took. */
  private static final class Epochs implements TrainingJob.Listener {
    final List<Double> seconds = new ArrayList<>();

    @Override
    public void onStart(long allSteps, int trainingImages) {}

    @Override
    public void onStep(long step, StepResult result, int images) {}

    @Override
    public void onEpoch(EpochResult result, double secondsOfSteps, double samplesPerSecond) {
      seconds.add(secondsOfSteps);
    }
  }

  private final CudaProvider provider = new CudaProvider();
  private final DataPair data;
  private final List<Peer> peers;
  private boolean good = true;

  private CardReport(DataPair data, List<Peer> peers) {
    this.data = data;
    this.peers = peers;
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    DataPair data = mnist(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    List<Peer> peers = arguments.length > 2 ? peers(Path.of(arguments[2])) : List.of();
    System.exit(new CardReport(data, peers).run() ? 0 : 1);
  }

  private static TrainingPlan network(String words) {
    return PlanText.parse(
        "network "
            + words
            + "; loss cross-entropy; optimizer sgd; rate 0.01; initializer he; validation 0; epochs"
            + " "
            + EPOCHS);
  }

  private static DataPair mnist(Path folder, int images) throws InterruptedException {
    DataPair all =
        new DataLibrary(folder, folder, new MnistDownload())
            .find(DataChoice.MNIST, (_, _, _) -> {});
    Dataset training = all.training();
    int count = Math.min(images, training.size());
    byte[] pixels = Arrays.copyOf(training.images().pixels(), count * training.pixelsPerImage());
    byte[] labels = Arrays.copyOf(training.images().labels(), count);
    Dataset some =
        new Dataset(
            training.name(),
            training.width(),
            training.height(),
            training.classes(),
            pixels,
            labels);
    return new DataPair(some, all.test(), all.origin());
  }

  private static List<Peer> peers(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(Peer::parse)
        .toList();
  }

  private boolean run() throws InterruptedException, ExecutionException {
    Message obstacle = provider.obstacle();
    if (obstacle != null) {
      say("Nothing to measure: %s", Messages.in(Language.ENGLISH).get(obstacle));
      return false;
    }
    say(
        "%n### %s, %s%n",
        Messages.in(Language.ENGLISH).get(provider.description()), LocalDate.now(ZoneOffset.UTC));
    say("| network | batch | ms an epoch of 60,000 | goal | best of PyTorch, ms | ratio | goal |");
    say("|---|---:|---:|---:|---:|---:|---:|");
    for (Speed speed : SPEEDS) {
      if (speed.count > 1) {
        measureMany(speed, isWhole() ? speed.count : 4);
      } else if (isWhole() || speed.equals(SPEEDS.getFirst())) {
        measure(speed);
      }
    }
    say("%n| network | test accuracy | goal | seconds of training, from new weights | goal |");
    say("|---|---:|---:|---:|---:|");
    GOALS.subList(0, isWhole() ? GOALS.size() : 1).forEach(this::reach);
    return good;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private void measure(Speed speed) {
    Epochs epochs = new Epochs();
    var _ = new TrainingJob(speed.plan, data, provider, 1, epochs).run();
    row(speed, 1, epochs.seconds.stream().skip(1).min(Double::compare).orElseThrow());
  }

  /**
   * Many networks side by side, each in a thread as in the Lab; the mean of their epochs behind the
   * first.
   */
  private void measureMany(Speed speed, int count) throws InterruptedException, ExecutionException {
    TrainingPlan plan = speed.plan;
    EngineSettings settings = plan.engineSettings(data.training().size());
    List<Engine> engines = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Trainer> trainers = new ArrayList<>();
      for (int seed = 1; seed <= count; seed++) {
        Engine engine = provider.create(settings, 1);
        engines.add(engine);
        trainers.add(new Trainer(plan.with("seed", seed), data.training(), engine, new Silent()));
      }
      train(trainers, 1, threads);
      long start = System.nanoTime();
      train(trainers, EPOCHS - 1, threads);
      double seconds = (System.nanoTime() - start) * 1e-9 / (EPOCHS - 1);
      row(speed, count, seconds);
      say(
          "  that is %.1f network-epochs a second",
          count / seconds * data.training().size() / WHOLE);
    } finally {
      engines.forEach(Engine::close);
    }
  }

  private static void train(List<Trainer> trainers, int epochs, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    long steps = trainers.getFirst().allSteps() / EPOCHS * epochs;
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Trainer trainer : trainers) {
      tasks.add(
          () -> {
            for (long step = 0; step < steps; step++) {
              boolean _ = trainer.step();
            }
            return null;
          });
    }
    for (Future<Void> task : threads.invokeAll(tasks)) {
      task.get();
    }
  }

  private static final class Silent implements Trainer.Listener {
    @Override
    public void onStep(long step, StepResult result, int images) {}

    @Override
    public void onEpoch(EpochResult result) {}
  }

  private void row(Speed speed, int count, double seconds) {
    double milliseconds = 1000 * seconds * WHOLE / data.training().size();
    Optional<Peer> best =
        peers.stream()
            .filter(peer -> peer.network.equals(speed.plan.network().shape()))
            .filter(peer -> peer.count == speed.count)
            .min((a, b) -> Double.compare(a.milliseconds, b.milliseconds));
    double ratio = best.map(peer -> peer.milliseconds / milliseconds).orElse(Double.NaN);
    say(
        "| %s | %d | %.2f | %s | %s | %s | %s |",
        (count == 1 ? "" : count + " at once: ") + speed.plan.network().shape(),
        speed.plan.batch(),
        milliseconds,
        Double.isNaN(speed.most)
            ? "–"
            : String.format(Locale.ROOT, "≤ %.1f %s", speed.most, mark(milliseconds <= speed.most)),
        best.map(p -> String.format(Locale.ROOT, "%.2f (%s)", p.milliseconds, p.way)).orElse("–"),
        best.isEmpty() ? "–" : String.format(Locale.ROOT, "%.1f ×", ratio),
        String.format(
            Locale.ROOT,
            "≥ %.1f × %s",
            speed.ratio,
            best.isEmpty() ? "" : mark(ratio >= speed.ratio)));
  }

  private static String mark(boolean reached) {
    return reached ? "✓" : "✗";
  }

  private boolean isWhole() {
    return data.training().size() == WHOLE;
  }

  /** With few images nobody expects much: then it is enough that something was learned. */
  private void reach(Goal goal) {
    TrainingPlan plan = isWhole() ? goal.plan : goal.plan.with("epochs", 2);
    TrainingJob.Result result = new TrainingJob(plan, data, provider, 4, new Epochs()).run();
    Evaluation test = result.test();
    double accuracy = test == null ? 0 : test.accuracy();
    good &= accuracy >= (isWhole() ? goal.accuracy - 0.003 : 0.5);
    say(
        "| %s%s | %.2f %% | %.0f %% %s | %.2f | ≤ %.1f %s |",
        plan.network().shape(),
        plan.augmentation().isNone() ? "" : ", augmented",
        100 * accuracy,
        100 * goal.accuracy,
        mark(accuracy >= goal.accuracy),
        result.seconds(),
        goal.seconds,
        mark(result.seconds() <= goal.seconds));
  }
}
