package digitlab.engine.pytorch;

import digitlab.net.Batch;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Which images of a set are in a batch, as a tensor that is written again for each batch. */
final class TorchNumbers implements AutoCloseable {
  private final int[] numbers;
  private final IntPointer memory;
  private final Tensor tensor; // (length), on the host: a view of the memory

  TorchNumbers(int length) {
    numbers = new int[length];
    memory = new IntPointer(length).retainReference(); // outlives the step in which it is made
    try (TensorOptions ints = new TensorOptions(ScalarType.Int)) {
      tensor = torch.from_blob(memory, new long[] {length}, ints).retainReference();
    }
  }

  int length() {
    return numbers.length;
  }

  /** The numbers of this batch, (rows), until the next one. */
  Tensor of(Batch batch) {
    int rows = batch.rows();
    for (int row = 0; row < rows; row++) {
      numbers[row] = batch.number(row);
    }
    memory.put(numbers, 0, rows);
    return rows == numbers.length ? tensor : tensor.narrow(0, 0, rows);
  }

  @Override
  public void close() {
    tensor.close();
    memory.close();
  }
}
