package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import digitlab.datasets.OwnSet;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.util.Optional;

/**
 * Makes an experiment: from a preset (?preset=3b1b), from another experiment (?from=7), or from
 * scratch.
 */
@Route(value = "new", layout = LabLayout.class)
final class NewExperimentView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient ExperimentService experiments;
  private final TextField name = new TextField(Texts.get("experiments.name"));
  private final Select<String> preset = new Select<>();
  private final Paragraph published = new Paragraph();
  private final Button create = new Button(Texts.get("new.create"));
  private final Button start = new Button(Texts.get("new.start"));
  private final PlanForm form = new PlanForm(this::enableButtons);

  NewExperimentView(LabServices services) {
    experiments = services.experiments();
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
    preset.setItemLabelGenerator(item -> item == null ? Texts.get("new.scratch") : item);
    preset.setId("preset");
    preset.addValueChangeListener(event -> showPreset(Optional.ofNullable(event.getValue())));
    published.addClassName("published");
    create.setId("create");
    create.addClickListener(_ -> create(false));
    start.setId("create-and-start");
    start.addThemeVariants(ButtonVariant.PRIMARY);
    start.addClickListener(_ -> create(true));
    Div top = new Div(name, preset, published);
    top.addClassName("new-top");
    Div buttons = new Div(start, create);
    buttons.addClassNames("buttons", "new-buttons");
    add(new H1(Texts.get("new.title")), top, form, buttons);
    form.offerData(services.ownSets().list().stream().map(OwnSet::choice).toList());
    form.show(TrainingPlan.DEFAULT);
    name.setValue(Texts.get("new.name"));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters parameters = event.getLocation().getQueryParameters();
    parameters
        .getSingleParameter("preset")
        .filter(wanted -> Preset.ALL.stream().anyMatch(known -> known.name().equals(wanted)))
        .ifPresent(preset::setValue);
    parameters.getSingleParameter("from").ifPresent(this::copy);
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
    published.setText(
        known
            .map(Preset::published)
            .map(
                claim ->
                    Texts.get("new.published", Texts.percent(claim.accuracy()), claim.source()))
            .orElse(""));
  }

  private void enableButtons() {
    boolean ready = !name.getValue().isBlank() && form.plan().isPresent();
    create.setEnabled(ready);
    start.setEnabled(ready);
  }

  private void create(boolean andStart) {
    form.plan()
        .ifPresent(
            plan -> {
              long id = experiments.create(name.getValue(), plan);
              if (andStart) {
                experiments.start(id);
              }
              getUI().ifPresent(ui -> ui.navigate(ExperimentView.class, id));
            });
  }

  @Override
  public String getPageTitle() {
    return Texts.get("new.title") + " · Digit Lab";
  }
}
