package digitlab.store;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.RateChange;
import digitlab.experiment.RunHistory;
import digitlab.experiment.StepMetrics;
import digitlab.experiment.StepWindow;
import digitlab.train.Curve;
import digitlab.train.LayerHealth;
import digitlab.train.ProbeResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What is measured while a run trains: steps, epochs, rates, looks into the network. Written only
 * by the server that the run belongs to, so that one that was frozen can't spoil the figures of the
 * one that took over. Thread-safe.
 */
final class RunFigures {
  /** A run with fewer steps beyond its thinned curve is read quickly enough. */
  private static final int MANY_STEPS = 50_000;

  private static final String IF_OURS =
      " where exists (select 1 from run where id = :run and owner = :owner)";

  private final Jdbi jdbi;
  private final String owner;

  /**
   * @param owner the name of a server
   */
  RunFigures(Jdbi jdbi, String owner) {
    this.jdbi = jdbi;
    this.owner = owner;
  }

  void addEpoch(long run, EpochRecord epoch) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into run_epoch (run_id, epoch, step, train_loss, train_accuracy, validation_loss, validation_accuracy, samples_per_second)
                    select :run, :epoch, :step, :trainLoss, :trainAccuracy, :validationLoss, :validationAccuracy, :samplesPerSecond
                    """
                        + IF_OURS)
                .bind("run", run)
                .bind("owner", owner)
                .bindMethods(epoch)
                .execute());
  }

  void addSteps(long run, StepMetrics metrics) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into run_steps (run_id, first_step, losses, accuracies) select :run,"
                        + " :first, :losses, :accuracies"
                        + IF_OURS)
                .bind("run", run)
                .bind("owner", owner)
                .bind("first", metrics.firstStep())
                .bind("losses", Numbers.toBytes(metrics.losses()))
                .bind("accuracies", Numbers.toBytes(metrics.accuracies()))
                .execute());
  }

  void addRate(long run, RateChange change) {
    jdbi.useTransaction(
        handle -> {
          if (isOurs(handle, run)) {
            handle
                .createUpdate("delete from run_rate where run_id = :run and step = :step")
                .bind("run", run)
                .bind("step", change.step())
                .execute();
            handle
                .createUpdate(
                    "insert into run_rate (run_id, step, rate) values (:run, :step, :rate)")
                .bind("run", run)
                .bind("step", change.step())
                .bind("rate", change.rate())
                .execute();
          }
        });
  }

  private boolean isOurs(Handle handle, long run) {
    return handle
        .createQuery("select 1 from run where id = :run and owner = :owner")
        .bind("run", run)
        .bind("owner", owner)
        .mapTo(int.class)
        .findOne()
        .isPresent();
  }

  void addProbe(long run, ProbeResult probe) {
    jdbi.useTransaction(
        handle -> {
          if (isOurs(handle, run)) {
            addProbe(handle, run, probe);
          }
        });
  }

  private static void addProbe(Handle handle, long run, ProbeResult probe) {
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
  }

  RunHistory history(long run) {
    return jdbi.withHandle(
        handle -> {
          RunHistory history = curves(handle, run);
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
          return history;
        });
  }

  /** Loss and accuracy alone: what is kept thinned out, then the steps behind it. */
  private static RunHistory curves(Handle handle, long run) {
    Optional<ThinCurves> thin = thinCurves(handle, run);
    long known = thin.map(ThinCurves::lastStep).orElse(0L);
    RunHistory history =
        thin.map(curves -> new RunHistory(curves.loss(), curves.accuracy()))
            .orElseGet(RunHistory::new);
    rows(handle, run, known + 1, Long.MAX_VALUE)
        .forEach(steps -> history.addSteps(steps.after(known)));
    return history;
  }

  private static Optional<ThinCurves> thinCurves(Handle handle, long run) {
    return handle
        .createQuery("select width, loss, accuracy from run_curve where run_id = :run")
        .bind("run", run)
        .map((row, _) -> ThinCurves.read(row))
        .findOne();
  }

  /** The rows that hold steps {@code first} to {@code last}. */
  private static Iterable<StepMetrics> rows(Handle handle, long run, long first, long last) {
    return handle
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
        .map((row, _) -> Rows.steps(row));
  }

  void thinOut(long run) {
    jdbi.useTransaction(
        handle -> {
          long known = thinCurves(handle, run).map(ThinCurves::lastStep).orElse(0L);
          ThinCurves now = ThinCurves.of(curves(handle, run));
          if (now.lastStep() - known >= MANY_STEPS) {
            now.write(handle, run);
          }
        });
  }

  void thinOutAll() {
    List<Long> runs =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select r.id from run r left join run_curve c on c.run_id = r.id
                        where r.finished is not null and r.steps - coalesce(c.last_step, 0) >= :many order by r.id
                        """)
                    .bind("many", 2 * MANY_STEPS)
                    .mapTo(Long.class)
                    .list());
    runs.forEach(this::thinOut);
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

  StepWindow steps(long run, long first, long last) {
    Curve loss = new Curve();
    Curve accuracy = new Curve();
    jdbi.useHandle(
        handle ->
            rows(handle, run, first, last)
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
}
