package digitlab.store;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.experiment.StepMetrics;
import digitlab.text.Message;
import digitlab.train.ConfusionMatrix;
import digitlab.train.Histogram;
import digitlab.train.LayerHealth;
import digitlab.train.PlanText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between rows of tables and the records of {@code digitlab.experiment}. */
final class Rows {
  private Rows() {}

  static Experiment experiment(ResultSet row) throws SQLException {
    boolean hasRun = row.getObject("run_id") != null;
    return new Experiment(
        row.getLong("id"),
        row.getString("name"),
        PlanText.parse(row.getString("plan")),
        instant(row, "created"),
        hasRun ? run(row) : null);
  }

  private static Run run(ResultSet row) throws SQLException {
    String engine = row.getString("engine");
    return new Run(
        row.getLong("run_id"),
        row.getLong("experiment_id"),
        RunStatus.valueOf(row.getString("status")),
        message(row, "note"),
        engine == null
            ? null
            : new Run.Setup(
                engine,
                Objects.requireNonNullElse(
                    message(row, "engine_description"), Message.of("engine.reference")),
                Message.parse(row.getString("engine_why")),
                Message.parse(row.getString("data_origin"))),
        new Run.Progress(
            row.getLong("steps"),
            row.getLong("all_steps"),
            row.getInt("epochs"),
            row.getDouble("seconds"),
            row.getDouble("samples_per_second")),
        result(row),
        row.getString("model"),
        instant(row, "queued"),
        optionalInstant(row, "started"),
        optionalInstant(row, "finished"));
  }

  private static Run.@Nullable TestResult result(ResultSet row) throws SQLException {
    String confusion = row.getString("confusion");
    if (confusion == null || row.getBoolean("sealed")) {
      return null; // not there, or not to be seen before its challenge is revealed
    }
    int[] counts = Arrays.stream(confusion.split(",")).mapToInt(Integer::parseInt).toArray();
    int classes = (int) Math.round(Math.sqrt(counts.length));
    return new Run.TestResult(
        row.getDouble("test_accuracy"),
        row.getDouble("test_loss"),
        new ConfusionMatrix(classes, counts));
  }

  /** What {@code update run} binds. */
  static Map<String, @Nullable Object> columns(Run run) {
    Run.Setup setup = run.setup();
    Run.TestResult result = run.result();
    Message note = run.note();
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("status", run.status());
    columns.put("note", note == null ? null : note.format());
    columns.put("engine", setup == null ? null : setup.engine());
    columns.put("engineDescription", setup == null ? null : setup.engineDescription().format());
    columns.put("engineWhy", setup == null ? null : setup.engineWhy().format());
    columns.put("dataOrigin", setup == null ? null : setup.data().format());
    columns.put("steps", run.progress().steps());
    columns.put("allSteps", run.progress().allSteps());
    columns.put("epochs", run.progress().epochs());
    columns.put("seconds", run.progress().seconds());
    columns.put("samplesPerSecond", run.progress().samplesPerSecond());
    columns.put("accuracy", result == null ? null : result.accuracy());
    columns.put("loss", result == null ? null : result.loss());
    columns.put("confusion", result == null ? null : counts(result.confusion()));
    columns.put("model", run.model());
    columns.put("started", offset(run.started()));
    columns.put("finished", offset(run.finished()));
    return columns;
  }

  private static String counts(ConfusionMatrix matrix) {
    return Arrays.stream(matrix.counts())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  static EpochRecord epoch(ResultSet row) throws SQLException {
    return new EpochRecord(
        row.getInt("epoch"),
        row.getLong("step"),
        row.getDouble("train_loss"),
        row.getDouble("train_accuracy"),
        row.getObject("validation_loss", Double.class),
        row.getObject("validation_accuracy", Double.class),
        row.getDouble("samples_per_second"));
  }

  static StepMetrics steps(ResultSet row) throws SQLException {
    return new StepMetrics(
        row.getLong("first_step"),
        Numbers.toFloats(row.getBytes("losses")),
        Numbers.toFloats(row.getBytes("accuracies")));
  }

  static LayerHealth layerHealth(ResultSet row) throws SQLException {
    return new LayerHealth(
        row.getDouble("gradient"),
        row.getDouble("update_share"),
        row.getDouble("dead"),
        row.getDouble("saturated"),
        row.getBoolean("finite"),
        new Histogram(
            row.getDouble("low"), row.getDouble("high"), Numbers.toInts(row.getBytes("counts"))));
  }

  private static @Nullable Message message(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Message.parse(text);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant optionalInstant(ResultSet row, String column)
      throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
