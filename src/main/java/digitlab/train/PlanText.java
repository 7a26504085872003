package digitlab.train;

import digitlab.data.Augmentation;
import digitlab.net.Initializer;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * The text form of a plan: a field to a line, or several divided by semicolons; # begins a remark;
 * a field that is not named keeps its value from {@link TrainingPlan#DEFAULT}.
 *
 * <pre>
 * network 784 → 16 sigmoid → 16 sigmoid → 10 sigmoid
 * loss mse
 * rate 3   # as Nielsen has it
 * </pre>
 */
public final class PlanText {
  /** The fields in their order. */
  public static final List<String> FIELDS =
      List.of(
          "data",
          "network",
          "loss",
          "optimizer",
          "rate",
          "schedule",
          "batch",
          "epochs",
          "stopping",
          "initializer",
          "l2",
          "validation",
          "augmentation",
          "seed");

  private PlanText() {}

  /** All fields, divided by {@code divider}: a line break or "; ". */
  public static String format(TrainingPlan plan, String divider) {
    StringBuilder text = new StringBuilder();
    List<String> values = plan.values();
    for (int i = 0; i < FIELDS.size(); i++) {
      text.append(i == 0 ? "" : divider).append(FIELDS.get(i)).append(' ').append(values.get(i));
    }
    return text.toString();
  }

  /** The text of one field. */
  public static String value(TrainingPlan plan, String field) {
    return plan.values().get(FIELDS.indexOf(field));
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static TrainingPlan parse(String text) {
    List<String> values = new ArrayList<>(TrainingPlan.DEFAULT.values());
    List<String> seen = new ArrayList<>();
    for (String field : fields(text)) {
      put(field, values, seen);
    }
    return of(values);
  }

  /** The fields that a text names, each with its value: "rate 3". */
  static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    for (String line : Words.split(text, '\n')) {
      for (String part : Words.split(withoutRemark(line), ';')) {
        if (!part.isBlank()) {
          fields.add(part.trim());
        }
      }
    }
    return fields;
  }

  private static String withoutRemark(String line) {
    int remark = line.indexOf('#');
    return remark < 0 ? line : line.substring(0, remark);
  }

  private static void put(String field, List<String> values, List<String> seen) {
    String name = Words.of(field).getFirst();
    int index = FIELDS.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "A plan has no field \"" + name + "\"; its fields are " + Words.choices(FIELDS) + ".");
    }
    if (seen.contains(name)) {
      throw new IllegalArgumentException("The plan names " + name + " twice. Leave one of them.");
    }
    seen.add(name);
    values.set(index, field.substring(name.length()).trim());
  }

  /** The plan with these values, in the order of {@link #FIELDS}. */
  static TrainingPlan of(List<String> values) {
    return new TrainingPlan(
        DataChoice.parse(values.get(0)),
        NetworkSpec.parse(values.get(1)),
        Loss.parse(values.get(2)),
        Optimizer.parse(values.get(3)),
        Decimals.parse(values.get(4), "learning rate"),
        Schedule.parse(values.get(5)),
        Decimals.parseInt(values.get(6), "batch size", 1, TrainingPlan.MOST_BATCH),
        Decimals.parseInt(values.get(7), "number of epochs", 1, TrainingPlan.MOST_EPOCHS),
        Stopping.parse(values.get(8)),
        Initializer.parse(values.get(9)),
        Decimals.parse(values.get(10), "L2 weight decay"),
        Decimals.parse(values.get(11), "validation share"),
        Augmentation.parse(values.get(12)),
        seed(values.get(13)));
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The seed \"" + text + "\" is not a whole number. Write it like 1.", e);
    }
  }
}
