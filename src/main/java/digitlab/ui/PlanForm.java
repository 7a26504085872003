package digitlab.ui;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import digitlab.data.Augmentation;
import digitlab.datasets.OwnSet;
import digitlab.experiment.SpeedGuide;
import digitlab.net.Initializer;
import digitlab.net.Loss;
import digitlab.net.Optimizer;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import digitlab.train.PlanCheck;
import digitlab.train.Schedule;
import digitlab.train.Stopping;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A whole training plan in a form: what one looks at first in sight, the rest folded away; beside
 * it the network in a picture and in words, and what is wrong with the plan.
 */
final class PlanForm extends Div {
  private static final long serialVersionUID = 1;

  private static final int MNIST_IMAGES = 60_000;

  private static final List<String> FOLDED =
      List.of("schedule", "initializer", "l2", "stopping", "validation", "seed");

  private static final List<ChoiceField.Variant> OPTIMIZERS =
      List.of(
          new ChoiceField.Variant("sgd"),
          new ChoiceField.Variant("momentum", List.of("plan.momentum"), List.of(0.9)),
          new ChoiceField.Variant("nesterov", List.of("plan.momentum"), List.of(0.9)),
          new ChoiceField.Variant("rmsprop", List.of("plan.decay"), List.of(0.9)),
          new ChoiceField.Variant("adam", List.of("plan.beta1", "plan.beta2"), List.of(0.9, 0.999)),
          new ChoiceField.Variant(
              "adamw", List.of("plan.beta1", "plan.beta2"), List.of(0.9, 0.999)));
  private static final List<ChoiceField.Variant> SCHEDULES =
      List.of(
          new ChoiceField.Variant("constant"),
          new ChoiceField.Variant("step", List.of("plan.factor", "plan.every"), List.of(0.5, 5.0)),
          new ChoiceField.Variant("cosine"));
  private static final List<ChoiceField.Variant> INITIALIZERS =
      List.of(
          new ChoiceField.Variant("xavier"),
          new ChoiceField.Variant("he"),
          new ChoiceField.Variant("lecun"),
          new ChoiceField.Variant("normal", List.of("plan.deviation"), List.of(1.0)),
          new ChoiceField.Variant("uniform", List.of("plan.limit"), List.of(0.05)),
          new ChoiceField.Variant("zeros"));

  private final LayerEditor layers = new LayerEditor(this::changed);
  private final List<DataChoice> dataChoices = new ArrayList<>(DataChoice.BUILT_IN);
  private final Select<DataChoice> data = dataSelect();
  private final Select<Loss> loss = select("plan.loss", Loss.values());
  private final ChoiceField optimizer = new ChoiceField("plan.optimizer", OPTIMIZERS);
  private final RateField rate = new RateField(Texts.get("plan.rate"));
  private final ChoiceField schedule = new ChoiceField("plan.schedule", SCHEDULES);
  private final IntegerField batch = whole("plan.batch", 1, TrainingPlan.MOST_BATCH);
  private final IntegerField epochs = whole("plan.epochs", 1, TrainingPlan.MOST_EPOCHS);
  private final IntegerField patience = whole("plan.patience", 0, TrainingPlan.MOST_EPOCHS);
  private final NumberField minimumChange = number("plan.change", 0, 100);
  private final ChoiceField initializer = new ChoiceField("plan.initializer", INITIALIZERS);
  private final NumberField l2 = number("plan.l2", 0, 10);
  private final NumberField validation = number("plan.validation", 0, 0.9);
  private final TextField seed = new TextField(Texts.get("plan.seed"));
  private final NumberField shift = number("plan.shift", 0, 8);
  private final NumberField rotate = number("plan.rotate", 0, 90);
  private final NumberField scale = number("plan.scale", 0, 0.5);
  private final NumberField shear = number("plan.shear", 0, 1);
  private final NumberField elastic = number("plan.elastic", 0, 100);
  private final NumberField thickness = number("plan.thickness", 0, 1);

  private final PlanSummary summary = new PlanSummary();
  private final Map<DataChoice, Integer> imagesOfOwn = new HashMap<>();
  private final Details more = new Details();
  private final Details augmentation = new Details();
  private final Runnable listener;
  private boolean showing; // the values come from the program, not from a person

  /**
   * @param listener is run whenever the plan changed; {@link #plan} may be empty then
   */
  PlanForm(Runnable listener) {
    this.listener = listener;
    addClassName("plan-form");
    patience.setHelperText(Texts.get("plan.patience.help"));
    validation.setHelperText(Texts.get("plan.validation.help"));
    l2.setHelperText(Texts.get("plan.l2.help"));
    rate.setId("plan-rate");
    seed.setId("plan-seed");
    seed.setAllowedCharPattern("[0-9-]");
    seed.setMaxLength(19);
    more.add(fields(schedule, initializer, l2, patience, minimumChange, validation, seed));
    more.setId("more");
    augmentation.add(fields(shift, rotate, scale, shear, elastic, thickness));
    augmentation.setId("augmentation");
    Div network = new Div(layers, summary);
    network.addClassName("network-editor");
    add(
        section("plan.network", network, summary.complaints()),
        section("plan.learning", fields(loss, optimizer, rate, batch, epochs, data), more),
        section("plan.augmentation", augmentation));
    listen(
        data,
        loss,
        optimizer,
        rate,
        schedule,
        batch,
        epochs,
        patience,
        minimumChange,
        initializer,
        l2,
        validation,
        seed);
    listen(shift, rotate, scale, shear, elastic, thickness);
  }

  private static Section section(String title, Component... content) {
    Section section = new Section(new H2(Texts.get(title)));
    section.add(content);
    return section;
  }

  private static Div fields(Component... fields) {
    Div grid = new Div(fields);
    grid.addClassName("fields");
    return grid;
  }

