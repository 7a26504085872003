package digitlab.engine;

import digitlab.text.Message;

/** An engine could not go on; what it was training is lost, but the program is not. */
public class EngineFailureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Message reason;

  /**
   * @param message for logs and the command line, in English
   * @param reason the same for people
   */
  protected EngineFailureException(String message, Message reason) {
    super(message);
    this.reason = reason;
  }

  public Message reason() {
    return reason;
  }
}
