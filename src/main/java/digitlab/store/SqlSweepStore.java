package digitlab.store;

import digitlab.sweep.Sweep;
import digitlab.sweep.SweepSpace;
import digitlab.sweep.SweepStore;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** Sweeps and their experiments. Thread-safe. */
public final class SqlSweepStore implements SweepStore {
  private static final RowMapper<Sweep> SWEEP =
      (row, _) ->
          new Sweep(
              row.getLong("id"),
              row.getString("name"),
              PlanText.parse(row.getString("plan")),
              SweepSpace.parse(row.getString("space")),
              row.getObject("created", OffsetDateTime.class).toInstant());

  private final Jdbi jdbi;

  public SqlSweepStore(Database database) {
    jdbi = database.jdbi();
  }

  @Override
  public long create(String name, TrainingPlan plan, SweepSpace space) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into sweep (name, plan, space, created) values (:name, :plan, :space, :created)")
                .bind("name", name)
                .bind("plan", plan.toString())
                .bind("space", space.toString())
                .bind("created", SqlExperimentStore.now())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(long.class)
                .one());
  }

  @Override
  public void add(long sweep, long experiment) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update experiment set sweep_id = :sweep where id = :experiment")
                .bind("sweep", sweep)
                .bind("experiment", experiment)
                .execute());
  }

  @Override
  public Optional<Sweep> find(long sweep) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from sweep where id = :id")
                .bind("id", sweep)
                .map(SWEEP)
                .findOne());
  }

  @Override
  public List<Sweep> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from sweep s
                    where exists (select 1 from experiment e where e.sweep_id = s.id and e.deleted is null)
                    order by s.id desc
                    """)
                .map(SWEEP)
                .list());
  }

  @Override
  public List<Entry> experiments(long sweep) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SqlExperimentStore.SELECT + " and e.sweep_id = :sweep order by e.id")
                .bind("sweep", sweep)
                .map((row, _) -> new Entry(Rows.experiment(row), row.getBoolean("sealed")))
                .list());
  }

  @Override
  public Map<Long, Double> bestValidations(long sweep) {
    return jdbi.withHandle(
        handle -> {
          Map<Long, Double> best = new HashMap<>();
          handle
              .createQuery(
                  """
                  select r.experiment_id, max(p.validation_accuracy) as best
                  from experiment e
                  join run r on r.id = (select max(id) from run where experiment_id = e.id)
                  join run_epoch p on p.run_id = r.id
                  where e.sweep_id = :sweep and p.validation_accuracy is not null
                  group by r.experiment_id
                  """)
              .bind("sweep", sweep)
              .map((row, _) -> Map.entry(row.getLong("experiment_id"), row.getDouble("best")))
              .forEach(entry -> best.put(entry.getKey(), entry.getValue()));
          return best;
        });
  }
}
