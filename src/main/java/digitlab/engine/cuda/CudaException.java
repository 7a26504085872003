package digitlab.engine.cuda;

import digitlab.engine.EngineFailureException;
import digitlab.text.Message;

/** A call of the driver failed. */
final class CudaException extends EngineFailureException {
  private static final long serialVersionUID = 1;
  static final int NO_DEVICE = 100;
  private static final int OUT_OF_MEMORY = 2;

  private final int code;

  /**
   * @param call the driver's function: "cuMemAlloc_v2"
   * @param name of the code: "CUDA_ERROR_OUT_OF_MEMORY"
   * @param text what the driver says about it
   */
  CudaException(String call, int code, String name, String text) {
    super(
        call + " failed: " + name + " (" + code + "), " + text + ". " + remedy(code),
        Message.of(
            code == OUT_OF_MEMORY ? "engine.cuda.memory" : "engine.cuda.failed",
            call,
            name,
            code,
            text));
    this.code = code;
  }

  private static String remedy(int code) {
    return code == OUT_OF_MEMORY
        ? "Make the network or the batches smaller, or end what else uses the card."
        : "Look for the card with nvidia-smi, then start Digit Lab again.";
  }

  /** Whether only memory was lacking: the card can be used as before. */
  boolean isOutOfMemory() {
    return code == OUT_OF_MEMORY;
  }
}
