package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparisons;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.text.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The plan of an experiment on our engine and on PyTorch's, from the same parameters with the same
 * batches; and the plan as a script for the tools of Python.
 */
@Route(value = "pytorch", layout = LabLayout.class)
@CssImport("./compare.css")
final class PyTorchView extends Div implements HasUrlParameter<Long>, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient ExperimentService experiments;
  private final transient EngineComparisons comparisons;

  @SuppressWarnings("NullAway.Init") // setParameter comes before everything else
  private transient Experiment experiment;

  private final Div back = new Div();
  private final Paragraph name = new Paragraph();
  private final Paragraph note = new Paragraph();
  private final Button start = new Button(Texts.get("pytorch.start"), VaadinIcon.SPLIT_H.create());
  private final Button stop = new Button(Texts.get("action.stop"), VaadinIcon.STOP.create());
  private final ProgressBar bar = new ProgressBar(0, 1);
  private final CompareChart accuracy = new CompareChart(Texts.get("chart.accuracy"), true);
  private final CompareChart loss = new CompareChart(Texts.get("chart.loss"), false);
  private final Div charts = new Div(accuracy, loss);
  private final Section figures = new Section();
  private final Section parameters = new Section();
  private final Section scripts = new Section();

  PyTorchView(LabServices services) {
    experiments = services.experiments();
    comparisons = services.pytorch();
    addClassName("page");
    start.addThemeVariants(ButtonVariant.PRIMARY);
    start.setId("start");
    start.addClickListener(_ -> comparisons.start(experiment.id()));
    stop.setId("stop");
    stop.addClickListener(_ -> comparisons.stop(experiment.id()));
    note.addClassName("note");
    note.setId("note");
    note.getElement().setAttribute("role", "status");
    bar.getElement().setAttribute("aria-label", Texts.get("experiment.progress"));
    charts.addClassName("charts");
    figures.addClassName("card");
    parameters.addClassName("card");
    scripts.addClassName("card");
    Div buttons = new Div(start, stop, new CopyLink());
    buttons.addClassName("buttons");
    Div head = new Div(new H1(Texts.get("pytorch.title")), buttons);
    head.addClassName("head");
    add(
        back,
        head,
        name,
        new Paragraph(Texts.get("pytorch.lead")),
        note,
        bar,
        charts,
        figures,
        parameters,
        scripts);
  }

  @Override
  public void setParameter(BeforeEvent event, Long id) {
    experiment = experiments.find(id).orElseThrow(NotFoundException::new);
    RouterLink link = new RouterLink("← " + experiment.name(), ExperimentView.class, id);
    link.addClassName("back");
    back.removeAll();
    back.add(link);
    name.setText(experiment.plan().network().toString());
    scripts.removeAll();
    scripts.add(new H2(Texts.get("scripts.title")), new ScriptsPanel(experiment));
    show();
  }

  private void show() {
    Message obstacle = comparisons.obstacle();
    Optional<EngineComparisons.State> state = comparisons.find(experiment.id());
    boolean going = state.isPresent() && state.get().going();
    EngineComparison comparison = state.map(EngineComparisons.State::comparison).orElse(null);
    Message remark = state.map(EngineComparisons.State::note).orElse(null);
    String words = obstacle != null ? Texts.get(obstacle) : remark == null ? "" : Texts.get(remark);
    note.setText(words);
    note.setVisible(!words.isEmpty());
    start.setEnabled(obstacle == null && !going);
    stop.setVisible(going);
    bar.setVisible(going);
    charts.setVisible(comparison != null);
    figures.setVisible(comparison != null);
    parameters.setVisible(comparison != null);
    bar.setValue(0);
    if (comparison != null) {
      bar.setValue(Math.min(1, (double) comparison.steps() / comparison.allSteps()));
      show(comparison);
    }
  }

  private void show(EngineComparison comparison) {
    accuracy.show(curves(comparison, PyTorchView::accuracy));
    loss.show(curves(comparison, PyTorchView::loss));
    figures.removeAll();
    figures.add(new H2(Texts.get("compare.figures")), new EngineTable(comparison));
    parameters.removeAll();
    parameters.add(new H2(Texts.get("pytorch.parameters")), new DifferenceTable(comparison));
  }

  /** Of the validation images; of the training images where none are set aside. */
  private static double accuracy(EpochRecord epoch) {
    return Objects.requireNonNullElse(epoch.validationAccuracy(), epoch.trainAccuracy());
  }

  private static double loss(EpochRecord epoch) {
    return Objects.requireNonNullElse(epoch.validationLoss(), epoch.trainLoss());
  }

  private static List<CompareChart.Curve> curves(
      EngineComparison comparison, Function<EpochRecord, Double> value) {
    List<EngineComparison.Side> sides = List.of(comparison.ours(), comparison.theirs());
    return sides.stream()
        .map(
            side ->
                new CompareChart.Curve(
                    side.engine(),
                    sides.indexOf(side),
                    side.epochs().stream().map(value).toList(),
                    List.of()))
        .toList();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Background.onceDetached(
        this,
        experiments.listen(
            id -> {
              if (id == experiment.id()) {
                Background.update(ui, this::show);
              }
            }));
    show();
  }

  @Override
  public String getPageTitle() {
    return Texts.get("pytorch.title") + " · " + experiment.name() + " · Digit Lab";
  }
}
