package digitlab.engine;

import digitlab.text.Message;

/** An engine was asked for that can't train on this machine. */
public final class EngineUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Message obstacle;

  public EngineUnavailableException(String engine, Message obstacle) {
    super("The engine " + engine + " is not available: " + obstacle.key());
    this.obstacle = obstacle;
  }

  public Message obstacle() {
    return obstacle;
  }
}