  private Select<DataChoice> dataSelect() {
    Select<DataChoice> select = new Select<>();
    select.setLabel(Texts.get("plan.data"));
    select.setItems(dataChoices);
    select.setItemLabelGenerator(Texts::data);
    select.setId("plan-data");
    return select;
  }

  /** Offers these data sets, too. */
  void offerData(List<OwnSet> own) {
    own.forEach(set -> imagesOfOwn.put(set.choice(), set.training()));
    offer(own.stream().map(OwnSet::choice).toList());
  }

  private void offer(List<DataChoice> more) {
    if (!dataChoices.containsAll(more)) {
      more.stream().filter(choice -> !dataChoices.contains(choice)).forEach(dataChoices::add);
      boolean before = showing;
      DataChoice chosen = data.getValue();
      showing = true;
      data.setItems(dataChoices);
      data.setValue(chosen);
      showing = before;
    }
  }

  private static <T> Select<T> select(String label, T[] items) {
    Select<T> select = new Select<>();
    select.setLabel(Texts.get(label));
    select.setItems(Arrays.asList(items));
    select.setItemLabelGenerator(item -> Texts.get(label + "." + item));
    select.setId(label.replace('.', '-'));
    return select;
  }

  private static NumberField number(String label, double least, double most) {
    NumberField field = new NumberField(Texts.get(label));
    Ranges.set(field, least, most);
    field.setStep(0.0000001);
    field.setId(label.replace('.', '-'));
    return field;
  }

  private static IntegerField whole(String label, int least, int most) {
    IntegerField field = new IntegerField(Texts.get(label));
    Ranges.set(field, least, most);
    field.setId(label.replace('.', '-'));
    return field;
  }

  private void listen(AbstractField<?, ?>... fields) {
    for (AbstractField<?, ?> field : fields) {
      field.addValueChangeListener(_ -> changed());
    }
  }

  /** Shows this plan. */
  void show(TrainingPlan plan) {
    showing = true;
    layers.show(plan.network());
    offer(List.of(plan.data())); // it may be a set that is gone
    data.setValue(plan.data());
    loss.setValue(plan.loss());
    optimizer.setValue(plan.optimizer().toString());
    rate.setValue(plan.rate());
    schedule.setValue(plan.schedule().toString());
    batch.setValue(plan.batch());
    epochs.setValue(plan.epochs());
    patience.setValue(plan.stopping().patience());
    minimumChange.setValue(plan.stopping().minimumChange());
    initializer.setValue(plan.initializer().toString());
    l2.setValue(plan.l2());
    validation.setValue(plan.validation());
    seed.setValue(Long.toString(plan.seed()));
    shift.setValue(plan.augmentation().shift());
    rotate.setValue(plan.augmentation().rotate());
    scale.setValue(plan.augmentation().scale());
    shear.setValue(plan.augmentation().shear());
    elastic.setValue(plan.augmentation().elastic());
    thickness.setValue(plan.augmentation().thickness());
    showing = false;
    changed();
  }

  /** The plan as it stands; empty if it can't be trained. */
  Optional<TrainingPlan> plan() {
    try {
      TrainingPlan plan = read();
      return PlanCheck.errors(plan).isEmpty() ? Optional.of(plan) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private TrainingPlan read() {
    return new TrainingPlan(
        data.getValue(),
        layers.network(),
        loss.getValue(),
        Optimizer.parse(optimizer.getValue()),
        required(rate),
        Schedule.parse(schedule.getValue()),
        required(batch),
        required(epochs),
        new Stopping(required(patience), required(minimumChange)),
        Initializer.parse(initializer.getValue()),
        required(l2),
        required(validation),
        new Augmentation(
            required(shift),
            required(rotate),
            required(scale),
            required(shear),
            required(elastic),
            required(thickness)),
        seed());
  }

  private long seed() {
    try {
      long value = Long.parseLong(seed.getValue());
      seed.setInvalid(false);
      return value;
    } catch (NumberFormatException e) {
      seed.setErrorMessage(Texts.get("field.whole"));
      seed.setInvalid(true);
      throw new IllegalArgumentException("The seed is no whole number.", e);
    }
  }

  private static <T> T required(HasValue<?, T> field) {
    if (field.isEmpty() && field.getValue() == null) {
      throw new IllegalArgumentException("A number is missing.");
    }
    return field.getValue();
  }

  private void changed() {
    if (showing) {
      return;
    }
    try {
      summary.show(layers.network());
      TrainingPlan plan = read();
      summary.complain(PlanCheck.errors(plan), PlanCheck.warnings(plan, images(plan.data())));
      more.setSummaryText(digest(plan));
      augmentation.setSummaryText(PlanTable.words(plan, "augmentation"));
    } catch (IllegalArgumentException e) {
      // the fields themselves say what is out of range
      summary.complain(List.of(Message.of("plan.error.field")), List.of());
    }
    listener.run();
  }

  /** What is folded away, in a line. */
  private static String digest(TrainingPlan plan) {
    return FOLDED.stream()
        .map(field -> Texts.get("plan.field." + field) + ": " + PlanTable.words(plan, field))
        .collect(Collectors.joining(" · "));
  }

  /** How many training images a data set has, those for validation among them; 0 if not known. */
  int images(DataChoice choice) {
    if (choice.isOwn()) {
      return imagesOfOwn.getOrDefault(choice, 0);
    }
    return choice.equals(DataChoice.MNIST_AND_PEN_DIGITS) ? 2 * MNIST_IMAGES : MNIST_IMAGES;
  }

  /** Shows how long the plan would take. */
  void showSpeeds(TrainingPlan plan, List<SpeedGuide.Speed> speeds) {
    summary.showSpeeds(plan, images(plan.data()), speeds);
  }
}
