package digitlab.sweep;

import digitlab.text.Message;
import org.jspecify.annotations.Nullable;

/** What was written of a sweep makes none. */
public final class SweepException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final @Nullable String field;
  private final transient Message reason;

  /**
   * @param field the field it is about; null if it is about all
   * @param english for the log and the command line
   */
  SweepException(@Nullable String field, Message reason, String english) {
    super(english);
    this.field = field;
    this.reason = reason;
  }

  SweepException(@Nullable String field, Message reason, IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
    this.field = field;
    this.reason = reason;
  }

  /** One of {@link SweepField#ALL}; null if it is about the whole sweep. */
  public @Nullable String field() {
    return field;
  }

  /** What is wrong, and what to write. */
  public Message reason() {
    return reason;
  }
}
