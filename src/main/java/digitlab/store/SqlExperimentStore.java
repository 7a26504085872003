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
import digitlab.train.Curve;
import digitlab.train.LayerHealth;
import digitlab.train.ProbeResult;
import digitlab.train.TrainingPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
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

  public SqlExperimentStore(Database database) {
    this(database, database.owner());
  }

  /**
   * @param owner the name of a server
   */
  SqlExperimentStore(Database database, String owner) {
    jdbi = database.jdbi();
    this.owner = owner;
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
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into run_epoch (run_id, epoch, step, train_loss, train_accuracy, validation_loss, validation_accuracy, samples_per_second)
                    values (:run, :epoch, :step, :trainLoss, :trainAccuracy, :validationLoss, :validationAccuracy, :samplesPerSecond)
                    """)
                .bind("run", run)
                .bindMethods(epoch)
                .execute());
  }

  @Override
  public void addSteps(long run, StepMetrics metrics) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into run_steps (run_id, first_step, losses, accuracies) values (:run,"
                        + " :first, :losses, :accuracies)")
                .bind("run", run)
                .bind("first", metrics.firstStep())
                .bind("losses", Numbers.toBytes(metrics.losses()))
                .bind("accuracies", Numbers.toBytes(metrics.accuracies()))
                .execute());
  }

  @Override
  public void addRate(long run, RateChange change) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate("delete from run_rate where run_id = :run and step = :step")
              .bind("run", run)
              .bind("step", change.step())
              .execute();
          handle
              .createUpdate("insert into run_rate (run_id, step, rate) values (:run, :step, :rate)")
              .bind("run", run)
              .bind("step", change.step())
              .bind("rate", change.rate())
              .execute();
        });
  }

  @Override
  public void addProbe(long run, ProbeResult probe) {
    jdbi.useTransaction(
        handle -> {
          // a run that goes on from a checkpoint comes by a second time
          handle
              .createUpdate("delete from run_probe where run_id = :run and step = :step")
              .bind("run", run)
              .bind("step", probe.step())
              .execute();
          handle
              .createUpdate(
                  "insert into run_probe (run_id, step, loss, accuracy) values (:run, :step, :loss,"
                      + " :accuracy)")
              .bind("run", run)
              .bind("step", probe.step())
              .bind("loss", probe.loss())
              .bind("accuracy", probe.accuracy())
              .execute();
          PreparedBatch layers =
              handle.prepareBatch(
                  """
                  insert into run_probe_layer (run_id, step, layer, gradient, update_share, dead, saturated, finite, low, high, counts)
                  values (:run, :step, :layer, :gradient, :update, :dead, :saturated, :finite, :low, :high, :counts)
                  """);
          for (int l = 0; l < probe.layers().size(); l++) {
            LayerHealth health = probe.layers().get(l);
            layers
                .bind("run", run)
                .bind("step", probe.step())
                .bind("layer", l)
                .bindMethods(health)
                .bind("low", health.outputs().low())
                .bind("high", health.outputs().high())
                .bind("counts", Numbers.toBytes(health.outputs().counts()))
                .add();
          }
          layers.execute();
        });
  }

  @Override
  public RunHistory history(long run) {
    RunHistory history = new RunHistory();
    jdbi.useHandle(
        handle -> {
          handle
              .createQuery(
                  "select first_step, losses, accuracies from run_steps where run_id = :run order"
                      + " by first_step")
              .bind("run", run)
              .map((row, _) -> Rows.steps(row))
              .forEach(history::addSteps);
          handle
              .createQuery("select * from run_epoch where run_id = :run order by epoch")
              .bind("run", run)
              .map((row, _) -> Rows.epoch(row))
              .forEach(history::addEpoch);
          handle
              .createQuery("select step, rate from run_rate where run_id = :run order by step")
              .bind("run", run)
              .map((row, _) -> new RateChange(row.getLong("step"), row.getDouble("rate")))
              .forEach(history::addRate);
          probes(handle, run).forEach(history::addProbe);
        });
    return history;
  }

  private static List<ProbeResult> probes(Handle handle, long run) {
    Map<Long, List<LayerHealth>> layers = new HashMap<>(); // by step
    handle
        .createQuery("select * from run_probe_layer where run_id = :run order by step, layer")
        .bind("run", run)
        .map((row, _) -> Map.entry(row.getLong("step"), Rows.layerHealth(row)))
        .forEach(
            layer ->
                layers
                    .computeIfAbsent(layer.getKey(), _ -> new ArrayList<>())
                    .add(layer.getValue()));
    return handle
        .createQuery("select step, loss, accuracy from run_probe where run_id = :run order by step")
        .bind("run", run)
        .map(
            (row, _) ->
                new ProbeResult(
                    row.getLong("step"),
                    row.getDouble("loss"),
                    row.getDouble("accuracy"),
                    layers.getOrDefault(row.getLong("step"), List.of())))
        .list();
  }

  @Override
  public StepWindow steps(long run, long first, long last) {
    Curve loss = new Curve();
    Curve accuracy = new Curve();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select first_step, losses, accuracies from run_steps
                    where run_id = :run and first_step <= :last and first_step >= coalesce(
                      (select max(first_step) from run_steps where run_id = :run and first_step <= :first), 0)
                    order by first_step
                    """)
                .bind("run", run)
                .bind("first", first)
                .bind("last", last)
                .map((row, _) -> Rows.steps(row))
                .forEach(
                    row -> {
                      for (int i = 0; i < row.losses().length; i++) {
                        long step = row.firstStep() + i;
                        if (step >= first && step <= last) {
                          loss.add(row.losses()[i]);
                          accuracy.add(row.accuracies()[i]);
                        }
                      }
                    }));
    return new StepWindow(Math.max(first, 1), loss.all(), accuracy.all());
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
  public List<Long> interruptAbandoned(Duration silence) {
    String abandoned = " where status in ('QUEUED', 'RUNNING', 'PAUSED') and heartbeat <= :before";
    OffsetDateTime before = now().minus(silence);
    return jdbi.inTransaction(
        handle -> {
          List<Long> experiments =
              handle
                  .createQuery("select experiment_id from run" + abandoned)
                  .bind("before", before)
                  .mapTo(Long.class)
                  .list();
          handle
              .createUpdate(
                  "update run set status = 'INTERRUPTED', finished = heartbeat" + abandoned)
              .bind("before", before)
              .execute();
          return experiments;
        });
  }

  /** With microseconds: what both databases keep. */
  static OffsetDateTime now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
