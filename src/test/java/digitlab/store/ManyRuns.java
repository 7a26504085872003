package digitlab.store;

import digitlab.experiment.Catalogue;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentQuery;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.ModelInfo;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunQueue;
import digitlab.experiment.RunStatus;
import digitlab.experiment.StepMetrics;
import digitlab.math.Rng;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.Parameters;
import digitlab.sweep.SweepService;
import digitlab.sweep.SweepSpace;
import digitlab.train.ConfusionMatrix;
import digitlab.train.Histogram;
import digitlab.train.LayerHealth;
import digitlab.train.PlanText;
import digitlab.train.ProbeResult;
import digitlab.train.TrainingPlan;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Not a test: fills a database with a thousand experiments and ten million steps, and one
 * experiment with ten million more, among them a sweep and a challenge, then measures what opening
 * a page asks of the database. {@link digitlab.browser.LabSpeed} measures the pages themselves.
 *
 * <pre>java -cp … digitlab.store.ManyRuns [HOME]</pre>
 */
public final class ManyRuns {
  private static final int EXPERIMENTS = 1000;
  private static final int STEPS = 10_000;
  private static final int LONG_RUN = 10_000_000;
  private static final int STEPS_IN_A_ROW = 2500; // about a second's worth
  private static final int PROBES = 300;
  private static final int EPOCHS = 20;
  private static final int SWEEP_RUNS = 60;
  private static final int CHALLENGERS = 30;
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 128 relu → 64 relu → 10 softmax; epochs " + EPOCHS);

  private final SqlExperimentStore store;
  private final SqlModelStore models;
  private final SqlSweepStore sweeps;
  private final SqlChallengeStore challenges;
  private final ExperimentService service;
  private final Catalogue catalogue;
  private final Rng rng = new Rng(1);

  private ManyRuns(Database database) {
    store = new SqlExperimentStore(database);
    models = new SqlModelStore(database);
    sweeps = new SqlSweepStore(database);
    challenges = new SqlChallengeStore(database);
    RunQueue none =
        (RunQueue)
            Proxy.newProxyInstance(
                RunQueue.class.getClassLoader(),
                new Class<?>[] {RunQueue.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    LiveRuns live = new LiveRuns();
    catalogue = new Catalogue(new SqlExperimentCatalogue(database), live);
    service =
        new ExperimentService(
            store, models, new SqlCheckpointStore(database), none, new LiveRuns());
  }

  public static void main(String[] arguments) throws Exception {
    Path folder =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("many-runs");
    try (Database database = Database.open(Database.h2Url(folder))) {
      ManyRuns many = new ManyRuns(database);
      if (many.store.list().isEmpty()) {
        many.fill();
      }
      many.measure();
    }
    System.exit(0); // news of runs are told by a thread that waits for more
  }

  private void fill() {
    SweepSpace space =
        SweepSpace.parse("random " + SWEEP_RUNS + " seed 1 seeds 1\nrate: 0.0001…0.1 log 5");
    List<TrainingPlan> varied = space.plans(PLAN);
    long sweep = sweeps.create("sweep", PLAN, space);
    long challenge = challenges.create("challenge");
    for (int i = 0; i < EXPERIMENTS; i++) {
      long id = add("experiment " + i, i < varied.size() ? varied.get(i) : PLAN, STEPS);
      if (i < varied.size()) {
        sweeps.add(sweep, id);
      } else if (i < varied.size() + CHALLENGERS) {
        challenges.enter(challenge, id);
      }
    }
    add("long", PLAN, LONG_RUN);
  }

  private long add(String name, TrainingPlan plan, int steps) {
    long experiment = store.create(name, plan);
    Run run = store.addRun(experiment);
    for (int first = 1; first <= steps; first += STEPS_IN_A_ROW) {
      store.addSteps(run.id(), new StepMetrics(first, floats(), floats()));
    }
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      store.addEpoch(
          run.id(),
          new EpochRecord(epoch, (long) steps / EPOCHS * epoch, 1.0 / epoch, 0.9, 0.5, 0.9, 1e5));
    }
    LayerHealth layer =
        new LayerHealth(0.1, 1e-3, 0, 0, true, new Histogram(0, 1, new int[Histogram.BINS]));
    for (int probe = 0; probe < PROBES; probe++) {
      store.addProbe(
          run.id(),
          new ProbeResult((long) steps / PROBES * probe, 1, 0.5, Collections.nCopies(3, layer)));
    }
    Run.Progress done = new Run.Progress(steps, steps, EPOCHS, 60, 1e5);
    store.update(
        run.preparing(null, Instant.now())
            .advanced(done)
            .tested(new Run.TestResult(0.9, 0.3, confusion()), network(name))
            .over(RunStatus.DONE, null, Instant.now()));
    return experiment;
  }

  private ConfusionMatrix confusion() {
    int[] counts = new int[100];
    Arrays.setAll(counts, cell -> cell % 11 == 0 ? 900 : rng.nextInt(20));
    return new ConfusionMatrix(10, counts);
  }

  /** Keeps an untrained network under that name. */
  private String network(String title) {
    Parameters parameters = Parameters.initial(PLAN.network(), PLAN.initializer(), 1);
    byte[] file = NetworkFormat.write(title, NetworkFile.MNIST_28, PLAN.loss(), parameters);
    String id = NetworkFormat.read(file).id();
    models.save(new ModelInfo(id, title, PLAN.network().toString()), file);
    return id;
  }

  private float[] floats() {
    float[] values = new float[STEPS_IN_A_ROW];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextFloat();
    }
    return values;
  }

  private void measure() {
    List<Experiment> all = store.list();
    long longest = all.getFirst().id();
    long usual = all.get(all.size() / 2).id();
    report("first page of the list", () -> catalogue.page(ExperimentQuery.ALL, 0, 50));
    ExperimentQuery best = ExperimentQuery.ALL.ordered(ExperimentQuery.Order.VALIDATION, true);
    report("its best first", () -> catalogue.page(best, 0, 50));
    report("length of the list", () -> catalogue.count(ExperimentQuery.ALL));
    report("all experiments", service::list);
    report("a sweep", () -> new SweepService(sweeps, service).members(1));
    report("a challenge's board", () -> challenges.board(1));
    List<Long> ten =
        all.stream()
            .skip(100)
            .limit(10)
            .map(one -> Objects.requireNonNull(one.run()).id())
            .toList();
    report("ten runs compared", () -> catalogue.epochs(catalogue.withRuns(ten)));
    report("page of " + STEPS + " steps", () -> open(usual));
    report("page of " + LONG_RUN + " steps", () -> open(longest));
    Experiment experiment = service.find(longest).orElseThrow();
    report(
        "zoom into 5,000 of " + LONG_RUN,
        () -> service.steps(experiment, LONG_RUN / 2, LONG_RUN / 2 + 5000));
    report("zoom into half of " + LONG_RUN, () -> service.steps(experiment, 1, LONG_RUN / 2));
  }

  private Object open(long id) {
    Experiment experiment = service.find(id).orElseThrow();
    RunHistory history = service.history(experiment);
    return service.diagnose(experiment, history);
  }

  private static void report(String what, Supplier<Object> work) {
    double[] millis = new double[9];
    Object result = null;
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      result = work.get();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double first = millis[0];
    Arrays.sort(millis);
    System.out.printf(
        "%-28s first %7.1f ms, median %7.1f ms, %s%n",
        what, first, millis[millis.length / 2], result == null ? "nothing" : "done");
  }
}
