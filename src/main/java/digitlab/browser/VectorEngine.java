package digitlab.browser;

import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Judge;
import digitlab.net.LayerSpec;
import digitlab.net.Optimizer;
import digitlab.net.Parameters;
import digitlab.net.StepResult;

/**
 * Training with WebAssembly's vector instructions: parameters, gradients and what the optimiser
 * remembers lie in linear memory. Adds in the order of {@link digitlab.net.JavaEngine}, so that
 * both give the same bits.
 */
final class VectorEngine implements Engine {
  private static final int VECTOR = 16; // bytes, or pixels that are read at once

  private final EngineSettings settings;
  private final Parameters parameters; // tells where numbers belong, and carries them
  private final VectorLayer[] layers;
  private final LinearMemory memory = new LinearMemory();
  private final int weights;
  private final int gradient;
  private final int[] slots; // what the optimiser remembers
  private final int transposed;
  private final VectorImages images;
  private VectorBatch numbers;
  private long steps;

  /** Whether it can do what these settings say: all but dropout and images of odd sizes. */
  static boolean canTrain(EngineSettings settings) {
    for (LayerSpec layer : settings.network().layers()) {
      if (layer.dropout() > 0) {
        return false;
      }
    }
    return settings.network().inputs() % VECTOR == 0;
  }

  VectorEngine(EngineSettings settings) {
    this.settings = settings;
    parameters = new Parameters(settings.network());
    layers = VectorLayer.of(parameters);
    int bytes = layers[layers.length - 1].end();
    weights = memory.take(bytes);
    gradient = memory.take(bytes);
    slots = new int[settings.optimizer().slots()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = memory.take(bytes);
    }
    int largest = VECTOR;
    for (int l = 1; l < layers.length; l++) {
      largest = Math.max(largest, layers[l].biasesAt() - layers[l].weightsAt());
    }
    transposed = memory.take(largest);
    images = new VectorImages(settings.network().inputs());
    numbers = new VectorBatch(layers, images, settings.batchSize());
  }

  @Override
  public void load(Parameters from) {
    parameters.copyFrom(from);
    for (VectorLayer layer : layers) {
      layer.write(parameters.values(), weights);
    }
    for (int slot : slots) {
      VectorInstructions.clear(slot, layers[layers.length - 1].end());
    }
    steps = 0;
  }

  @Override
  public StepResult step(Batch batch, float rate) {
    steps++;
    StepResult result = forward(batch);
    backward(batch);
    float l2 = (float) settings.l2();
    for (VectorLayer layer : layers) {
      update(new Optimizer.Pass(layer.weightsAt(), layer.biasesAt(), rate, l2, steps));
      update(new Optimizer.Pass(layer.biasesAt(), layer.end(), rate, 0, steps));
    }
    return result;
  }

  private StepResult forward(Batch batch) {
    settings.checkFit(batch);
    if (batch.rows() > numbers.capacity()) { // more than were announced
      numbers.close();
      numbers = new VectorBatch(layers, images, batch.rows());
    }
    numbers.put(batch);
    numbers.forward(weights);
    return Judge.result(
        batch, settings.loss(), settings.network().outputs(), numbers.sums(), numbers.outputs());
  }

  private void backward(Batch batch) {
    Judge.delta(batch, settings.network().outputs(), numbers.outputs(), numbers.outputDelta());
    numbers.backward(settings.loss().isJoined(), weights, transposed, gradient);
  }

  /** Changes the part of the weights between two offsets in bytes. */
  private void update(Optimizer.Pass pass) {
    int w = weights + pass.from();
    int end = weights + pass.to();
    int g = gradient + pass.from();
    int first = slots.length > 0 ? slots[0] + pass.from() : 0;
    int second = slots.length > 1 ? slots[1] + pass.from() : 0;
    float rate = pass.rate();
    float l2 = pass.l2();
    switch (settings.optimizer()) {
      case Optimizer.Sgd() -> VectorInstructions.sgd(w, end, g, rate, l2);
      case Optimizer.Momentum(double mu) ->
          VectorInstructions.momentum(w, end, g, first, rate, l2, (float) mu);
      case Optimizer.Nesterov(double mu) ->
          VectorInstructions.nesterov(w, end, g, first, rate, l2, (float) mu);
      case Optimizer.RmsProp(double decay) ->
          VectorInstructions.rmsProp(
              w, end, g, first, rate, l2, (float) decay, (float) (1 - decay), Optimizer.EPSILON);
      case Optimizer.Adam adam ->
          adam(w, end, g, first, second, adam.beta1(), adam.beta2(), l2, pass);
      case Optimizer.AdamW adam -> {
        VectorInstructions.shrink(w, end, 1 - rate * l2);
        adam(w, end, g, first, second, adam.beta1(), adam.beta2(), 0, pass);
      }
    }
  }

  private static void adam(
      int w,
      int end,
      int g,
      int m,
      int v,
      double beta1,
      double beta2,
      float l2,
      Optimizer.Pass pass) {
    Optimizer.Correction correction = Optimizer.Correction.of(beta1, beta2, pass);
    VectorInstructions.adam(
        w,
        end,
        g,
        m,
        v,
        correction.rate(),
        l2,
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        correction.size(),
        Optimizer.EPSILON);
  }

  @Override
  public void gradients(Batch batch, Parameters into) {
    StepResult _ = forward(batch);
    backward(batch);
    for (VectorLayer layer : layers) {
      layer.read(gradient, into.values());
    }
  }

  @Override
  public StepResult predict(Batch batch, float[] outputs) {
    StepResult result = forward(batch);
    System.arraycopy(numbers.outputs(), 0, outputs, 0, batch.rows() * settings.network().outputs());
    return result;
  }

  @Override
  public void save(Parameters into) {
    for (VectorLayer layer : layers) {
      layer.read(weights, parameters.values());
    }
    into.copyFrom(parameters);
  }

  @Override
  public void close() {
    numbers.close();
    images.close();
    memory.close();
  }
}
