package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import digitlab.sweep.Axis;
import digitlab.sweep.SweepException;
import digitlab.sweep.SweepField;
import digitlab.sweep.SweepSpace;
import digitlab.train.PlanCheck;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several runs instead of one: more seeds, and fields that vary on a grid or at random. */
final class SweepForm extends Details {
  private static final long serialVersionUID = 1;

  private static final String GRID = "grid";
  private static final String RANDOM = "random";
  private static final int USUAL_SAMPLES = 20;

  private final Runnable changed;
  private final IntegerField seeds = whole("sweep.seeds", 1);
  private final Select<String> mode = new Select<>();
  private final IntegerField samples = whole("sweep.samples", USUAL_SAMPLES);
  private final IntegerField drawing = whole("sweep.drawing", 1);
  private final Div rows = new Div();
  private final Paragraph verdict = new Paragraph();
  private final List<Row> axes = new ArrayList<>();

  /**
   * @param changed is run when a person changed something
   */
  SweepForm(Runnable changed) {
    this.changed = changed;
    setId("sweep-form");
    mode.setLabel(Texts.get("sweep.mode"));
    mode.setItems(GRID, RANDOM);
    mode.setItemLabelGenerator(item -> Texts.get("sweep.mode." + item));
    mode.setValue(GRID);
    mode.setId("sweep-mode");
    mode.addValueChangeListener(_ -> update());
    Button more = new Button(Texts.get("sweep.add"), VaadinIcon.PLUS.create());
    more.setId("add-axis");
    more.addClickListener(_ -> addAxis());
    rows.addClassName("axes");
    verdict.setId("sweep-verdict");
    verdict.addClassName("formula");
    Paragraph help = new Paragraph(Texts.get("sweep.help"));
    help.addClassName("formula");
    Div top = new Div(seeds, mode, samples, drawing);
    top.addClassName("fields");
    add(top, help, rows, more, verdict);
    setSummaryText(Texts.get("sweep.one"));
    showFields();
  }

  private IntegerField whole(String label, int value) {
    IntegerField field = new IntegerField(Texts.get(label));
    Ranges.set(field, 1, SweepSpace.MOST_RUNS);
    field.setStepButtonsVisible(true);
    field.setValue(value);
    field.setId(label.replace('.', '-'));
    field.addValueChangeListener(_ -> update());
    return field;
  }

  private void addAxis() {
    List<String> taken = axes.stream().map(row -> row.field.getValue()).toList();
    String free =
        List.of("rate", "neurons", "batch", "activation").stream()
            .filter(field -> !taken.contains(field))
            .findFirst()
            .orElse("seed");
    Row row = new Row(free);
    axes.add(row);
    rows.add(row);
    update();
  }

  private void drop(Row row) {
    axes.remove(row);
    rows.remove(row);
    update();
  }

  private void update() {
    showFields();
    changed.run();
  }

  private void showFields() {
    boolean random = RANDOM.equals(mode.getValue());
    mode.setVisible(!axes.isEmpty());
    samples.setVisible(random && !axes.isEmpty());
    drawing.setVisible(random && !axes.isEmpty());
  }

  /** Whether there is more than one run to make. */
  boolean isSweep() {
    Integer number = seeds.getValue();
    return !axes.isEmpty() || number == null || number != 1;
  }

  /**
   * The space of the sweep over this plan; empty if something is wrong with it, which is shown, or
   * if there is none.
   */
  Optional<SweepSpace> space(TrainingPlan plan) {
    if (!isSweep()) {
      say(Texts.get("sweep.one"), "");
      return Optional.empty();
    }
    try {
      SweepSpace space = read();
      List<TrainingPlan> plans = space.plans(plan);
      boolean sound = plans.stream().allMatch(each -> PlanCheck.errors(each).isEmpty());
      String runs = Texts.get("sweep.runs", plans.size());
      say(runs, sound ? runs : "✕ " + Texts.get("sweep.unsound"));
      return sound ? Optional.of(space) : Optional.empty();
    } catch (SweepException e) {
      String field = e.field() == null ? "" : label(e.field()) + ": ";
      return refuse(field + Texts.get(e.reason()));
    } catch (IllegalArgumentException e) {
      return refuse(Texts.get("sweep.wrong", String.valueOf(e.getMessage())));
    }
  }

  private Optional<SweepSpace> refuse(String why) {
    say(Texts.get("sweep.several"), "✕ " + why);
    return Optional.empty();
  }

  private void say(String summary, String words) {
    setSummaryText(summary);
    verdict.setText(words);
    verdict.setVisible(!words.isEmpty());
  }

  private SweepSpace read() {
    boolean random = RANDOM.equals(mode.getValue()) && !axes.isEmpty();
    return new SweepSpace(
        axes.stream().map(row -> Axis.parse(row.field.getValue(), row.values.getValue())).toList(),
        random ? required(samples) : 0,
        random ? required(drawing) : 0,
        required(seeds));
  }

  private static int required(IntegerField field) {
    Integer value = field.getValue();
    if (value == null) {
      throw new IllegalArgumentException(Texts.get("field.whole") + ": " + field.getLabel());
    }
    return value;
  }

  /** What a field is called. */
  static String label(String field) {
    return Texts.get(
        PlanText.FIELDS.contains(field) ? "plan.field." + field : "sweep.field." + field);
  }

  /** One field and its values. */
  private final class Row extends Div {
    private static final long serialVersionUID = 1;

    private final Select<String> field = new Select<>();
    private final TextField values = new TextField(Texts.get("sweep.values"));

    Row(String initial) {
      addClassName("axis");
      field.setLabel(Texts.get("sweep.field"));
      field.setItems(SweepField.ALL);
      field.setItemLabelGenerator(SweepForm::label);
      field.setValue(initial);
      field.addClassName("axis-field");
      field.addValueChangeListener(
          event -> {
            values.setValue(example(event.getValue()));
            update();
          });
      values.setValue(example(initial));
      values.setValueChangeMode(ValueChangeMode.LAZY);
      values.addClassName("axis-values");
      values.addValueChangeListener(_ -> update());
      Button remove = new Button(VaadinIcon.TRASH.create());
      remove.addThemeVariants(ButtonVariant.TERTIARY);
      remove.setAriaLabel(Texts.get("sweep.remove"));
      remove.addClickListener(_ -> drop(this));
      add(field, values, remove);
    }

    /** Something to begin with. */
    private static String example(String field) {
      return switch (field) {
        case "rate" -> "0.0001…0.1 log 4";
        case "neurons" -> "16, 32, 64";
        case "depth" -> "1, 2, 3";
        case "activation" -> "relu, tanh, sigmoid";
        case "dropout" -> "0, 0.2, 0.5";
        case "batch" -> "16, 64, 256";
        case "epochs" -> "5, 10, 20";
        case "l2" -> "0, 0.0001, 0.001";
        case "validation" -> "0.1, 0.2";
        case "seed" -> "1, 2, 3";
        case "optimizer" -> "sgd, momentum 0.9, adam";
        case "schedule" -> "constant, cosine";
        case "initializer" -> "xavier, he, lecun";
        case "loss" -> "cross-entropy, mse";
        case "stopping" -> "never, patience 3";
        case "augmentation" -> "none, shift 2, shift 1 rotate 10";
        case "data" -> "mnist, pen-digits";
        default -> "784 → 32 relu → 10 softmax, 784 → 64 relu → 10 softmax";
      };
    }
  }
}
