package digitlab.store;

import org.jspecify.annotations.Nullable;

/** The database can't be used; the message is for the person who started the program. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
