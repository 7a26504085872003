package digitlab.store;

import digitlab.experiment.CheckpointStore;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Checkpoints beside their runs. Thread-safe. */
public final class SqlCheckpointStore implements CheckpointStore {
  private static final String OVER = "status not in ('QUEUED', 'RUNNING', 'PAUSED')";

  private static final String UPDATE =
      "update checkpoint set step = :step, state = :state where run_id = :run";
  private static final String INSERT =
      "insert into checkpoint (run_id, step, state) values (:run, :step, :state)";

  private final Jdbi jdbi;
  private final String owner;

  public SqlCheckpointStore(Database database) {
    this(database, database.owner());
  }

  /**
   * @param owner the name of a server
   */
  SqlCheckpointStore(Database database, String owner) {
    jdbi = database.jdbi();
    this.owner = owner;
  }

  /** Another server may have taken the run over: it looks and writes in one go. */
  @Override
  public boolean save(long run, long step, byte[] state) {
    return jdbi.inTransaction(
        handle -> {
          int ours =
              handle
                  .createUpdate(
                      "update run set heartbeat = :now where id = :run and owner = :owner and not ("
                          + OVER
                          + ")")
                  .bind("now", SqlExperimentStore.now())
                  .bind("run", run)
                  .bind("owner", owner)
                  .execute();
          if (ours == 0) {
            return false;
          }
          int replaced = write(handle, UPDATE, run, step, state);
          return replaced == 1 || write(handle, INSERT, run, step, state) == 1;
        });
  }

  private static int write(Handle handle, String sql, long run, long step, byte[] state) {
    return handle
        .createUpdate(sql)
        .bind("run", run)
        .bind("step", step)
        .bind("state", state)
        .execute();
  }

  @Override
  public Optional<byte[]> find(long run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select state from checkpoint where run_id = :run")
                .bind("run", run)
                .mapTo(byte[].class)
                .findOne());
  }

  @Override
  public OptionalLong step(long run) {
    return jdbi.withHandle(handle -> step(handle, run));
  }

  private static OptionalLong step(Handle handle, long run) {
    return handle
        .createQuery("select step from checkpoint where run_id = :run")
        .bind("run", run)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public void delete(long run) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from checkpoint where run_id = :run")
                .bind("run", run)
                .execute());
  }

  @Override
  public boolean reopen(long run) {
    return jdbi.inTransaction(
        handle -> {
          OptionalLong step = step(handle, run);
          int taken =
              handle
                  .createUpdate(
                      "update run set status = 'QUEUED', note = null, finished = null, owner ="
                          + " :owner, heartbeat = :now where id = :run and "
                          + OVER)
                  .bind("owner", owner)
                  .bind("now", SqlExperimentStore.now())
                  .bind("run", run)
                  .execute();
          if (taken == 0 || step.isEmpty()) {
            handle.rollback();
            return false;
          }
          forget(handle, "run_steps", "first_step", run, step.getAsLong());
          forget(handle, "run_probe", "step", run, step.getAsLong());
          forget(handle, "run_epoch", "step", run, step.getAsLong());
          forget(handle, "run_rate", "step", run, step.getAsLong() + 1);
          return true;
        });
  }

  private static void forget(Handle handle, String table, String column, long run, long step) {
    handle
        .createUpdate("delete from " + table + " where run_id = :run and " + column + " > :step")
        .bind("run", run)
        .bind("step", step)
        .execute();
  }
}
