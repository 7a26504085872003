package digitlab.text;

/** Something from outside is not taken, for a reason that a person should read. */
public final class RefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Message why;

  public RefusedException(Message why) {
    this(why, why.key());
  }

  /**
   * @param english for the log, and for the pages that have no Messages at hand
   */
  public RefusedException(Message why, String english) {
    super(english);
    this.why = why;
  }

  /** What is wrong, and what to do about it. */
  public Message why() {
    return why;
  }
}
