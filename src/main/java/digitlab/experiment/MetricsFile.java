package digitlab.experiment;

import digitlab.text.Decimals;
import digitlab.train.Curve;
import digitlab.train.PlanText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a run, for spreadsheets and programs. */
public final class MetricsFile {
  private static final List<String> COLUMNS =
      List.of(
          "epoch",
          "step",
          "training_loss",
          "training_accuracy",
          "validation_loss",
          "validation_accuracy",
          "samples_per_second");

  private MetricsFile() {}

  /**
   * A line for each epoch, with commas between the values and points in them; what there is none of
   * is empty. Accuracies are fractions.
   */
  public static String csv(RunHistory history) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
    for (EpochRecord epoch : history.epochs()) {
      text.append(epoch.epoch()).append(',').append(epoch.step());
      text.append(',').append(number(epoch.trainLoss()));
      text.append(',').append(number(epoch.trainAccuracy()));
      text.append(',').append(number(epoch.validationLoss()));
      text.append(',').append(number(epoch.validationAccuracy()));
      text.append(',').append(number(epoch.samplesPerSecond())).append("\r\n");
    }
    return text.toString();
  }

  private static String number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? "" : Decimals.format(value);
  }

  /**
   * Plan, test result, epochs, and the loss and accuracy of the steps: mean, least and most of each
   * {@code steps.width} steps.
   */
  public static byte[] json(Experiment experiment, Run run, RunHistory history) {
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("experiment", experiment.name());
    file.put("status", run.status().name().toLowerCase(Locale.ROOT));
    Map<String, String> plan = new LinkedHashMap<>();
    for (String field : PlanText.FIELDS) {
      plan.put(field, PlanText.value(experiment.plan(), field));
    }
    file.put("plan", plan);
    Run.Setup setup = run.setup();
    file.put("engine", setup == null ? null : setup.engine());
    file.put("seconds", run.progress().seconds());
    Run.TestResult test = run.result();
    file.put("testAccuracy", test == null ? null : test.accuracy());
    file.put("testLoss", test == null ? null : test.loss());
    file.put("epochs", history.epochs());
    Curve.Part loss = history.loss(0, 0);
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("width", loss.width());
    steps.put("loss", curve(loss));
    steps.put("accuracy", curve(history.accuracy(0, 0)));
    file.put("steps", steps);
    return JsonMapper.shared().writeValueAsBytes(file);
  }

  private static Map<String, float[]> curve(Curve.Part part) {
    Map<String, float[]> curve = new LinkedHashMap<>();
    curve.put("mean", part.mean());
    curve.put("least", part.least());
    curve.put("most", part.most());
    return curve;
  }
}
