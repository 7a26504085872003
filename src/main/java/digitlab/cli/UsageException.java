package digitlab.cli;

/** The words of the command line don't make sense; found only after they were parsed. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
