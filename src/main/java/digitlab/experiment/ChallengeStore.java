package digitlab.experiment;

import java.util.List;
import java.util.Optional;

/** Where challenges are kept. Thread-safe. */
public interface ChallengeStore {
  long create(String name);

  /** The newest first. */
  List<Challenge> list();

  Optional<Challenge> find(long challenge);

  /** The challenge that hides the test result of this experiment; empty if none does. */
  Optional<Challenge> hiding(long experiment);

  /** Enters an experiment; does nothing if it is there already, or the challenge is revealed. */
  void enter(long challenge, long experiment);

  /** Takes an experiment off the board; does nothing once the challenge is revealed. */
  void withdraw(long challenge, long experiment);

  /** The board: the highest validation accuracy first, those without at the end. */
  List<Challenge.Entry> board(long challenge);

  /**
   * Reveals the test results, and writes down what stands on the board now.
   *
   * @return false if that was done before: once is the rule
   */
  boolean reveal(long challenge);

  void delete(long challenge);
}
