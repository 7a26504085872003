package digitlab.engine.pytorch;

import digitlab.math.Rng;
import digitlab.net.DenseLayer;
import digitlab.net.DropoutMask;
import digitlab.net.Parameters;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The layers as tensors. Weights are (in, out) as in {@link Parameters}, so that y = x·W + b is one
 * call of {@code addmm}, without the two views of a transposed matrix that nn.Linear makes.
 */
final class TorchNetwork implements AutoCloseable {
  private final Parameters shape;
  private final Device device;
  private final Tensor[] weights; // per layer (in, out)
  private final Tensor[] biases; // per layer (out)

  TorchNetwork(Parameters shape, Device device) {
    this.shape = shape;
    this.device = device;
    weights = new Tensor[shape.layerCount()];
    biases = new Tensor[shape.layerCount()];
    for (int l = 0; l < weights.length; l++) {
      DenseLayer layer = shape.layer(l);
      weights[l] = Tensors.zeros(device, layer.in(), layer.out());
      biases[l] = Tensors.zeros(device, layer.out());
      weights[l].set_requires_grad(true);
      biases[l].set_requires_grad(true);
    }
  }

  /** All weights; the caller closes the list. */
  TensorVector weights() {
    return new TensorVector(weights);
  }

  /** All biases; the caller closes the list. */
  TensorVector biases() {
    return new TensorVector(biases);
  }

  void load(Parameters from) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (int l = 0; l < weights.length; l++) {
        DenseLayer layer = shape.layer(l);
        write(from.values(), layer.weightsAt(), weights[l]);
        write(from.values(), layer.biasesAt(), biases[l]);
      }
    }
  }

  private static void write(float[] from, int at, Tensor to) {
    FloatPointer memory = new FloatPointer(to.numel()).put(from, at, (int) to.numel());
    to.view(-1).copy_(torch.from_blob(memory, to.numel()));
  }

  void save(Parameters into) {
    try (PointerScope _ = new PointerScope()) {
      for (int l = 0; l < weights.length; l++) {
        DenseLayer layer = shape.layer(l);
        Tensors.read(weights[l], into.values(), layer.weightsAt());
        Tensors.read(biases[l], into.values(), layer.biasesAt());
      }
    }
  }

  void saveGradients(Parameters into) {
    try (PointerScope _ = new PointerScope()) {
      for (int l = 0; l < weights.length; l++) {
        DenseLayer layer = shape.layer(l);
        Tensors.read(weights[l].grad(), into.values(), layer.weightsAt());
        Tensors.read(biases[l].grad(), into.values(), layer.biasesAt());
      }
    }
  }

  /** Weighted sums of the output layer, (rows, outputs), for x (rows, inputs). */
  Tensor forward(Tensor x, DropoutMask mask) {
    int last = weights.length - 1;
    for (int l = 0; l < last; l++) {
      x = activate(shape.layer(l), torch.addmm(biases[l], x, weights[l]));
      if (shape.layer(l).dropout() > 0 && mask != DropoutMask.NONE) {
        x = x.mul(factors(mask, l, x));
      }
    }
    return torch.addmm(biases[last], x, weights[last]);
  }

  /** What each output is multiplied with: 0 or 1/(1 − dropout), like y (rows, out). */
  private Tensor factors(DropoutMask mask, int index, Tensor y) {
    float probability = (float) shape.layer(index).dropout();
    float stays = 1 / (1 - probability);
    long key = mask.layerKey(index);
    float[] factors = new float[(int) y.numel()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = Rng.floatAt(key, i) < probability ? 0 : stays;
    }
    return torch
        .from_blob(new FloatPointer(factors), y.size(0), y.size(1))
        .to(device, ScalarType.Float);
  }

  /** The outputs of the last layer for its weighted sums. */
  Tensor activateOutputs(Tensor z) {
    return activate(shape.layer(weights.length - 1), z);
  }

  private static Tensor activate(DenseLayer layer, Tensor z) {
    return switch (layer.activation()) {
      case IDENTITY -> z;
      case SIGMOID -> torch.sigmoid(z);
      case TANH -> z.tanh();
      case RELU -> torch.relu(z);
      case LEAKY_RELU -> torch.leaky_relu(z); // 0.01, like ours
      case ELU -> torch.elu(z);
      case GELU -> torch.gelu(z);
      case SOFTMAX -> torch.softmax(z, 1);
    };
  }

  @Override
  public void close() {
    for (int l = 0; l < weights.length; l++) {
      weights[l].close();
      biases[l].close();
    }
  }
}
