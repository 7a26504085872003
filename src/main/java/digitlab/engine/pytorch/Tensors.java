package digitlab.engine.pytorch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between tensors and Java's arrays. */
final class Tensors {
  private Tensors() {}

  static Tensor zeros(Device device, long... shape) {
    try (TensorOptions floats = new TensorOptions(ScalarType.Float);
        Tensor zeros = torch.zeros(shape, floats)) {
      return zeros.to(device, ScalarType.Float);
    }
  }

  /** Copies all numbers of a tensor, wherever it lies, to {@code into} from {@code at}. */
  static void read(Tensor tensor, float[] into, int at) {
    Tensor onHost = tensor.is_cpu() ? tensor : tensor.cpu();
    Tensor inOrder = onHost.is_contiguous() ? onHost : onHost.contiguous();
    inOrder.data_ptr_float().get(into, at, (int) tensor.numel());
  }
}
