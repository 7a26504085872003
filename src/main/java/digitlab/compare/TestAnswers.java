package digitlab.compare;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.experiment.ModelStore;
import digitlab.net.Batch;
import digitlab.net.EngineSettings;
import digitlab.net.JavaEngine;
import digitlab.net.Loss;
import digitlab.net.Network;
import digitlab.net.NetworkFormat;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import digitlab.train.DataChoice;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which test images a trained network recognises: shown to it again, in plain Java. Thread-safe;
 * the last answers are kept.
 */
public final class TestAnswers {
  private static final int ROWS = 256;
  private static final int KEPT = 100;

  private final ModelStore models;
  private final DataLibrary data;
  private final Map<Key, BitSet> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, BitSet> eldest) {
          return size() > KEPT;
        }
      };

  private record Key(String model, DataChoice data) {}

  public TestAnswers(ModelStore models, DataLibrary data) {
    this.models = models;
    this.data = data;
  }

  /**
   * Lets two networks meet on the test images of {@code choice}; empty if a network is gone, or
   * can't read these images. Takes a second or so for networks that were not asked before.
   */
  public Optional<McNemar> compare(String first, String second, DataChoice choice)
      throws InterruptedException {
    Dataset test = data.find(choice, (_, _, _) -> {}).test();
    Optional<BitSet> one = recognised(first, choice, test);
    Optional<BitSet> other = recognised(second, choice, test);
    return one.isEmpty() || other.isEmpty()
        ? Optional.empty()
        : Optional.of(McNemar.of(test.size(), one.get(), other.get()));
  }

  private Optional<BitSet> recognised(String model, DataChoice choice, Dataset test) {
    Key key = new Key(model, choice);
    synchronized (known) {
      BitSet answers = known.get(key);
      if (answers != null) {
        return Optional.of(answers);
      }
    }
    Optional<BitSet> answers =
        models
            .file(model)
            .map(file -> NetworkFormat.read(file).parameters())
            .filter(parameters -> parameters.spec().inputs() == test.pixelsPerImage())
            .map(parameters -> show(parameters, test));
    synchronized (known) {
      answers.ifPresent(found -> known.put(key, found));
    }
    return answers;
  }

  private static BitSet show(Parameters parameters, Dataset test) {
    int outputs = parameters.spec().outputs();
    BitSet recognised = new BitSet(test.size());
    int[] numbers = test.allNumbers();
    float[] y = new float[ROWS * outputs];
    Batch batch = new Batch();
    EngineSettings settings = EngineSettings.forInference(parameters.spec(), Loss.MSE, ROWS);
    try (JavaEngine engine = new JavaEngine(settings, new PlainKernels())) {
      engine.load(parameters);
      for (int from = 0; from < numbers.length; from += ROWS) {
        int rows = Math.min(ROWS, numbers.length - from);
        var _ = engine.predict(batch.select(test.images(), numbers, from, rows), y);
        for (int row = 0; row < rows; row++) {
          recognised.set(
              from + row, Network.largest(y, row * outputs, outputs) == batch.label(row));
        }
      }
    }
    return recognised;
  }
}
