package digitlab.insight;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.engine.Engines;
import digitlab.experiment.Experiment;
import digitlab.experiment.ModelStore;
import digitlab.experiment.Run;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import digitlab.train.DataChoice;
import digitlab.train.Evaluation;
import digitlab.train.Predictions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens trained networks to be looked into. Keeps the last few, for all who look, so that no page
 * has to. Thread-safe.
 */
public final class InsightService {
  private static final int ROWS = 256;

  /** Of all networks that are kept together; the newest is kept whatever its size. */
  private static final long MOST_PARAMETERS = 8_000_000;

  private final ModelStore models;
  private final DataLibrary data;
  private final Engines engines;
  private final Map<String, Insight> kept =
      new LinkedHashMap<>(16, 0.75f, true); // oldest use first

  public InsightService(ModelStore models, DataLibrary data, Engines engines) {
    this.models = models;
    this.data = data;
    this.engines = engines;
  }

  /**
   * Opens the network of an experiment's newest run, which takes a while the first time: it is
   * shown all test images. Empty if there is none.
   */
  public Optional<Insight> open(Experiment experiment) throws InterruptedException {
    Run run = experiment.run();
    String model = run == null ? null : run.model();
    if (model == null) {
      return Optional.empty();
    }
    synchronized (kept) {
      Insight known = kept.get(model);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<byte[]> file = models.file(model);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Insight opened =
        open(
            NetworkFormat.read(file.get()),
            data.find(experiment.plan().data(), (_, _, _) -> {}).test());
    keep(model, opened);
    return Optional.of(opened);
  }

  /**
   * How a network does on the test images of a data set.
   *
   * @throws RefusedException if it does not fit them: its inputs, or its classes
   */
  public Evaluation test(NetworkFile network, DataChoice choice) throws InterruptedException {
    Dataset test = data.find(choice, (_, _, _) -> {}).test();
    NetworkSpec spec = network.parameters().spec();
    if (spec.inputs() != test.width() * test.height() || spec.outputs() < test.classes()) {
      throw new RefusedException(
          Message.of("import.misfit", spec, test.width() * test.height(), test.classes()));
    }
    EngineSettings settings = EngineSettings.forInference(spec, network.loss(), ROWS);
    try (Engine engine = engines.choose(Engines.AUTO).provider().create(settings, 1)) {
      engine.load(network.parameters());
      return Evaluation.of(engine, spec.outputs(), test, test.allNumbers());
    }
  }

  private Insight open(NetworkFile network, Dataset test) {
    NetworkSpec spec = network.parameters().spec();
    EngineSettings settings = EngineSettings.forInference(spec, network.loss(), ROWS);
    try (Engine engine = engines.choose(Engines.AUTO).provider().create(settings, 1)) {
      engine.load(network.parameters());
      return new Insight(network, test, Predictions.of(engine, spec, test));
    }
  }

  private void keep(String model, Insight insight) {
    synchronized (kept) {
      kept.put(model, insight);
      long parameters = 0;
      for (Insight one : kept.values()) {
        parameters += one.spec().parameterCount();
      }
      Iterator<Insight> oldestFirst = kept.values().iterator();
      while (parameters > MOST_PARAMETERS && kept.size() > 1) {
        parameters -= oldestFirst.next().spec().parameterCount();
        oldestFirst.remove();
      }
    }
  }
}
