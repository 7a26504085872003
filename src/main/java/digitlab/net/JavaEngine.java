package digitlab.net;

import java.util.Arrays;

/** Training in Java, on the JVM and in the browser. How fast depends on its {@link Kernels}. */
public final class JavaEngine implements Engine {
  private final EngineSettings settings;
  private final Parameters parameters;
  private final Backprop backprop;
  private final float[] gradient;
  private final float[][] slots; // what the optimiser remembers
  private Workspace workspace;
  private float[] x; // (rows, inputs): the pixels of the batch that is looked at
  private long steps;

  public JavaEngine(EngineSettings settings, Kernels kernels) {
    this.settings = settings;
    parameters = new Parameters(settings.network());
    backprop = new Backprop(parameters, settings.loss(), kernels);
    gradient = new float[parameters.values().length];
    slots = new float[settings.optimizer().slots()][parameters.values().length];
    workspace = new Workspace(settings.network(), settings.batchSize());
    x = new float[settings.batchSize() * settings.network().inputs()];
  }

  @Override
  public void load(Parameters from) {
    parameters.copyFrom(from);
    steps = 0;
    for (float[] slot : slots) {
      Arrays.fill(slot, 0);
    }
  }

  @Override
  public StepResult step(Batch batch, float rate) {
    steps++;
    DropoutMask mask = DropoutMask.of(settings.seed(), steps);
    StepResult result = forward(batch, mask);
    backprop.backward(batch, x, mask, workspace, gradient);
    float l2 = (float) settings.l2();
    for (int l = 0; l < parameters.layerCount(); l++) {
      DenseLayer layer = parameters.layer(l);
      update(new Optimizer.Pass(layer.weightsAt(), layer.biasesAt(), rate, l2, steps));
      update(new Optimizer.Pass(layer.biasesAt(), layer.end(), rate, 0, steps));
    }
    return result;
  }

  private void update(Optimizer.Pass pass) {
    settings.optimizer().update(parameters.values(), gradient, slots, pass);
  }

  private StepResult forward(Batch batch, DropoutMask mask) {
    settings.checkFit(batch);
    if (batch.rows() > workspace.rows()) { // more than were announced
      workspace = new Workspace(settings.network(), batch.rows());
      x = new float[batch.rows() * settings.network().inputs()];
    }
    batch.copyPixels(x);
    backprop.forward(x, batch.rows(), mask, workspace);
    return backprop.judge(batch, workspace);
  }

  @Override
  public void gradients(Batch batch, Parameters into) {
    StepResult _ = forward(batch, DropoutMask.NONE);
    backprop.backward(batch, x, DropoutMask.NONE, workspace, into.values());
  }

  @Override
  public StepResult predict(Batch batch, float[] outputs) {
    StepResult result = forward(batch, DropoutMask.NONE);
    System.arraycopy(
        workspace.y(parameters.layerCount() - 1),
        0,
        outputs,
        0,
        batch.rows() * settings.network().outputs());
    return result;
  }

  @Override
  public void save(Parameters into) {
    into.copyFrom(parameters);
  }

  @Override
  public void save(TrainingState into) {
    save(into.parameters());
    for (int i = 0; i < slots.length; i++) {
      System.arraycopy(slots[i], 0, into.slots()[i], 0, slots[i].length);
    }
    into.complete(steps);
  }

  @Override
  public void resume(TrainingState from) {
    load(from.parameters());
    if (from.isComplete()) {
      for (int i = 0; i < slots.length; i++) {
        System.arraycopy(from.slots()[i], 0, slots[i], 0, slots[i].length);
      }
      steps = from.steps();
    }
  }

  @Override
  public void close() {}
}
