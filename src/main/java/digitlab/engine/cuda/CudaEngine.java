package digitlab.engine.cuda;

import digitlab.engine.cuda.Description.Kind;
import digitlab.engine.cuda.Group.How;
import digitlab.engine.cuda.Session.DeviceMemory;
import digitlab.engine.cuda.Session.Kernel;
import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
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
  private final Session session;
  private final Parameters shape;
  private final Formula formula;
  private final NetworkMemory network;
  private final ImageMemory images;
  private final Description description;
  private final Kernel grid;
  private final Deque<Group> idle = new ArrayDeque<>();
  private final Deque<Group> running = new ArrayDeque<>(); // the oldest first
  private final Pace pace = new Pace();
  private Trainer trainer;
  private Group look;
  private @Nullable Group gathering;
  private @Nullable DeviceMemory outputs;
  private long gatheringSince; // nanoseconds
  private long lastOver;
  private long steps;

  /** The kernel that trains batches of up to {@code rows} images, and where it has its numbers. */
  private record Trainer(int rows, @Nullable Room room, Kernel kernel, int blocks) {}

  /**
   * @param onFault is told when the card can't be used any more
   * @throws CudaException if there is not enough memory on the card, or something is wrong with it
   */
  CudaEngine(
      EngineSettings settings,
      Driver driver,
      Card card,
      Placement placement,
      Consumer<CudaException> onFault) {
    checkKnown(settings);
    this.settings = settings;
    this.placement = placement;
    this.onFault = onFault;
    shape = new Parameters(settings.network());
    formula = Formula.of(settings);
    session = new Session(driver, card);
    try {
      int rows = Math.max(ROWS_TO_LOOK_AT, settings.batchSize());
      network = new NetworkMemory(session, shape, formula, rows);
      images = new ImageMemory(session, settings.network().inputs());
      description = new Description(settings, shape, formula, network, images);
      grid = Kernels.grid(session);
      trainer = trainerFor(settings.batchSize());
      look = new Group(session, images, rows);
      idle.add(new Group(session, images, settings.batchSize()));
      idle.add(new Group(session, images, settings.batchSize()));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
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

  private Trainer trainerFor(int rows) {
    Room room =
        placement.room(
            shape, formula.slots(), rows, images.stride(), session.card().sharedMemory());
    return room == null
        ? new Trainer(rows, null, grid, Kernels.gridBlocks(session.card()))
        : new Trainer(rows, room, Kernels.resident(session, room), 1);
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
          if (group.steps() >= pace.steps()
              || System.nanoTime() - gatheringSince > LONGEST_GATHERING) {
            launch();
          }
        });
  }

  /** Sees to it that there is room for batches that are larger than was announced. */
  private void prepareFor(int rows) {
    if (rows > network.rows()) {
      launch();
      session.await();
      network.growTo(rows);
      look.close();
      look = new Group(session, images, rows);
    }
    if (rows > trainer.rows()) {
      launch();
      trainer = trainerFor(rows);
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
      gatheringSince = System.nanoTime();
    }
    return gathering;
  }

  /** Launches what was gathered. */
  private void launch() {
    Group group = gathering;
    if (group != null) {
      gathering = null;
      running.add(group);
      group.launch(description.job(Kind.TRAIN, trainer.room), trainer.kernel, trainer.blocks);
    }
  }

  /** Waits for the oldest launch and tells what came of its steps. */
  private void collect(Results results) {
    Group group = running.remove();
    group.await();
    long now = System.nanoTime();
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
          launch();
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
          launch();
          prepareFor(batch.rows());
          look.add(batch, 0, batch.rows(), How.look(0));
          look(Kind.DIFFERENTIATE);
          look.clear();
          network.saveGradient(into);
        });
  }

  private void look(Kind kind) {
    look.launch(description.job(kind, null), grid, Kernels.gridBlocks(session.card()));
    look.await();
  }

  /** In pieces of so many rows as there is memory for. */
  @Override
  public StepResult predict(Batch batch, float[] into) {
    settings.checkFit(batch);
    Tally tally = new Tally();
    onCard(
        () -> {
          launch();
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
          launch();
          network.save(into);
        });
  }

  /** Waits for what is under way and gives all memory back, also after a fault. */
  @Override
  public void close() {
    session.close();
  }
}
