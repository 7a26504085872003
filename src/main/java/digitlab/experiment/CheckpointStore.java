package digitlab.experiment;

import java.util.Optional;
import java.util.OptionalLong;

/** Where the newest checkpoint of each run is kept. Thread-safe. Several servers may share one. */
public interface CheckpointStore {
  /**
   * Keeps a checkpoint in the place of the one before.
   *
   * @return false if the run is no longer this server's: deleted, or taken for interrupted
   */
  boolean save(long run, long step, byte[] state);

  Optional<byte[]> find(long run);

  /** After which step the run could go on; empty if there is no checkpoint. */
  OptionalLong step(long run);

  void delete(long run);

  /**
   * Takes a run over that is over, to go on from its checkpoint: it waits for its turn with this
   * server. Figures of steps behind the checkpoint are removed, as they will come again.
   *
   * @return false if it is not over, or somebody else was quicker
   */
  boolean reopen(long run);
}
