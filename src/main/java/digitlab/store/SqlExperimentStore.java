package digitlab.store;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.RateChange;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.experiment.StepMetrics;
import digitlab.experiment.StepWindow;
import digitlab.train.ProbeResult;
import digitlab.train.TrainingPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Experiments and runs in SQL that H2 and PostgreSQL both understand. Thread-safe. */
public final class SqlExperimentStore implements ExperimentStore {
  /** What {@link Rows#experiment} reads of experiment e and run r. */
  static final String COLUMNS =
      """
      e.id, e.name, e.plan, e.created, r.id as run_id, r.experiment_id, r.status, r.note, r.engine, r.engine_description,
      r.engine_why, r.data_origin, r.steps, r.all_steps, r.epochs, r.seconds, r.samples_per_second, r.test_accuracy, r.test_loss,
      r.confusion, r.model, r.queued, r.started, r.finished,
      exists (select 1 from challenge_entry entered join challenge c on c.id = entered.challenge_id
              where entered.experiment_id = e.id and c.revealed is null) as sealed
      """;

  // the newest run of each experiment
  static final String SELECT =
      "select "
          + COLUMNS
          + """
          from experiment e
          left join run r on r.id = (select max(id) from run where experiment_id = e.id)
          where e.deleted is null
          """;

  private final Jdbi jdbi;
  private final String owner;
  private final RunFigures figures;

  public SqlExperimentStore(Database database) {
    this(database, database.owner());
  }

  /**
   * @param owner the name of a server
   */
  SqlExperimentStore(Database database, String owner) {
    jdbi = database.jdbi();
    this.owner = owner;
    figures = new RunFigures(jdbi, owner);
  }

  @Override
  public long create(String name, TrainingPlan plan) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into experiment (name, plan, created) values (:name, :plan, :created)")
                .bind("name", name)
                .bind("plan", plan.toString())
                .bind("created", now())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(long.class)
                .one());
  }

  @Override
  public Optional<Experiment> find(long experiment) {
    return jdbi.withHandle(
        handle -> {
          Query query = handle.createQuery(SELECT + " and e.id = :id").bind("id", experiment);
          return query.map((row, _) -> Rows.experiment(row)).findOne();
        });
  }

  @Override
  public List<Experiment> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + " order by e.id desc")
                .map((row, _) -> Rows.experiment(row))
                .list());
  }

  @Override
  public void delete(long experiment) {
    setDeleted(experiment, now());
  }

  @Override
  public void restore(long experiment) {
    setDeleted(experiment, null);
  }

  private void setDeleted(long experiment, @Nullable OffsetDateTime when) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update experiment set deleted = cast(:deleted as timestamp with time zone)"
                        + " where id = :id")
                .bind("deleted", when)
                .bind("id", experiment)
                .execute());
  }

  @Override
  public void purge(Duration age) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from experiment where deleted < :before")
                .bind("before", now().minus(age))
                .execute());
  }

  @Override
  public Run addRun(long experiment) {
    return jdbi.withHandle(
        handle -> {
          OffsetDateTime now = now();
          long id =
              handle
                  .createUpdate(
                      """
                      insert into run (experiment_id, status, steps, all_steps, epochs, seconds, samples_per_second, queued, owner, heartbeat)
                      values (:experiment, :status, 0, 0, 0, 0, 0, :now, :owner, :now)
                      """)
                  .bind("experiment", experiment)
                  .bind("status", RunStatus.QUEUED)
                  .bind("now", now)
                  .bind("owner", owner)
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(long.class)
                  .one();
          return Run.queued(id, experiment, now.toInstant());
        });
  }

  @Override
  public boolean update(Run run) {
    return jdbi.withHandle(handle -> update(handle, run)) == 1;
  }

  private int update(Handle handle, Run run) {
    return handle
        .createUpdate(
            """
            update run set status = :status, note = :note, engine = :engine,
              engine_description = :engineDescription, engine_why = :engineWhy, data_origin = :dataOrigin,
              steps = :steps, all_steps = :allSteps, epochs = :epochs, seconds = :seconds,
              samples_per_second = :samplesPerSecond, test_accuracy = :accuracy, test_loss = :loss, confusion = :confusion,
              model = :model, started = :started, finished = :finished, heartbeat = :now
            where id = :id and owner = :owner and status in ('QUEUED', 'RUNNING', 'PAUSED')
            """)
        .bindMap(Rows.columns(run))
        .bind("id", run.id())
        .bind("owner", owner)
        .bind("now", now())
        .execute();
  }

  @Override
  public void addEpoch(long run, EpochRecord epoch) {
    figures.addEpoch(run, epoch);
  }

  @Override
  public void addSteps(long run, StepMetrics metrics) {
    figures.addSteps(run, metrics);
  }

  @Override
  public void addRate(long run, RateChange change) {
    figures.addRate(run, change);
  }

  @Override
  public void addProbe(long run, ProbeResult probe) {
    figures.addProbe(run, probe);
  }

  @Override
  public RunHistory history(long run) {
    return figures.history(run);
  }

  @Override
  public void thinOut(long run) {
    figures.thinOut(run);
  }

  @Override
  public void thinOutAll() {
    figures.thinOutAll();
  }

  @Override
  public StepWindow steps(long run, long first, long last) {
    return figures.steps(run, first, last);
  }

  @Override
  public void heartbeat(Collection<Long> runs) {
    if (!runs.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(
                      "update run set heartbeat = :now where owner = :owner and id in (<runs>)")
                  .bind("now", now())
                  .bind("owner", owner)
                  .bindList("runs", runs)
                  .execute());
    }
  }

  @Override
  public void release(Run run) {
    jdbi.useTransaction(
        handle -> {
          if (update(handle, run) == 1) {
            handle
                .createUpdate("update run set heartbeat = :never where id = :id and owner = :owner")
                .bind("never", Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .bind("id", run.id())
                .bind("owner", owner)
                .execute();
          }
        });
  }

  /** With microseconds: what both databases keep. */
  static OffsetDateTime now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
