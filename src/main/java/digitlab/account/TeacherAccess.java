package digitlab.account;

import com.password4j.Password;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may enter the Lab. On the own computer everybody; over a network who knows the teacher's
 * password, which is set once through a link that is printed when the server starts. Kept as an
 * Argon2id hash. Thread-safe.
 */
public final class TeacherAccess {
  public static final int SHORTEST_PASSWORD = 8;
  public static final int LONGEST_PASSWORD = 200;

  private static final String SETTING = "teacher-password";
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final SettingStore settings;
  private final boolean required;
  private @Nullable String token; // of the link; null once it was used or where none is needed
  private long pauseMillis;
  private long pauseEnd; // System.nanoTime

  /**
   * @param required whether a password is needed: the server listens on a network
   * @param renew whether a password that is set shall be replaced
   */
  public TeacherAccess(SettingStore settings, boolean required, boolean renew) {
    this.settings = settings;
    this.required = required;
    if (required && (renew || settings.get(SETTING).isEmpty())) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
  }

  public boolean isRequired() {
    return required;
  }

  /** What the link must end with that sets the password; empty once it was used. */
  public synchronized Optional<String> linkToken() {
    return Optional.ofNullable(token);
  }

  /** Whether that is the token of the link. */
  public synchronized boolean isLinkToken(String offered) {
    return token != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a password was ever set. */
  public boolean hasPassword() {
    return settings.get(SETTING).isPresent();
  }

  /**
   * Sets the password; the link is used up.
   *
   * @return false if the token is wrong or was used before
   * @throws IllegalArgumentException if the password is too short or too long
   */
  public synchronized boolean setPassword(String offeredToken, String password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw new IllegalArgumentException(
          "The password has "
              + password.length()
              + " characters; it needs "
              + SHORTEST_PASSWORD
              + " to "
              + LONGEST_PASSWORD
              + ".");
    }
    if (!isLinkToken(offeredToken)) {
      return false;
    }
    settings.put(SETTING, Password.hash(password).addRandomSalt().withArgon2().getResult());
    token = null;
    return true;
  }

  /** What came of trying a password. */
  public enum Answer {
    RIGHT,
    WRONG,
    /** Not looked at: too soon after a wrong one. */
    TOO_SOON
  }

  /**
   * Tries a password. After each wrong one, none is looked at for a while, twice as long each time.
   */
  public synchronized Answer check(String password) {
    if (pauseMillis > 0 && System.nanoTime() < pauseEnd) {
      return Answer.TOO_SOON;
    }
    Optional<String> hash = settings.get(SETTING);
    if (hash.isPresent()
        && password.length() <= LONGEST_PASSWORD
        && Password.check(password, hash.get()).withArgon2()) {
      pauseMillis = 0;
      return Answer.RIGHT;
    }
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis));
    pauseEnd = System.nanoTime() + pauseMillis * 1_000_000;
    return Answer.WRONG;
  }
}
