package digitlab.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;

import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.text.RefusedException;
import org.junit.jupiter.api.function.Executable;

/** What is said when bad input is refused. */
public final class Refusal {
  private Refusal() {}

  /** The message of the IllegalArgumentException that {@code bad} must end with. */
  public static String of(Executable bad) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, bad).getMessage());
  }

  /** The same of a refusal that is written for people, as they read it. */
  public static String in(Language language, Executable bad) {
    return Messages.in(language).get(assertThrows(RefusedException.class, bad).why());
  }
}
