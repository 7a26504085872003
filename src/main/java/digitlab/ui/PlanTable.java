package digitlab.ui;

import com.vaadin.flow.component.html.DescriptionList;
import digitlab.data.Augmentation;
import digitlab.text.Words;
import digitlab.train.PlanText;
import digitlab.train.Stopping;
import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.Set;

/** A plan as it was: every field and its value, in words. */
final class PlanTable extends DescriptionList {
  private static final long serialVersionUID = 1;

  /** Fields whose values begin with a word that the forms have a label for. */
  private static final Set<String> CHOICES = Set.of("loss", "optimizer", "schedule", "initializer");

  PlanTable(TrainingPlan plan) {
    addClassName("plan-table");
    for (String field : PlanText.FIELDS) {
      add(new Term(Texts.get("plan.field." + field)), new Description(words(plan, field)));
    }
    add(
        new Term(Texts.get("plan.field.parameters")),
        new Description(
            plan.network().parameterFormula()
                + " = "
                + Texts.whole(plan.network().parameterCount())));
  }

  /** The value of one field. */
  static String words(TrainingPlan plan, String field) {
    String value = PlanText.value(plan, field);
    if (field.equals("data")) {
      return Texts.data(plan.data());
    }
    if (CHOICES.contains(field)) {
      List<String> parts = Words.of(value);
      String name = Texts.get("plan." + field + "." + parts.getFirst());
      return parts.size() == 1
          ? name
          : name + " " + String.join(" ", parts.subList(1, parts.size()));
    }
    return switch (field) {
      case "stopping" -> stopping(plan.stopping());
      case "augmentation" -> augmentation(plan.augmentation());
      default -> value;
    };
  }

  private static String stopping(Stopping stopping) {
    return stopping.patience() == 0
        ? Texts.get("plan.stopping.never")
        : Texts.get("plan.stopping.patience", stopping.patience(), stopping.minimumChange());
  }

  private static String augmentation(Augmentation augmentation) {
    if (augmentation.isNone()) {
      return Texts.get("plan.augmentation.none");
    }
    StringBuilder words = new StringBuilder();
    List<String> parts = Words.of(augmentation.toString());
    for (int i = 0; i < parts.size(); i += 2) {
      words
          .append(i == 0 ? "" : "; ")
          .append(Texts.get("plan." + parts.get(i)))
          .append(": ")
          .append(parts.get(i + 1));
    }
    return words.toString();
  }
}
