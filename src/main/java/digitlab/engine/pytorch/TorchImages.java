package digitlab.engine.pytorch;

import digitlab.net.Images;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The images of a data set on the device, as a user of PyTorch keeps MNIST: all pixels in one float
 * tensor, from which a batch is selected by its numbers.
 *
 * @param pixels (size, inputs), 0…1
 * @param targets classes (size), or 1 for the class and 0 for the others (size, classes)
 */
record TorchImages(Tensor pixels, Tensor targets) implements AutoCloseable {
  /**
   * Copies the images.
   *
   * @param oneHot whether the targets are (size, {@code classes}), for losses that compare outputs
   *     with numbers
   */
  static TorchImages of(Images images, int classes, boolean oneHot, Device device) {
    try (PointerScope _ = new PointerScope()) {
      Tensor bytes =
          torch.from_blob(
              new BytePointer(images.pixels()),
              new long[] {images.size(), images.pixelsPerImage()},
              new TensorOptions(ScalarType.Byte));
      Tensor pixels = bytes.to(device, ScalarType.Float).div_(new Scalar(255f));
      Tensor targets = oneHot ? oneHot(images, classes) : classes(images);
      return new TorchImages(pixels.retainReference(), copy(targets, device).retainReference());
    }
  }

  /** A copy that no longer leans on Java's memory. */
  private static Tensor copy(Tensor tensor, Device device) {
    return tensor.clone().to(device, tensor.scalar_type());
  }

  private static Tensor classes(Images images) {
    long[] labels = new long[images.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.labels()[i];
    }
    return torch.from_blob(
        new LongPointer(labels), new long[] {labels.length}, new TensorOptions(ScalarType.Long));
  }

  private static Tensor oneHot(Images images, int classes) {
    float[] ones = new float[images.size() * classes];
    for (int i = 0; i < images.size(); i++) {
      ones[i * classes + images.labels()[i]] = 1;
    }
    return torch.from_blob(new FloatPointer(ones), images.size(), classes);
  }

  @Override
  public void close() {
    pixels.close();
    targets.close();
  }
}
