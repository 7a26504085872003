package digitlab.datasets;

import digitlab.text.Message;

/** A file that somebody brought is damaged, too large, or nothing that one could train on. */
public final class UploadRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Message why;

  UploadRefusedException(Message why) {
    super(why.key());
    this.why = why;
  }

  /** What is wrong, and what to do about it. */
  public Message why() {
    return why;
  }
}
