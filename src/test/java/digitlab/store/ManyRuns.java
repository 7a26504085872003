package digitlab.store;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunQueue;
import digitlab.experiment.RunStatus;
import digitlab.experiment.StepMetrics;
import digitlab.math.Rng;
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
import java.util.function.Supplier;

/**
 * Not a test: fills a database with a thousand experiments and ten million steps, and one
 * experiment with ten million more, then measures what opening a page asks of the server.
 *
 * <pre>java -cp … digitlab.store.ManyRuns [FOLDER]</pre>
 */
public final class ManyRuns {
  private static final int EXPERIMENTS = 1000;
  private static final int STEPS = 10_000;
  private static final int LONG_RUN = 10_000_000;
  private static final int STEPS_IN_A_ROW = 2500; // about a second's worth
  private static final int PROBES = 300;
  private static final int EPOCHS = 20;
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 128 relu → 64 relu → 10 softmax; epochs " + EPOCHS);

  private final SqlExperimentStore store;
  private final ExperimentService service;
  private final Rng rng = new Rng(1);

  private ManyRuns(Database database) {
    store = new SqlExperimentStore(database);
    RunQueue none =
        (RunQueue)
            Proxy.newProxyInstance(
                RunQueue.class.getClassLoader(),
                new Class<?>[] {RunQueue.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    service =
        new ExperimentService(
            store,
            new SqlModelStore(database),
            new SqlCheckpointStore(database),
            none,
            new LiveRuns());
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
    for (int i = 0; i < EXPERIMENTS; i++) {
      add("experiment " + i, STEPS);
    }
    add("long", LONG_RUN);
  }

  private void add(String name, int steps) {
    Run run = store.addRun(store.create(name, PLAN));
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
    store.update(run.advanced(done).over(RunStatus.DONE, null, Instant.now()));
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
    report("list of " + all.size(), service::list);
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
