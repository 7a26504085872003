package digitlab.interop;

import digitlab.text.Message;

/** A network, or the plan of its training, can't be said in the format that was asked for. */
public final class ExportRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Message obstacle;

  ExportRefusedException(Message obstacle) {
    super(obstacle.key());
    this.obstacle = obstacle;
  }

  /** What stands in the way, and what to do about it. */
  public Message obstacle() {
    return obstacle;
  }
}
