package digitlab.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What is said when bad input is refused. */
public final class Refusal {
  private Refusal() {}

  /** The message of the IllegalArgumentException that {@code bad} must end with. */
  public static String of(Executable bad) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, bad).getMessage());
  }
}
