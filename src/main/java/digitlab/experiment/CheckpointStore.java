package digitlab.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the newest checkpoint of each run is kept. Thread-safe. Several servers may share one. */
public interface CheckpointStore {
  /**
   * Keeps a checkpoint in the place of the one before.
   *
   * @return false if the run is no longer this server's: deleted, or taken over by another one
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

  /**
   * Takes over the runs whose servers did not say for that long that they are alive: they wait for
   * their turn with this server, or go on being paused, each behind its checkpoint. One whose
   * servers ended time and again without it getting on becomes {@link RunStatus#INTERRUPTED}: it
   * may be the reason.
   *
   * @return the experiments of all these runs, those first that were training
   */
  List<Long> takeOver(Duration silence);
}
