package digitlab.experiment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fair challenge: experiments are ranked by the validation images while it goes on, and their
 * test results are hidden, so that nobody chooses by them. They are revealed once, all together.
 *
 * @param revealed when that was; null while it goes on
 */
public record Challenge(long id, String name, Instant created, @Nullable Instant revealed) {
  /**
   * An experiment on the board.
   *
   * @param validation accuracy; as it was when the challenge was revealed, if it is
   * @param test accuracy; null while it is hidden
   */
  public record Entry(
      long experiment,
      String name,
      String network,
      @Nullable Double validation,
      @Nullable Double test) {}
}
