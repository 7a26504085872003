package digitlab.bench;

import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.experiment.StepMetrics;
import digitlab.jobs.StepBuffer;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.StepResult;
import digitlab.text.Words;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The measured side: one engine in a process of its own. It works when it is told to, a line at a
 * time, and otherwise waits for the next line. An answer begins with "=", because libraries print
 * what they like.
 *
 * <pre>
 * net NAME     prepares the network          = ready
 * train MS     trains for so long            = IMAGES NANOSECONDS
 * all MS       predicts all test images      = IMAGES NANOSECONDS
 * one MS       predicts one image at a time  = IMAGES NANOSECONDS
 * epochs N     trains afresh, tests          = ACCURACY
 * </pre>
 */
public final class BenchWorker implements AutoCloseable {
  private final EngineProvider provider;
  private final int threads;
  private final DataPair data;
  private final Consumer<String> out;
  private @Nullable Subject subject;

  public BenchWorker(EngineProvider provider, int threads, DataPair data, Consumer<String> out) {
    this.provider = provider;
    this.threads = threads;
    this.data = data;
    this.out = out;
  }

  /** Answers until there are no more lines. */
  public void serve(BufferedReader lines) throws IOException {
    answer("ready");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> words = Words.of(line);
      String argument = words.getLast();
      switch (words.getFirst()) {
        case "net" -> {
          close();
          subject = new Subject(BenchNetwork.named(argument).plan());
          answer("ready");
        }
        case "train" -> answer(repeat(argument, subject()::step));
        case "all" -> answer(repeat(argument, subject()::predictAll));
        case "one" -> answer(repeat(argument, subject()::predictOne));
        case "epochs" -> answer(subject().accuracyAfter(Integer.parseInt(argument)));
        default -> throw new IllegalArgumentException("Not understood: " + line);
      }
    }
  }

  private void answer(Object answer) {
    out.accept("= " + answer);
  }

  private Subject subject() {
    if (subject == null) {
      throw new IllegalStateException("No network is prepared. Say which first: net NAME.");
    }
    return subject;
  }

  /** Does it for at least so long. Returns "IMAGES NANOSECONDS". */
  private static String repeat(String milliseconds, IntSupplier work) {
    long least = Long.parseLong(milliseconds) * 1_000_000;
    long images = 0;
    long start = System.nanoTime();
    long nanos;
    do {
      images += work.getAsInt();
      nanos = System.nanoTime() - start;
    } while (nanos < least);
    return images + " " + nanos;
  }

  @Override
  public void close() {
    if (subject != null) {
      subject.engine.close();
    }
  }

  /** An engine with a network in it, driven by the trainer that trains everywhere else. */
  private final class Subject {
    private final TrainingPlan plan;
    private final Engine engine;
    private Trainer trainer;
    private final Live live = new Live();
    private final Batch batch = new Batch();
    private final int[] testNumbers = data.test().allNumbers();
    private final float[] outputs;
    private int nextImage;

    Subject(TrainingPlan plan) {
      this.plan = plan;
      engine = provider.create(plan.engineSettings(data.training().size()), threads);
      trainer = new Trainer(plan, data.training(), engine, live);
      outputs = new float[testNumbers.length * plan.network().outputs()];
    }

    int step() {
      live.images = 0;
      if (!trainer.step()) { // the plan is done: once more
        trainer = new Trainer(plan, data.training(), engine, live);
      }
      return live.images;
    }

    int predictAll() {
      return predict(0, testNumbers.length);
    }

    int predictOne() {
      nextImage = (nextImage + 1) % testNumbers.length;
      return predict(nextImage, 1);
    }

    private int predict(int from, int rows) {
      StepResult _ =
          engine.predict(batch.select(data.test().images(), testNumbers, from, rows), outputs);
      return rows;
    }

    double accuracyAfter(int epochs) {
      Trainer fresh = new Trainer(plan.with("epochs", epochs), data.training(), engine, live);
      boolean more = true;
      while (more) {
        more = fresh.step();
      }
      return fresh.outcome() == Outcome.DIVERGED
          ? 0
          : Evaluation.of(engine, plan.network().outputs(), data.test(), testNumbers).accuracy();
    }
  }

  /** Does at each step what the live charts of the Lab need. */
  private static final class Live implements Trainer.Listener {
    private static final long SHOW_NANOS = 200_000_000;

    private final StepBuffer steps = new StepBuffer();
    private long lastShown = System.nanoTime();
    private int
        images; // since the last time that somebody asked; an engine may report several steps at

    // once, or none

    @Override
    public void onStep(long step, StepResult result, int images) {
      this.images += images;
      steps.add(step, result.loss(), (float) result.correct() / images);
      long now = System.nanoTime();
      if (now - lastShown > SHOW_NANOS) {
        StepMetrics _ = steps.take();
        lastShown = now;
      }
    }

    @Override
    public void onEpoch(EpochResult result) {}
  }
}
