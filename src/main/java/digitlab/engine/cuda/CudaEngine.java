package digitlab.engine.cuda;

import digitlab.engine.cuda.Description.Kind;
import digitlab.engine.cuda.Group.How;
import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.net.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains on the card, a group of steps in each launch, together with whatever else trains there; a
 * single step is waited for only by {@link #step}.
 */
final class CudaEngine implements Engine {
  private static final int ROWS_TO_LOOK_AT = 1024;

  private final EngineSettings settings;
  private final Consumer<CudaException> onFault;
  private final Runnable onClose;
  private final Session session;
  private final Formula formula;
  private final NetworkMemory network;
  private final Conveyor conveyor;
  private final Look look;
  private final List<StepResult> done = new ArrayList<>(); // and to be told
  private long steps;

  /**
   * An engine in the middle of others; what it can't take is given back.
   *
   * @param onFault is told when the card can't be used any more
   * @param onClose what is to be done when the engine is closed
   * @throws CudaException if there is not enough memory on the card, or something is wrong with it
   */
  static CudaEngine in(
      Fleet fleet,
      EngineSettings settings,
      Placement placement,
      Consumer<CudaException> onFault,
      Runnable onClose) {
    checkKnown(settings);
    Session session = fleet.session().part();
    CudaEngine[] engine = new CudaEngine[1];
    try {
      session.alone(
          () -> engine[0] = new CudaEngine(fleet, settings, session, placement, onFault, onClose));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return engine[0];
  }

  private CudaEngine(
      Fleet fleet,
      EngineSettings settings,
      Session session,
      Placement placement,
      Consumer<CudaException> onFault,
      Runnable onClose) {
    this.settings = settings;
    this.session = session;
    this.onFault = onFault;
    this.onClose = onClose;
    Parameters shape = new Parameters(settings.network());
    formula = Formula.of(settings);
    int rows = Math.max(ROWS_TO_LOOK_AT, settings.batchSize());
    network = new NetworkMemory(session, shape, formula, rows);
    Description description = new Description(settings, shape, formula, network, Kind.TRAIN);
    conveyor = new Conveyor(fleet, session, placement, description, settings.batchSize());
    look = new Look(fleet, session, description, rows);
  }

  /** Plans have neither of these, see PlanCheck. */
  private static void checkKnown(EngineSettings settings) {
    int last = settings.network().layers().size() - 1;
    for (int l = 0; l <= last; l++) {
      boolean softmax = settings.network().layers().get(l).activation() == Activation.SOFTMAX;
      boolean drops = settings.network().layers().get(l).dropout() > 0;
      if ((softmax && l < last) || (drops && l == last)) {
        throw new IllegalArgumentException(
            "The engine cuda trains softmax in the output layer and dropout in the others; the network is "
                + settings.network()
                + ". Choose the engine reference.");
      }
    }
  }

  /** Does it with the card current; faults are told. */
  private void onCard(Runnable work) {
    try {
      session.alone(work);
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        onFault.accept(e);
      }
      throw e;
    }
  }

  @Override
  public boolean alters() {
    return AlteredImages.canChange(settings.network().inputs(), session.card());
  }

  @Override
  public void load(Parameters from) {
    onCard(
        () -> {
          conveyor.flush();
          session.await();
          conveyor.clear();
          network.load(from);
          steps = 0;
        });
  }

  @Override
  public StepResult step(Batch batch, float rate) {
    StepResult[] last = new StepResult[1];
    begin(batch, rate, result -> last[0] = result);
    finish(result -> last[0] = result);
    return last[0];
  }

  @Override
  public void begin(Batch batch, float rate, Results results) {
    settings.checkFit(batch);
    steps++;
    How how =
        new How(steps, formula.rate(rate, steps), formula.correction(steps), formula.keep(rate), 0);
    if (!conveyor.offer(batch, how)) {
      onCard(
          () -> {
            makeRoom(batch.rows());
            conveyor.add(batch, how, done::add);
          });
      tell(results);
    }
  }

  /** Nobody else has to wait while somebody listens. */
  private void tell(Results results) {
    done.forEach(results::accept);
    done.clear();
  }

  /** Sees to it that there is room for batches that are larger than was announced. */
  private void makeRoom(int rows) {
    if (rows > network.rows()) {
      conveyor.flush();
      session.await();
      network.growTo(rows);
      look.growTo(rows);
    }
  }

  @Override
  public void finish(Results results) {
    onCard(() -> conveyor.finish(done::add));
    tell(results);
  }

  @Override
  public void gradients(Batch batch, Parameters into) {
    settings.checkFit(batch);
    onCard(
        () -> {
          conveyor.flush();
          makeRoom(batch.rows());
          look.differentiate(batch);
          network.saveGradient(into);
        });
  }

  /** In pieces of so many rows as there is memory for. */
  @Override
  public StepResult predict(Batch batch, float[] into) {
    settings.checkFit(batch);
    StepResult[] result = new StepResult[1];
    onCard(
        () -> {
          conveyor.flush();
          result[0] = look.predict(batch, network.rows(), into);
        });
    return result[0];
  }

  @Override
  public void save(Parameters into) {
    onCard(
        () -> {
          conveyor.flush();
          network.save(into);
        });
  }

  @Override
  public void save(TrainingState into) {
    onCard(
        () -> {
          conveyor.flush();
          network.save(into.parameters());
          network.saveSlots(into.slots());
          into.complete(steps);
        });
  }

  @Override
  public void resume(TrainingState from) {
    load(from.parameters());
    if (from.isComplete()) {
      onCard(
          () -> {
            network.loadSlots(from.slots());
            steps = from.steps();
          });
    }
  }

  @Override
  public void close() {
    session.close(
        () -> {
          conveyor.clear();
          look.clear();
        });
    onClose.run();
  }
}
