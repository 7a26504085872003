package digitlab.engine.cuda;

import digitlab.engine.cuda.Description.Kind;
import digitlab.engine.cuda.Group.How;
import digitlab.engine.cuda.Launcher.Way;
import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.net.TrainingState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains on the card, a group of steps in each launch. While the card works on one group the next
 * one is gathered; a single step is waited for only by {@link #step}.
 */
final class CudaEngine implements Engine {
  private static final int ROWS_TO_LOOK_AT = 1024;
  private static final long LONGEST_GATHERING = 20_000_000; // nanoseconds

  private final EngineSettings settings;
  private final Placement placement;
  private final Consumer<CudaException> onFault;
  private final Runnable onClose;
  private final Session session;
  private final Launcher launcher;
  private final Pace pace;
  private final Parameters shape;
  private final Formula formula;
  private final NetworkMemory network;
  private final ImageMemory images;
  private final Description description;
  private final Way grid;
  private final Deque<Group> idle = new ArrayDeque<>();
  private final Deque<Group> running = new ArrayDeque<>(); // the oldest first
  private Way way; // of training
  private Group look;
  private @Nullable Group gathering;
  private @Nullable DeviceMemory outputs;
  private long gatheringSince; // nanoseconds
  private long lastOver;
  private long steps;

  /** An engine that has the card's session for itself, and closes it. */
  static CudaEngine alone(
      EngineSettings settings,
      Session session,
      Placement placement,
      Consumer<CudaException> onFault) {
    try {
      return new CudaEngine(
          settings,
          session,
          new ImageMemory(session, settings.network().inputs()),
          Launcher.AT_ONCE,
          new Pace(),
          placement,
          onFault,
          session::close);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * @param onFault is told when the card can't be used any more
   * @param onClose what is to be done when the engine is closed
   * @throws CudaException if there is not enough memory on the card, or something is wrong with it
   */
  CudaEngine(
      EngineSettings settings,
      Session session,
      ImageMemory images,
      Launcher launcher,
      Pace pace,
      Placement placement,
      Consumer<CudaException> onFault,
      Runnable onClose) {
    checkKnown(settings);
    this.onClose = onClose;
    this.settings = settings;
    this.session = session;
    this.images = images;
    this.launcher = launcher;
    this.pace = pace;
    this.placement = placement;
    this.onFault = onFault;
    shape = new Parameters(settings.network());
    formula = Formula.of(settings);
    int rows = Math.max(ROWS_TO_LOOK_AT, settings.batchSize());
    network = new NetworkMemory(session, shape, formula, rows);
    description = new Description(settings, shape, formula, network, images, Kind.TRAIN);
    grid = new Way(rows, null, Kernels.grid(session), Kernels.gridBlocks(session.card()));
    way = wayFor(settings.batchSize());
    look = new Group(session, images, rows);
    idle.add(new Group(session, images, settings.batchSize()));
    idle.add(new Group(session, images, settings.batchSize()));
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

  private Way wayFor(int rows) {
    Room room =
        placement.room(
            shape, formula.slots(), rows, images.stride(), session.card().sharedMemory());
    return room == null ? grid : new Way(rows, room, Kernels.resident(session, room), 1);
  }

  /** Does it with the card current; faults are told. */
  private void onCard(Runnable work) {
    try {
      session.use();
      work.run();
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        onFault.accept(e);
      }
      throw e;
    }
  }

  @Override
  public void load(Parameters from) {
    onCard(
        () -> {
          launcher.flush();
          session.await();
          running.forEach(this::rest);
          running.clear();
          if (gathering != null) {
            rest(gathering);
            gathering = null;
          }
          network.load(from);
          steps = 0;
        });
  }

  private void rest(Group group) {
    group.clear();
    idle.add(group);
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
    onCard(
        () -> {
          prepareFor(batch.rows());
          Group group = gathering(batch, results);
          steps++;
          group.add(
              batch,
              0,
              batch.rows(),
              new How(
                  steps,
                  formula.rate(rate, steps),
                  formula.correction(steps),
                  formula.keep(rate),
                  0));
          if (group.steps() >= pace.steps() || session.now() - gatheringSince > LONGEST_GATHERING) {
            launch();
          }
        });
  }

  /** Sees to it that there is room for batches that are larger than was announced. */
  private void prepareFor(int rows) {
    if (rows > network.rows()) {
      flush();
      session.await();
      network.growTo(rows);
      look.close();
      look = new Group(session, images, rows);
    }
    if (rows > way.rows()) {
      flush();
      way = wayFor(rows);
    }
  }

  /**
   * The group that has room for this batch; may wait for one, and then tells what came of its
   * steps.
   */
  private Group gathering(Batch batch, Results results) {
    if (gathering != null && !gathering.hasRoom(batch, batch.rows())) {
      launch();
    }
    if (gathering == null) {
      if (idle.isEmpty()) {
        collect(results);
      }
      Group group = idle.remove();
      if (!group.canHold(batch.rows())) {
        group.close();
        group = new Group(session, images, batch.rows());
      }
      gathering = group;
      gatheringSince = session.now();
    }
    return gathering;
  }

  /** Launches what was gathered. */
  private void launch() {
    Group group = gathering;
    if (group != null) {
      gathering = null;
      running.add(group);
      launcher.launch(group, description, way);
    }
  }

  /** Sees to it that all steps that were taken on are under way. */
  private void flush() {
    launch();
    launcher.flush();
  }

  /** Waits for the oldest launch and tells what came of its steps. */
  private void collect(Results results) {
    launcher.flush();
    Group group = running.remove();
    group.await();
    long now = session.now();
    pace.took(group.steps(), now - Math.max(lastOver, group.launchedAt()));
    lastOver = now;
    for (int step = 0; step < group.steps(); step++) {
      results.accept(group.result(step));
    }
    rest(group);
  }

  @Override
  public void finish(Results results) {
    onCard(
        () -> {
          flush();
          while (!running.isEmpty()) {
            collect(results);
          }
        });
  }

  @Override
  public void gradients(Batch batch, Parameters into) {
    settings.checkFit(batch);
    onCard(
        () -> {
          flush();
          prepareFor(batch.rows());
          look.add(batch, 0, batch.rows(), How.look(0));
          look(Kind.DIFFERENTIATE);
          look.clear();
          network.saveGradient(into);
        });
  }

  private void look(Kind kind) {
    Launcher.AT_ONCE.launch(look, description.with(kind), grid);
    look.await();
  }

  /** In pieces of so many rows as there is memory for. */
  @Override
  public StepResult predict(Batch batch, float[] into) {
    settings.checkFit(batch);
    Tally tally = new Tally();
    onCard(
        () -> {
          flush();
          int classes = settings.network().outputs();
          DeviceMemory outputs = outputs((long) batch.rows() * classes * Float.BYTES);
          int piece = network.rows();
          for (int from = 0; from < batch.rows(); from += piece) {
            int rows = Math.min(piece, batch.rows() - from);
            if (!look.hasRoom(batch, rows)) {
              tally.count(look);
            }
            look.add(
                batch,
                from,
                rows,
                How.look(outputs.address() + (long) from * classes * Float.BYTES));
          }
          tally.count(look);
          read(outputs, into, batch.rows() * classes);
        });
    return new StepResult((float) (tally.loss / batch.rows()), tally.correct);
  }

  /** What predictions came to. */
  private final class Tally {
    private double loss; // the sum
    private int correct;

    void count(Group group) {
      look(Kind.PREDICT);
      for (int step = 0; step < group.steps(); step++) {
        loss += (double) group.result(step).loss() * group.rows(step);
        correct += group.result(step).correct();
      }
      group.clear();
    }
  }

  private DeviceMemory outputs(long bytes) {
    DeviceMemory there = outputs;
    if (there == null || there.bytes() < bytes) {
      if (there != null) {
        there.close();
      }
      there = session.allocate(bytes);
      outputs = there;
    }
    return there;
  }

  private void read(DeviceMemory from, float[] into, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_FLOAT, count);
      from.read(0, numbers);
      session.await();
      MemorySegment.copy(numbers, ValueLayout.JAVA_FLOAT, 0, into, 0, count);
    }
  }

  @Override
  public void save(Parameters into) {
    onCard(
        () -> {
          flush();
          network.save(into);
        });
  }

  @Override
  public void save(TrainingState into) {
    onCard(
        () -> {
          flush();
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
    onClose.run();
  }
}
