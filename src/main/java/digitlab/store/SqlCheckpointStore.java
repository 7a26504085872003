package digitlab.store;

import digitlab.experiment.CheckpointStore;
import digitlab.text.Message;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Checkpoints beside their runs. Thread-safe. */
public final class SqlCheckpointStore implements CheckpointStore {
  private static final String OVER = "status not in ('QUEUED', 'RUNNING', 'PAUSED')";

  /** A run that servers end with more often than that, without it getting on, may be the reason. */
  private static final int MOST_TAKEOVERS = 2;

  private static final String STILL_ABANDONED =
      " where id = :run and owner = :old and heartbeat <= :before and not (" + OVER + ")";

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
                      "update run set heartbeat = :now, takeovers = 0 where id = :run and owner ="
                          + " :owner and not ("
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
                      "update run set status = 'QUEUED', note = null, finished = null, takeovers ="
                          + " 0, owner = :owner, heartbeat = :now where id = :run and "
                          + OVER)
                  .bind("owner", owner)
                  .bind("now", SqlExperimentStore.now())
                  .bind("run", run)
                  .execute();
          if (taken == 0 || step.isEmpty()) {
            handle.rollback();
            return false;
          }
          goBack(handle, run, step.getAsLong());
          return true;
        });
  }

  /** A run that a server went silent with. */
  private record Abandoned(long run, long experiment, String owner, boolean hopeless) {}

  @Override
  public List<Long> takeOver(Duration silence) {
    OffsetDateTime before = SqlExperimentStore.now().minus(silence);
    List<Abandoned> abandoned =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select r.id, r.experiment_id, r.owner, r.status = 'RUNNING' and"
                            + " r.takeovers >= :most as hopeless from run r join experiment e on"
                            + " e.id = r.experiment_id where e.deleted is null and r.heartbeat <="
                            + " :before and not ("
                            + OVER
                            + ") order by case r.status when 'RUNNING' then 0 else 1 end, r.id")
                    .bind("most", MOST_TAKEOVERS)
                    .bind("before", before)
                    .map(
                        (row, _) ->
                            new Abandoned(
                                row.getLong("id"),
                                row.getLong("experiment_id"),
                                row.getString("owner"),
                                row.getBoolean("hopeless")))
                    .list());
    return abandoned.stream()
        .filter(run -> run.hopeless() ? giveUp(run, before) : takeOver(run, before))
        .map(Abandoned::experiment)
        .toList();
  }

  /** Returns false if somebody else was quicker, or its server was not dead after all. */
  private boolean takeOver(Abandoned abandoned, OffsetDateTime before) {
    return jdbi.inTransaction(
        handle -> {
          int taken =
              handle
                  .createUpdate(
                      """
                      update run set owner = :owner, heartbeat = :now, note = null,
                        takeovers = case status when 'RUNNING' then takeovers + 1 else takeovers end,
                        status = case status when 'PAUSED' then 'PAUSED' else 'QUEUED' end
                      """
                          + STILL_ABANDONED)
                  .bind("owner", owner)
                  .bind("now", SqlExperimentStore.now())
                  .bind("run", abandoned.run())
                  .bind("old", abandoned.owner())
                  .bind("before", before)
                  .execute();
          if (taken == 1) {
            goBack(handle, abandoned.run(), step(handle, abandoned.run()).orElse(0));
          }
          return taken == 1;
        });
  }

  private boolean giveUp(Abandoned abandoned, OffsetDateTime before) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update run set status = 'INTERRUPTED', finished = heartbeat, note = :note"
                            + STILL_ABANDONED)
                    .bind("note", Message.of("run.interrupted", MOST_TAKEOVERS + 1).format())
                    .bind("run", abandoned.run())
                    .bind("old", abandoned.owner())
                    .bind("before", before)
                    .execute())
        == 1;
  }

  /** What was done behind that step will be done again. */
  private static void goBack(Handle handle, long run, long step) {
    forget(handle, "run_steps", "first_step", run, step);
    forget(handle, "run_curve", "last_step", run, step);
    forget(handle, "run_probe", "step", run, step);
    forget(handle, "run_epoch", "step", run, step);
    forget(handle, "run_rate", "step", run, step + 1);
    handle
        .createUpdate(
            """
            update run set seconds = case when steps > :step then seconds * :step / steps else seconds end, steps = :step,
              epochs = (select count(*) from run_epoch where run_id = :run)
            where id = :run
            """)
        .bind("run", run)
        .bind("step", step)
        .execute();
  }

  private static void forget(Handle handle, String table, String column, long run, long step) {
    handle
        .createUpdate("delete from " + table + " where run_id = :run and " + column + " > :step")
        .bind("run", run)
        .bind("step", step)
        .execute();
  }
}
