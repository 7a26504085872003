package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.sweep.Axis;
import digitlab.sweep.Sweep;
import digitlab.sweep.SweepField;
import digitlab.sweep.SweepService;
import digitlab.text.Decimals;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One sweep: its runs in a table and over parallel axes, as they stand this moment. */
@Route(value = "sweeps", layout = LabLayout.class)
final class SweepView extends Div implements HasUrlParameter<Long>, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private static final long REFRESH_MILLIS = 1000;

  private final transient SweepService sweeps;
  private final transient LabServices services;

  @SuppressWarnings("NullAway.Init") // setParameter comes before everything else
  private transient Sweep sweep;

  private transient List<SweepService.Member> members = new ArrayList<>();
  private final H1 name = new H1();
  private final Paragraph state = new Paragraph();
  private final Paragraph best = new Paragraph();
  private final Button play;
  private final Button pause;
  private final Button stop;
  private final ParallelCoordinates picture = new ParallelCoordinates();
  private final Grid<SweepService.Member> grid = new Grid<>();

  SweepView(LabServices services) {
    this.services = services;
    sweeps = services.sweeps();
    addClassName("page");
    RouterLink back = new RouterLink("← " + Texts.get("sweeps.title"), SweepsView.class);
    back.addClassName("back");
    state.setId("sweep-state");
    state.addClassName("pace");
    state.getElement().setAttribute("role", "status");
    best.setId("sweep-best");
    play = button("sweep.play", VaadinIcon.PLAY, () -> sweeps.play(sweep.id()));
    play.addThemeVariants(ButtonVariant.PRIMARY);
    pause = button("sweep.pause", VaadinIcon.PAUSE, () -> sweeps.pause(sweep.id()));
    stop = button("sweep.stop", VaadinIcon.STOP, () -> sweeps.stop(sweep.id()));
    Div buttons = new Div(play, pause, stop);
    buttons.addClassName("buttons");
    picture.addOpenListener(event -> open(event.id()));
    grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.ROW_STRIPES);
    grid.setAllRowsVisible(true);
    grid.setId("sweep-runs");
    add(back, name, buttons, state, best, picture, grid);
  }

  private static Button button(String key, VaadinIcon icon, Runnable action) {
    Button button = new Button(Texts.get(key), icon.create());
    button.setId(key.replace('.', '-'));
    button.addClickListener(_ -> action.run());
    return button;
  }

  private void open(long experiment) {
    getUI().ifPresent(ui -> ui.navigate(ExperimentView.class, experiment));
  }

  @Override
  public void setParameter(BeforeEvent event, Long id) {
    sweep = sweeps.find(id).orElseThrow(NotFoundException::new);
    name.setText(sweep.name());
    buildColumns();
    refresh();
  }

  private void buildColumns() {
    grid.removeAllColumns();
    // first, so that a phone shows it without scrolling
    figure("validation", "sweep.validation", SweepService.Member::bestValidation);
    for (String field : sweep.space().fields()) {
      grid.addColumn(member -> SweepField.value(member.experiment().plan(), field))
          .setHeader(SweepForm.label(field))
          .setKey(field)
          .setComparator(order(field))
          .setAutoWidth(true);
    }
    grid.addComponentColumn(member -> new StatusBadge(member.experiment().run()))
        .setHeader(Texts.get("experiments.status"))
        .setKey("status")
        .setComparator(Comparator.comparing(member -> status(member.experiment())))
        .setAutoWidth(true);
    grid.addColumn(
            member -> member.sealed() ? Texts.get("experiments.sealed") : share(accuracy(member)))
        .setHeader(Texts.get("experiments.accuracy"))
        .setKey("accuracy")
        .setComparator(Comparator.comparingDouble(SweepView::accuracy))
        .setAutoWidth(true);
    grid.addColumn(member -> duration(member.experiment().run()))
        .setHeader(Texts.get("experiments.duration"))
        .setKey("duration")
        .setComparator(
            Comparator.comparingDouble(
                member -> {
                  Run run = member.experiment().run();
                  return run == null ? -1 : run.progress().seconds();
                }))
        .setAutoWidth(true);
    grid.addComponentColumn(
            member ->
                new RouterLink(
                    Texts.get("sweep.open"), ExperimentView.class, member.experiment().id()))
        .setKey("open")
        .setAutoWidth(true);
  }

  private void figure(String key, String header, ToDoubleFunction<SweepService.Member> value) {
    grid.addColumn(member -> share(value.applyAsDouble(member)))
        .setHeader(Texts.get(header))
        .setKey(key)
        .setComparator(Comparator.comparingDouble(value))
        .setAutoWidth(true);
  }

  /** Numbers by size, words by the alphabet. */
  private static Comparator<SweepService.Member> order(String field) {
    return SweepField.isNumber(field)
        ? Comparator.comparingDouble(
            member -> number(SweepField.value(member.experiment().plan(), field)))
        : Comparator.comparing(member -> SweepField.value(member.experiment().plan(), field));
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NEGATIVE_INFINITY : Decimals.parse(text, "value");
  }

  private static String share(double value) {
    return value < 0 ? "–" : Texts.percent(value);
  }

  private static String status(Experiment experiment) {
    Run run = experiment.run();
    return run == null ? "" : run.status().name();
  }

  /** Negative if there is none, or if nobody may know it yet. */
  private static double accuracy(SweepService.Member member) {
    Run run = member.experiment().run();
    return run == null || run.result() == null || member.sealed() ? -1 : run.result().accuracy();
  }

  private static String duration(@Nullable Run run) {
    return run == null || run.started() == null ? "–" : Texts.duration(run.duration(Instant.now()));
  }

  /** Shows everything anew. */
  private void refresh() {
    members = sweeps.members(sweep.id());
    grid.setItems(members).setIdentifierProvider(member -> member.experiment().id());
    state.setText(
        Texts.get(
            "sweep.state",
            count(RunStatus.DONE),
            members.size(),
            count(RunStatus.RUNNING),
            count(RunStatus.QUEUED)));
    long going = count(RunStatus.RUNNING) + count(RunStatus.QUEUED);
    long waiting = members.size() - going - count(RunStatus.DONE) - count(RunStatus.FAILED);
    play.setEnabled(waiting > 0);
    pause.setEnabled(going > 0);
    stop.setEnabled(going + count(RunStatus.PAUSED) > 0);
    showBest();
    showPicture();
  }

  private long count(RunStatus status) {
    return members.stream()
        .map(member -> member.experiment().run())
        .filter(run -> run != null && run.status() == status)
        .count();
  }

  /** The point whose mean over the seeds is best on the validation images. */
  private void showBest() {
    Map<TrainingPlan, List<SweepService.Member>> points = new LinkedHashMap<>();
    members.stream()
        .filter(member -> member.bestValidation() >= 0)
        .forEach(
            member -> points.computeIfAbsent(point(member), _ -> new ArrayList<>()).add(member));
    best.setText(
        points.values().stream()
            .max(Comparator.comparingDouble(SweepView::mean))
            .map(this::words)
            .orElse(""));
    best.setVisible(!best.getText().isEmpty());
  }

  private TrainingPlan point(SweepService.Member member) {
    TrainingPlan plan = member.experiment().plan();
    return sweep.space().seeds() > 1 ? plan.with("seed", sweep.plan().seed()) : plan;
  }

  private static double mean(List<SweepService.Member> runs) {
    return runs.stream().mapToDouble(SweepService.Member::bestValidation).average().orElse(-1);
  }

  private String words(List<SweepService.Member> runs) {
    StringBuilder where = new StringBuilder();
    for (String field : sweep.space().fields()) {
      if (!field.equals("seed") || sweep.space().seeds() == 1) {
        where
            .append(where.isEmpty() ? "" : ", ")
            .append(SweepForm.label(field))
            .append(' ')
            .append(SweepField.value(runs.getFirst().experiment().plan(), field));
      }
    }
    String figure = Texts.percent(mean(runs));
    if (runs.size() == 1) {
      return Texts.get("sweep.best", where, figure);
    }
    double mean = mean(runs);
    double squares =
        runs.stream().mapToDouble(run -> Math.pow(run.bestValidation() - mean, 2)).sum();
    double deviation = Math.sqrt(squares / (runs.size() - 1));
    return Texts.get("sweep.best.seeds", where, figure, Texts.percent(deviation), runs.size());
  }

  private void showPicture() {
    List<ParallelCoordinates.Axis> axes = new ArrayList<>();
    List<String> fields = sweep.space().fields();
    for (String field : fields) {
      axes.add(new ParallelCoordinates.Axis(SweepForm.label(field), scale(field), false));
    }
    axes.add(new ParallelCoordinates.Axis(Texts.get("sweep.validation"), "linear", true));
    picture.show(axes, members.stream().map(member -> line(member, fields)).toList());
  }

  private String scale(String field) {
    if (!SweepField.isNumber(field)) {
      return "names";
    }
    return sweep.space().axes().stream()
            .filter(axis -> axis.field().equals(field))
            .anyMatch(axis -> axis instanceof Axis.Range range ? range.logarithmic() : isWide(axis))
        ? "log"
        : "linear";
  }

  /** Whether listed numbers lie so far apart that only a logarithmic scale tells them apart. */
  private static boolean isWide(Axis axis) {
    double[] numbers = axis.values().stream().mapToDouble(SweepView::number).sorted().toArray();
    return numbers[0] > 0 && numbers[numbers.length - 1] / numbers[0] >= 10;
  }

  private static ParallelCoordinates.Line line(SweepService.Member member, List<String> fields) {
    @Nullable String[] values = new @Nullable String[fields.size() + 1];
    for (int i = 0; i < fields.size(); i++) {
      values[i] = SweepField.value(member.experiment().plan(), fields.get(i));
    }
    double result = member.bestValidation();
    values[fields.size()] = result < 0 ? null : Double.toString(result);
    return new ParallelCoordinates.Line(
        member.experiment().id(), member.experiment().name(), Arrays.asList(values));
  }

  /** Runs change several times a second, all of them together: once a second is enough here. */
  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    AtomicBoolean waiting = new AtomicBoolean();
    Background.onceDetached(
        this,
        services
            .experiments()
            .listen(
                id -> {
                  boolean ours =
                      members.stream().anyMatch(member -> member.experiment().id() == id);
                  if (ours && waiting.compareAndSet(false, true)) {
                    Background.later(
                        ui,
                        REFRESH_MILLIS,
                        () -> {
                          waiting.set(false);
                          refresh();
                        });
                  }
                }));
    refresh();
  }

  @Override
  public String getPageTitle() {
    return sweep.name() + " · Digit Lab";
  }
}
