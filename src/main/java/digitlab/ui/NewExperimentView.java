package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.SpeedGuide;
import digitlab.sweep.SweepService;
import digitlab.sweep.SweepSpace;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an experiment, or several: from a preset (?preset=3b1b), from another experiment (?from=7),
 * from the text of a plan (?plan=rate+3), or from scratch. The address always holds the plan as it
 * stands, so that it can be shared.
 */
@Route(value = "new", layout = LabLayout.class)
final class NewExperimentView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient ExperimentService experiments;
  private final transient SweepService sweeps;
  private final transient SpeedGuide speeds;
  private final TextField name = new TextField(Texts.get("experiments.name"));
  private final Select<String> preset = new Select<>();
  private final Paragraph published = new Paragraph();
  private final Button create = new Button(Texts.get("new.create"));
  private final Button start = new Button(Texts.get("new.start"));
  private final PlanForm form = new PlanForm(this::changed);
  private final SweepForm sweep = new SweepForm(this::changed);
  private final PlanTextPanel text = new PlanTextPanel(this::take);
  private transient @Nullable TrainingPlan shown; // what speeds, text and address are about
  private boolean built;

  NewExperimentView(LabServices services) {
    experiments = services.experiments();
    sweeps = services.sweeps();
    speeds = services.speeds();
    addClassName("page");
    name.setMaxLength(Experiment.LONGEST_NAME);
    name.setRequired(true);
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(_ -> enableButtons());
    name.setId("name");
    preset.setLabel(Texts.get("new.preset"));
    preset.setItems(Preset.ALL.stream().map(Preset::name).toList());
    preset.setEmptySelectionAllowed(true);
    preset.setEmptySelectionCaption(Texts.get("new.scratch"));
    preset.setItemLabelGenerator(NewExperimentView::presetLabel);
    preset.setId("preset");
    preset.addValueChangeListener(event -> showPreset(Optional.ofNullable(event.getValue())));
    published.addClassName("published");
    published.setId("published");
    create.setId("create");
    create.addClickListener(_ -> create(false));
    start.setId("create-and-start");
    start.addThemeVariants(ButtonVariant.PRIMARY);
    start.addClickListener(_ -> create(true));
    Div top = new Div(name, preset, published, text.repairs());
    top.addClassName("new-top");
    Section several = new Section(new H2(Texts.get("sweep.title")), sweep);
    several.addClassName("card");
    Section asText = new Section(text);
    asText.addClassName("card");
    Div buttons = new Div(start, create);
    buttons.addClassNames("buttons", "new-buttons");
    add(new H1(Texts.get("new.title")), top, form, several, asText, buttons);
    form.offerData(services.ownSets().list());
    built = true;
    form.show(TrainingPlan.DEFAULT);
    name.setValue(Texts.get("new.name"));
  }

  /** "3b1b · 784-16-16-10". */
  private static String presetLabel(@Nullable String name) {
    return name == null
        ? Texts.get("new.scratch")
        : name + " · " + Preset.named(name).plan().network().shape();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters parameters = event.getLocation().getQueryParameters();
    parameters
        .getSingleParameter("preset")
        .filter(wanted -> Preset.ALL.stream().anyMatch(known -> known.name().equals(wanted)))
        .ifPresent(
            wanted -> {
              preset.setValue(wanted);
              showPreset(Optional.of(wanted)); // what came of it here may be new
            });
    parameters.getSingleParameter("from").ifPresent(this::copy);
    parameters.getSingleParameter("plan").ifPresent(text::read);
  }

  private void copy(String id) {
    try {
      experiments
          .find(Long.parseLong(id))
          .ifPresent(
              other -> {
                form.show(other.plan());
                name.setValue(shorten(Texts.get("new.copy", other.name())));
              });
    } catch (NumberFormatException e) {
      published.setText(Texts.get("new.no-such", id));
    }
  }

  private static String shorten(String text) {
    return text.length() > Experiment.LONGEST_NAME
        ? text.substring(0, Experiment.LONGEST_NAME)
        : text;
  }

  private void showPreset(Optional<String> chosen) {
    Optional<Preset> known = chosen.map(Preset::named);
    form.show(known.map(Preset::plan).orElse(TrainingPlan.DEFAULT));
    name.setValue(known.map(Preset::name).orElse(Texts.get("new.name")));
    published.setText(known.map(this::claim).orElse(""));
  }

  /** What was published about a preset, and what came of it here. */
  private String claim(Preset known) {
    Preset.Published claim = known.published();
    String theirs =
        claim == null
            ? ""
            : Texts.get("new.published", Texts.percent(claim.accuracy()), claim.source()) + " ";
    List<Double> here = experiments.resultsOf(known.plan());
    if (here.isEmpty()) {
      return theirs + Texts.get("new.ours.none");
    }
    double mean = here.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return theirs + Texts.get("new.ours", Texts.percent(mean), here.size());
  }

  /** Somebody gave a plan as text. */
  private void take(TrainingPlan plan) {
    form.show(plan);
    Preset.ALL.stream()
        .filter(known -> known.plan().equals(plan))
        .findFirst()
        .ifPresentOrElse(
            known -> {
              preset.setValue(known.name());
              published.setText(claim(known));
            },
            () -> published.setText(""));
  }

  private void changed() {
    if (!built) {
      return;
    }
    enableButtons();
    form.plan().filter(plan -> !plan.equals(shown)).ifPresent(this::show);
  }

  private void show(TrainingPlan plan) {
    shown = plan;
    text.show(plan);
    form.showSpeeds(plan, List.of());
    getUI().ifPresent(ui -> follow(ui, plan));
  }

  /** Keeps the address and the estimates up with the plan. */
  private void follow(UI ui, TrainingPlan plan) {
    ui.getPage().getHistory().replaceState(null, PlanTextPanel.link(plan));
    speeds.ask(
        plan,
        () -> plan.equals(shown) && ui.isAttached(),
        found ->
            Background.update(
                ui,
                () -> {
                  if (plan.equals(shown)) {
                    form.showSpeeds(plan, found);
                  }
                }));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    if (shown != null) {
      follow(event.getUI(), shown);
    }
  }

  @Override
  protected void onDetach(DetachEvent event) {
    shown = null;
  }

  private void enableButtons() {
    Optional<TrainingPlan> plan = form.plan();
    boolean several = sweep.isSweep();
    boolean sound = plan.isPresent() && (sweep.space(plan.get()).isPresent() || !several);
    boolean ready = !name.getValue().isBlank() && sound;
    create.setEnabled(ready);
    start.setEnabled(ready);
    start.setText(Texts.get(several ? "sweep.start" : "new.start"));
  }

  private void create(boolean andStart) {
    form.plan()
        .ifPresent(
            plan -> {
              Optional<SweepSpace> space = sweep.space(plan);
              if (space.isPresent()) {
                createSweep(plan, space.get(), andStart);
              } else {
                createOne(plan, andStart);
              }
            });
  }

  private void createOne(TrainingPlan plan, boolean andStart) {
    long id = experiments.create(name.getValue(), plan);
    if (andStart) {
      experiments.start(id);
    }
    getUI().ifPresent(ui -> ui.navigate(ExperimentView.class, id));
  }

  private void createSweep(TrainingPlan plan, SweepSpace space, boolean andStart) {
    long id = sweeps.create(name.getValue(), plan, space).id();
    if (andStart) {
      sweeps.play(id);
    }
    getUI().ifPresent(ui -> ui.navigate(SweepView.class, id));
  }

  @Override
  public String getPageTitle() {
    return Texts.get("new.title") + " · Digit Lab";
  }
}
