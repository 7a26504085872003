package digitlab.engine.cpu;

import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.DenseLayer;
import digitlab.net.DropoutMask;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Images;
import digitlab.net.Loss;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.net.TrainingState;
import java.util.Arrays;

/**
 * Training on the vector units of the CPU. A step returns when the caller's thread has done its
 * share; the others may lag behind by less than a step.
 */
final class CpuEngine implements Engine {
  /** Larger batches are worked on in pieces of so many images, so that memory stays bounded. */
  private static final int MOST_ROWS = 1024;

  /** Evaluation comes in batches of this size, whatever the training's. */
  private static final int LEAST_ROWS = 256;

  private static final int TASKS = 2; // one that others may still read, and the next

  private final EngineSettings settings;
  private final Parameters shape;
  private final Cut cut;
  private final Team team;
  private final Member[] members;
  private final Task[] tasks = new Task[TASKS];
  private final float[] parameters;
  private final float[] gradient;
  private final float[][] slots;
  private final NonZeroPixels lasting = new NonZeroPixels();
  private Images lastingOf = Images.of(1, new byte[0], new byte[0]);
  private long steps;
  private int taken;

  CpuEngine(EngineSettings settings, int mostThreads) {
    this.settings = settings;
    shape = new Parameters(settings.network());
    cut = Cut.of(settings.network());
    int threads = cut.threads(mostThreads);
    int rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, settings.batchSize()));
    rows = (rows + WideInput.QUAD - 1) / WideInput.QUAD * WideInput.QUAD;
    Memory trainable = new Memory();
    Memory scratch = new Memory();
    Layer[][] layers = new Layer[threads][];
    int[] inputsAt = new int[threads];
    for (int member = 0; member < threads; member++) {
      layers[member] = layers(member, layers[0], rows, trainable, scratch);
      inputsAt[member] =
          cut.narrow() ? 0 : scratch.take(WideInput.size(settings.network().inputs(), rows));
    }
    long sums = (long) cut.parts() * rows * layers[0][cut.summedLayer()].stride();
    int[] partsAt = {scratch.take(sums), scratch.take(sums)};
    parameters = trainable.allocate();
    gradient = trainable.allocate();
    slots = new float[settings.optimizer().slots()][];
    Arrays.setAll(slots, i -> trainable.allocate());
    float[] memory = scratch.allocate();
    team = new Team(threads);
    Member.Shared shared =
        new Member.Shared(team, settings, cut, rows, parameters, gradient, slots, memory, partsAt);
    members = new Member[threads];
    Arrays.setAll(members, i -> new Member(i, shared, layers[i], inputsAt[i]));
    Arrays.setAll(tasks, i -> new Task());
  }

  /** The layers of one member; {@code first} are those of member 0, whose cut weights it shares. */
  private Layer[] layers(int member, Layer[] first, int rows, Memory trainable, Memory scratch) {
    Layer[] layers = new Layer[shape.layerCount()];
    for (int l = 0; l < layers.length; l++) {
      DenseLayer dense = shape.layer(l);
      Panels panels = Panels.of(dense.in(), dense.out());
      boolean sharesWeights = member > 0 && l <= cut.summedLayer();
      boolean sharesBiases = sharesWeights && !cut.narrow() && l == 0;
      Panels back = Panels.of(dense.out(), dense.in());
      int stride = stride(panels.paddedColumns());
      long block = (long) rows * stride;
      int zAt = scratch.take(block);
      boolean keepsZ =
          dense.activation() == Activation.GELU
              || dense.activation() == Activation.SOFTMAX
              || (l == layers.length - 1 && settings.loss() == Loss.BINARY_CROSS_ENTROPY);
      int yAt = keepsZ ? scratch.take(block) : zAt;
      boolean drops = dense.dropout() > 0;
      layers[l] =
          new Layer(
              dense,
              panels,
              sharesWeights ? first[l].weightsAt() : trainable.take(panels.size()),
              sharesBiases ? first[l].biasesAt() : trainable.take(panels.paddedColumns()),
              back,
              l == 0 ? -1 : sharesWeights ? first[l].backAt() : scratch.take(back.size()),
              zAt,
              yAt,
              drops ? scratch.take(block) : yAt,
              drops ? scratch.take(block) : -1,
              scratch.take(block),
              stride);
    }
    return layers;
  }

  /** Rows whose distance is a multiple of 1 KB would fall on each other in the cache. */
  private static int stride(int width) {
    return width % 256 == 0 ? width + Vectors.LANES : width;
  }

  @Override
  public void load(Parameters from) {
    finish();
    steps = 0;
    for (float[] slot : slots) {
      Arrays.fill(slot, 0);
    }
    Arrays.fill(parameters, 0);
    shape.copyFrom(from);
    pack(shape.values(), parameters);
    for (Member member : members) {
      member.transpose();
    }
  }

  @Override
  public void save(TrainingState into) {
    save(into.parameters());
    for (int i = 0; i < slots.length; i++) {
      unpack(slots[i], into.slots()[i]);
    }
    into.complete(steps);
  }

  @Override
  public void resume(TrainingState from) {
    load(from.parameters());
    if (from.isComplete()) {
      for (int i = 0; i < slots.length; i++) {
        pack(from.slots()[i], slots[i]);
      }
      steps = from.steps();
    }
  }

  @Override
  public void save(Parameters into) {
    finish();
    unpack(parameters, shape.values());
    into.copyFrom(shape);
  }

  /** From the order of {@link Parameters} into the panels of all members. */
  private void pack(float[] from, float[] to) {
    for (Member member : members) {
      Layer[] layers = member.layers();
      for (int l = 0; l < layers.length; l++) {
        DenseLayer dense = shape.layer(l);
        layers[l].panels().pack(from, dense.weightsAt(), to, layers[l].weightsAt());
        System.arraycopy(from, dense.biasesAt(), to, layers[l].biasesAt(), dense.out());
      }
    }
  }

  /** From the panels of the first member, which are those of all, into the order of parameters. */
  private void unpack(float[] from, float[] to) {
    Layer[] layers = members[0].layers();
    for (int l = 0; l < layers.length; l++) {
      DenseLayer dense = shape.layer(l);
      layers[l].panels().unpack(from, layers[l].weightsAt(), to, dense.weightsAt());
      System.arraycopy(from, layers[l].biasesAt(), to, dense.biasesAt(), dense.out());
    }
  }

  /** Waits until all members are done with what they were given. */
  private void finish() {
    team.run(team::meet);
  }

  @Override
  public StepResult step(Batch batch, float rate) {
    Task task = take(batch, Task.Kind.STEP);
    steps++;
    task.step = steps;
    task.rate = rate;
    task.mask = DropoutMask.of(settings.seed(), steps);
    return run(task);
  }

  @Override
  public void gradients(Batch batch, Parameters into) {
    var _ = run(take(batch, Task.Kind.GRADIENT));
    finish();
    unpack(gradient, into.values());
  }

  @Override
  public StepResult predict(Batch batch, float[] outputs) {
    Task task = take(batch, Task.Kind.PREDICT);
    task.outputs = outputs;
    return run(task);
  }

  private Task take(Batch batch, Task.Kind kind) {
    settings.checkFit(batch);
    Images images = batch.images();
    if (cut.narrow() && images.areLasting() && images != lastingOf) {
      finish(); // somebody may still read the old lists
      lasting.read(images, images.size());
      lastingOf = images;
    }
    Task task = tasks[taken++ % TASKS];
    task.kind = kind;
    task.mask = DropoutMask.NONE;
    task.take(batch, cut.narrow(), lasting);
    return task;
  }

  private StepResult run(Task task) {
    team.run(member -> members[member].run(task));
    return new StepResult((float) task.loss, task.correct);
  }

  @Override
  public void close() {
    team.close();
  }
}
