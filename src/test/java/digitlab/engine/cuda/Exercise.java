package digitlab.engine.cuda;

import digitlab.data.Augmentation;
import digitlab.data.Batches;
import digitlab.data.Dataset;
import digitlab.math.Rng;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Images;
import digitlab.net.JavaEngine;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import digitlab.net.Samples;
import digitlab.net.StepResult;
import digitlab.testing.SimulatedCard;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a training does with an engine, in short: on each placement, alone and beside another,
 * held against the plain engine. It comes by every barrier of the kernels: several tiles, several
 * parts of a sum, ragged edges, one step in a launch and many.
 */
final class Exercise {
  private static final float TOLERANCE = 2e-5f;
  private static final int STEPS = 4;

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject(
              "70 → 20 relu dropout 0.2 → 10 softmax", 10, new Optimizer.Adam(0.9, 0.999), 9),
          new Subject("3 → 33 tanh → 2 sigmoid → 5 identity", 3, new Optimizer.Sgd(), 70));

  private static final Augmentation EVERYTHING =
      Augmentation.parse("shift 1 rotate 10 scale 0.15 shear 0.2 elastic 20 thickness 0.5");

  private record Subject(NetworkSpec network, int width, Optimizer optimizer, int rows) {
    Subject(String network, int width, Optimizer optimizer, int rows) {
      this(NetworkSpec.parse(network), width, optimizer, rows);
    }

    EngineSettings settings() {
      boolean softmax = network.toString().endsWith("softmax");
      Loss loss = softmax ? Loss.CROSS_ENTROPY : Loss.MSE;
      return new EngineSettings(network, loss, optimizer, 0.01, rows, 3);
    }
  }

  /** One engine at work, and what it says: losses, outputs, gradient, parameters. */
  private static final class Work {
    private final Engine engine;
    private final Subject subject;
    private final Rng rng = new Rng(7);
    private final List<float[]> said = new ArrayList<>();
    private final Engine.Results results = result -> said.add(new float[] {result.loss()});

    Work(Engine engine, Subject subject) {
      this.engine = engine;
      this.subject = subject;
    }

    private Batch batch(int rows) {
      return Samples.batch(rows, subject.network.inputs(), subject.network.outputs(), rng);
    }

    void start() {
      engine.load(Samples.parameters(subject.network, rng));
      results.accept(engine.step(batch(subject.rows), 0.01f));
    }

    void begin(int step) {
      engine.begin(batch(step == 2 ? 3 : subject.rows), 0.01f, results);
      engine.begin(augmented(batch(subject.rows).images(), step), 0.01f, results);
    }

    /** By the engine if it does that, else already. */
    private Batch augmented(Images images, int seed) {
      int inputs = subject.network.inputs();
      Dataset dataset =
          new Dataset(
              "some",
              subject.width,
              inputs / subject.width,
              subject.network.outputs(),
              images.pixels(),
              images.labels());
      return new Batches(
              dataset, dataset.allNumbers(), subject.rows, EVERYTHING, seed, engine.alters())
          .next();
    }

    void finish() {
      engine.finish(results);
      float[] outputs = new float[subject.rows * subject.network.outputs()];
      StepResult judged = engine.predict(batch(subject.rows), outputs);
      said.add(new float[] {judged.loss(), judged.correct()});
      said.add(outputs);
      Parameters gradient = new Parameters(subject.network);
      engine.gradients(batch(subject.rows), gradient);
      said.add(gradient.values());
      Parameters parameters = new Parameters(subject.network);
      engine.save(parameters);
      said.add(parameters.values());
    }
  }

  private final List<String> libraries;
  private final List<List<float[]>> expected = new ArrayList<>();

  Exercise(SimulatedCard card) {
    this(List.of(card.library().toString()));
  }

  private Exercise(List<String> libraries) {
    this.libraries = libraries;
    for (Subject subject : SUBJECTS) {
      try (Engine plain = new JavaEngine(subject.settings(), new PlainKernels())) {
        expected.add(work(List.of(plain), subject).getFirst().said);
      }
    }
  }

  /** On the card of this machine: for tools that look at what kernels do. */
  public static void main(String[] arguments) {
    new Exercise(CudaProvider.libraries()).run();
    System.out.println("All numbers are right");
  }

  /** Turn and turn about, as two that share the card. */
  private static List<Work> work(List<Engine> engines, Subject subject) {
    List<Work> all = engines.stream().map(engine -> new Work(engine, subject)).toList();
    all.forEach(Work::start);
    for (int step = 0; step < STEPS; step++) {
      for (Work work : all) {
        work.begin(step);
      }
    }
    all.forEach(Work::finish);
    return all;
  }

  /**
   * Does all of it with engines that are opened for it.
   *
   * @throws CudaException if the card or its driver finds something wrong
   * @throws AssertionError if a number is wrong
   */
  void run() {
    for (int s = 0; s < SUBJECTS.size(); s++) {
      Subject subject = SUBJECTS.get(s);
      for (Placement placement : List.of(Placement.ONE_BLOCK, Placement.GRID)) {
        CudaProvider provider = CudaEngines.on(libraries, placement);
        try (Engine engine = provider.create(subject.settings(), 1)) {
          check(work(List.of(engine), subject), expected.get(s));
        }
        try (Engine first = provider.create(subject.settings(), 1);
            Engine second = provider.create(subject.settings(), 1)) {
          check(work(List.of(first, second), subject), expected.get(s));
        }
      }
    }
  }

  private static void check(List<Work> all, List<float[]> right) {
    for (Work work : all) {
      for (int i = 0; i < right.size(); i++) {
        for (int j = 0; j < right.get(i).length; j++) {
          float is = work.said.get(i)[j];
          float should = right.get(i)[j];
          if (!(Math.abs(is - should) <= TOLERANCE)) {
            throw new AssertionError(
                work.subject.network
                    + ": number "
                    + j
                    + " of answer "
                    + i
                    + " is "
                    + is
                    + ", not "
                    + should);
          }
        }
      }
    }
  }
}
