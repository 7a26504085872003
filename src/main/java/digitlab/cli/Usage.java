package digitlab.cli;

import java.util.function.Supplier;

/** Checks what stands on the command line beyond what picocli can. */
final class Usage {
  private Usage() {}

  /** An illegal argument that stands on the command line is wrong usage. */
  static <T> T check(Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
