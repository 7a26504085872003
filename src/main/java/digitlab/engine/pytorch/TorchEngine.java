package digitlab.engine.pytorch;

import digitlab.net.Batch;
import digitlab.net.DropoutMask;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Images;
import digitlab.net.Loss;
import digitlab.net.Network;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains as a user of PyTorch would who wants it fast: the images in one tensor, a batch by {@code
 * index_select}, autograd, PyTorch's optimiser. What a step reports beside that costs little: the
 * loss is read as everybody reads it who logs it, and the hits are counted here, from outputs that
 * lie in memory already, instead of by three more operations of PyTorch.
 */
final class TorchEngine implements Engine {
  /** Training and test images; others of earlier batches are let go. */
  private static final int KEPT_SETS = 2;

  private final EngineSettings settings;
  private final Device device;
  private final int classes;
  private final TorchNetwork network;
  private final SequencedMap<Images, TorchImages> sets = new LinkedHashMap<>();
  private final BoolOptional noGraph = new BoolOptional(false);
  private final TensorArrayRefOptional allInputs = new TensorArrayRefOptional();
  private final Tensor lossScale; // turns PyTorch's mean over all outputs into ours
  private final float lossFactor;
  private TorchOptimizer optimizer;
  private TorchNumbers numbers;
  private float[] outputs = new float[0];
  private long steps;

  TorchEngine(EngineSettings settings, Device device) {
    this.settings = settings;
    this.device = device;
    classes = settings.network().outputs();
    network = new TorchNetwork(new Parameters(settings.network()), device);
    optimizer = new TorchOptimizer(settings.optimizer(), settings.l2(), network);
    numbers = new TorchNumbers(settings.batchSize());
    lossFactor =
        switch (settings.loss()) {
          case MSE -> classes / 2f;
          case CROSS_ENTROPY -> 1;
          case BINARY_CROSS_ENTROPY -> classes;
        };
    try (PointerScope _ = new PointerScope()) {
      lossScale =
          torch
              .full(new long[0], new Scalar(lossFactor), new TensorOptions(ScalarType.Float))
              .to(device, ScalarType.Float)
              .retainReference();
    }
  }

  @Override
  public void load(Parameters parameters) {
    network.load(parameters);
    optimizer.close();
    optimizer = new TorchOptimizer(settings.optimizer(), settings.l2(), network);
    steps = 0;
  }

  @Override
  public StepResult step(Batch batch, float rate) {
    settings.checkFit(batch);
    steps++;
    try (PointerScope _ = new PointerScope()) {
      StepResult result = backward(batch, DropoutMask.of(settings.seed(), steps));
      optimizer.step(rate);
      return result;
    }
  }

  @Override
  public void gradients(Batch batch, Parameters into) {
    settings.checkFit(batch);
    try (PointerScope _ = new PointerScope()) {
      StepResult _ = backward(batch, DropoutMask.NONE);
      network.saveGradients(into);
    }
  }

  /** Leaves the gradient of the mean loss at the parameters. */
  private StepResult backward(Batch batch, DropoutMask mask) {
    Selection selected = select(batch);
    optimizer.zeroGradients();
    Tensor z = network.forward(selected.x, mask);
    Tensor y = settings.loss() == Loss.MSE ? network.activateOutputs(z) : z;
    Tensor loss = loss(y, selected.targets);
    loss.backward(lossScale, noGraph, false, allInputs);
    return judge(batch, y, loss);
  }

  @Override
  public StepResult predict(Batch batch, float[] into) {
    settings.checkFit(batch);
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      Selection selected = select(batch);
      Tensor z = network.forward(selected.x, DropoutMask.NONE);
      Tensor y = network.activateOutputs(z);
      Tensor loss = loss(settings.loss() == Loss.MSE ? y : z, selected.targets);
      StepResult result = judge(batch, y, loss);
      System.arraycopy(outputs, 0, into, 0, batch.rows() * classes);
      return result;
    }
  }

  /** PyTorch's mean: {@code lossFactor} times smaller than ours. */
  private Tensor loss(Tensor outputs, Tensor targets) {
    return switch (settings.loss()) {
      case MSE -> torch.mse_loss(outputs, targets);
      case CROSS_ENTROPY -> torch.cross_entropy_loss(outputs, targets);
      case BINARY_CROSS_ENTROPY -> torch.binary_cross_entropy_with_logits(outputs, targets);
    };
  }

  /** Reads y (rows, classes) into {@code outputs}. */
  private StepResult judge(Batch batch, Tensor y, Tensor loss) {
    int rows = batch.rows();
    if (outputs.length < rows * classes) {
      outputs = new float[rows * classes];
    }
    Tensors.read(y, outputs, 0);
    int correct = 0;
    for (int row = 0; row < rows; row++) {
      correct += Network.largest(outputs, row * classes, classes) == batch.label(row) ? 1 : 0;
    }
    return new StepResult(loss.item_float() * lossFactor, correct);
  }

  /**
   * The images of a batch.
   *
   * @param x (rows, inputs)
   * @param targets (rows) or (rows, classes)
   */
  private record Selection(Tensor x, Tensor targets) {}

  private Selection select(Batch batch) {
    Tensor rows = numbers(batch);
    if (batch.images().areLasting()) {
      return select(kept(batch.images()), rows);
    }
    try (TorchImages passing = copy(batch.images())) {
      return select(passing, rows);
    }
  }

  private static Selection select(TorchImages images, Tensor rows) {
    return new Selection(
        images.pixels().index_select(0, rows), images.targets().index_select(0, rows));
  }

  /** The numbers of the images of a batch, (rows), on the device. */
  private Tensor numbers(Batch batch) {
    int rows = batch.rows();
    if (numbers.length() < rows) {
      numbers.close();
      numbers = new TorchNumbers(rows);
    }
    Tensor onHost = numbers.of(batch);
    return device.is_cpu() ? onHost : onHost.to(device, ScalarType.Int);
  }

  private TorchImages kept(Images images) {
    TorchImages known = sets.get(images);
    if (known == null) {
      if (sets.size() == KEPT_SETS) {
        sets.pollFirstEntry().getValue().close();
      }
      known = copy(images);
      sets.put(images, known);
    }
    return known;
  }

  private TorchImages copy(Images images) {
    return TorchImages.of(images, classes, settings.loss() != Loss.CROSS_ENTROPY, device);
  }

  @Override
  public void save(Parameters into) {
    network.save(into);
  }

  @Override
  public void close() {
    sets.values().forEach(TorchImages::close);
    sets.clear();
    optimizer.close();
    network.close();
    lossScale.close();
    noGraph.close();
    allInputs.close();
    numbers.close();
    device.close();
  }
}
