package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All experiments, the newest first, each as it stands this moment. */
@Route(value = "", layout = LabLayout.class)
final class ExperimentsView extends Div implements HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private static final String TELL_WIDTH =
      """
      const narrow = matchMedia('(max-width: 42rem)');
      const tell = () => this.isConnected && this.$server.showNarrow(narrow.matches);
      narrow.addEventListener('change', tell);
      tell();
      """;

  private final transient ExperimentService experiments;
  private final Grid<Experiment> grid = new Grid<>();
  private final Div empty = new Div();
  private transient List<Experiment> shown = new ArrayList<>();
  private transient @Nullable Runnable stopListening;

  ExperimentsView(LabServices services) {
    experiments = services.experiments();
    addClassName("page");
    Button create = new Button(Texts.get("experiments.new"), VaadinIcon.PLUS.create());
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.setId("new");
    create.addClickListener(_ -> getUI().ifPresent(ui -> ui.navigate(NewExperimentView.class)));
    Div head = new Div(new H1(Texts.get("experiments.title")), create);
    head.addClassName("head");
    empty.addClassName("empty");
    empty.add(new Paragraph(Texts.get("experiments.none")));
    buildGrid();
    add(head, grid, empty);
    refresh();
  }

  private void buildGrid() {
    grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.ROW_STRIPES);
    grid.setAllRowsVisible(true);
    column(
            grid.addComponentColumn(ExperimentsView::name),
            "name",
            Comparator.comparing(Experiment::name))
        .setAutoWidth(false)
        .setWidth("8rem")
        .setFlexGrow(1);
    column(
        grid.addComponentColumn(experiment -> new StatusBadge(experiment.run())),
        "status",
        Comparator.comparing(experiment -> status(experiment.run())));
    column(
        grid.addColumn(experiment -> accuracy(experiment.run())),
        "accuracy",
        Comparator.comparing(experiment -> accuracyValue(experiment.run())));
    column(
        grid.addColumn(experiment -> duration(experiment.run())),
        "duration",
        Comparator.comparing(experiment -> seconds(experiment.run())));
    column(
        grid.addColumn(experiment -> Texts.moment(experiment.created())),
        "created",
        Comparator.comparing(Experiment::created));
    grid.addComponentColumn(this::actions).setKey("actions").setFlexGrow(0).setAutoWidth(true);
  }

  private static Grid.Column<Experiment> column(
      Grid.Column<Experiment> column, String key, Comparator<Experiment> order) {
    return column
        .setHeader(Texts.get("experiments." + key))
        .setKey(key)
        .setComparator(order)
        .setFlexGrow(0)
        .setAutoWidth(true);
  }

  /** Where there is little room the experiment's own page has the rest. */
  @ClientCallable
  void showNarrow(boolean narrow) {
    for (String key : List.of("status", "duration", "created", "actions")) {
      grid.getColumnByKey(key).setVisible(!narrow);
    }
  }

  private static Component name(Experiment experiment) {
    RouterLink link = new RouterLink(experiment.name(), ExperimentView.class, experiment.id());
    Span network = new Span(experiment.plan().network().toString());
    network.addClassName("network");
    // hidden by the style sheet where the column of the state has room
    StatusBadge status = new StatusBadge(experiment.run());
    Div cell = new Div(link, network, status);
    cell.addClassName("name");
    return cell;
  }

  private static String status(@Nullable Run run) {
    return run == null ? "" : run.status().name();
  }

  private static double accuracyValue(@Nullable Run run) {
    return run == null || run.result() == null ? -1 : run.result().accuracy();
  }

  private static String accuracy(@Nullable Run run) {
    return run == null || run.result() == null ? "–" : Texts.percent(run.result().accuracy());
  }

  private static long seconds(@Nullable Run run) {
    return run == null ? -1 : run.duration(Instant.now()).toSeconds();
  }

  private static String duration(@Nullable Run run) {
    return run == null || run.started() == null ? "–" : Texts.duration(run.duration(Instant.now()));
  }

  private Component actions(Experiment experiment) {
    Run run = experiment.run();
    boolean going = run != null && !run.status().isOver();
    Button startOrStop =
        going
            ? action(
                VaadinIcon.STOP, "action.stop", experiment, () -> experiments.stop(experiment.id()))
            : action(
                VaadinIcon.PLAY,
                "action.start",
                experiment,
                () -> experiments.start(experiment.id()));
    Button delete =
        action(
            VaadinIcon.TRASH,
            "action.delete",
            experiment,
            () -> Deletion.delete(experiments, experiment, () -> {}));
    Span actions = new Span(startOrStop, delete);
    actions.addClassName("actions");
    return actions;
  }

  private static Button action(
      VaadinIcon icon, String key, Experiment experiment, Runnable action) {
    Button button = new Button(icon.create());
    button.addThemeVariants(ButtonVariant.TERTIARY);
    button.setAriaLabel(Texts.get(key) + ": " + experiment.name());
    button.setTooltipText(Texts.get(key));
    button.addClickListener(_ -> action.run());
    return button;
  }

  /** Shows all experiments anew. */
  private void refresh() {
    shown = new ArrayList<>(experiments.list());
    grid.setItems(shown).setIdentifierProvider(Experiment::id);
    grid.setVisible(!shown.isEmpty());
    empty.setVisible(shown.isEmpty());
  }

  /** Shows one experiment anew: trainings change several times a second. */
  private void refresh(long id) {
    Experiment now = experiments.find(id).orElse(null);
    for (int i = 0; i < shown.size(); i++) {
      if (now != null && shown.get(i).id() == id) {
        shown.set(i, now);
        grid.getListDataView().refreshItem(now);
        return;
      }
    }
    refresh(); // it came or went
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    stopListening = experiments.listen(id -> Background.update(ui, () -> refresh(id)));
    refresh();
    getElement().executeJs(TELL_WIDTH);
  }

  @Override
  protected void onDetach(DetachEvent event) {
    if (stopListening != null) {
      stopListening.run();
    }
  }

  @Override
  public String getPageTitle() {
    return Texts.get("experiments.title") + " · Digit Lab";
  }
}
