package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Challenge;
import digitlab.experiment.ChallengeStore;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.RateChange;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.text.Message;
import digitlab.ui.inside.InsideView;
import digitlab.ui.watch.WatchPanel;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One experiment: how its newest run goes, what came of it, and its network to draw with. */
@Route(value = "experiments", layout = LabLayout.class)
public final class ExperimentView extends Div implements HasUrlParameter<Long>, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient ExperimentService experiments;
  private final transient ChallengeStore challenges;

  @SuppressWarnings("NullAway.Init") // setParameter comes before everything else
  private transient Experiment experiment;

  private transient RunHistory history = new RunHistory();
  private Shown shown = new Shown(0, false, false);

  private final ExperimentTitle title;
  private final Transport transport = new Transport(this::drive, this::setRate);
  private final Button copy = new Button(Texts.get("action.copy"), VaadinIcon.COPY_O.create());
  private final Button delete = new Button(Texts.get("action.delete"), VaadinIcon.TRASH.create());
  private final Anchor tryIt = new Anchor();
  private final Button inside = new Button(Texts.get("action.inside"), VaadinIcon.SEARCH.create());
  private final ProgressBar bar = new ProgressBar(0, 1);
  private final Paragraph pace = new Paragraph();
  private final Paragraph beside = new Paragraph();
  private final Paragraph note = new Paragraph();
  private final WatchPanel watch;
  private final Section result = new Section();
  private final Section setup = new Section();
  private final Section pad = new Section();
  private final Div details = new Div();
  private final Div handOver = new Div();

  ExperimentView(LabServices services) {
    experiments = services.experiments();
    challenges = services.challenges();
    title = new ExperimentTitle(services.catalogue());
    watch = new WatchPanel(experiments);
    addClassName("page");
    copy.addThemeVariants(ButtonVariant.TERTIARY);
    copy.addClickListener(_ -> copy());
    delete.addThemeVariants(ButtonVariant.TERTIARY);
    delete.setId("delete");
    delete.addClickListener(_ -> delete());
    inside.setId("look-inside");
    inside.addClickListener(
        _ -> getUI().ifPresent(ui -> ui.navigate(InsideView.class, experiment.id())));
    tryIt.setText(Texts.get("action.try"));
    tryIt.setRouterIgnore(true);
    tryIt.addClassName("try-it");
    tryIt.setId("try-it");
    Div buttons = new Div(tryIt, inside, copy, title.archive(), delete);
    buttons.addClassName("buttons");
    RouterLink back = new RouterLink("← " + Texts.get("experiments.title"), ExperimentsView.class);
    back.addClassName("back");
    note.addClassName("note");
    note.getElement().setAttribute("role", "status");
    pace.addClassName("pace");
    beside.addClassName("pace");
    beside.setId("beside");
    beside.setVisible(false);
    bar.getElement().setAttribute("aria-label", Texts.get("experiment.progress"));
    details.add(result, setup);
    details.addClassName("details");
    pad.addClassName("card");
    result.addClassName("card");
    setup.addClassName("card");
    add(back, title, transport, buttons, note, bar, pace, beside, watch, details, pad, handOver);
  }

  @Override
  public void setParameter(BeforeEvent event, Long id) {
    experiment = experiments.find(id).orElseThrow(NotFoundException::new);
    title.show(id);
    if (isAttached()) { // else onAttach does it
      refresh(id);
    }
  }

  private void drive(Transport.Action action) {
    long id = experiment.id();
    switch (action) {
      case RESET -> experiments.reset(id);
      case PLAY -> experiments.play(id);
      case PAUSE -> experiments.pause(id);
      case STEP -> experiments.step(id);
      case EPOCH -> experiments.stepEpoch(id);
      case STOP -> experiments.stop(id);
    }
  }

  private void setRate(double rate) {
    experiments.setRate(experiment.id(), rate);
  }

  private void showTransport() {
    Run run = experiment.run();
    List<RateChange> rates = history.rates();
    transport.show(
        run,
        experiment.plan().epochs(),
        rates.isEmpty() ? experiment.plan().rate() : rates.getLast().rate(),
        run == null ? 0 : experiments.queuePosition(run),
        run == null ? OptionalLong.empty() : experiments.checkpoint(run));
  }

  private void copy() {
    QueryParameters from = QueryParameters.simple(Map.of("from", Long.toString(experiment.id())));
    getUI().ifPresent(ui -> ui.navigate(NewExperimentView.class, from));
  }

  private void delete() {
    UI ui = UI.getCurrent();
    Deletion.delete(
        experiments, experiment, () -> ui.navigate(ExperimentView.class, experiment.id()));
    ui.navigate(ExperimentsView.class);
  }

  /** Shows the experiment as it is now, sending only what has changed. */
  private void show() {
    Run run = experiment.run();
    boolean going = run != null && !run.status().isOver();
    title.showStatus(run);
    showTransport();
    Message remark = run == null ? null : run.note();
    note.setText(remark == null ? "" : Texts.get(remark));
    note.setVisible(remark != null);
    bar.setVisible(going);
    pace.setVisible(run != null && run.progress().steps() > 0);
    if (run != null) {
      showProgress(run);
      watch.show(experiment, run, history);
    }
    // a network that was trained elsewhere has no history
    watch.setVisible(run != null && run.setup() != null);
    Shown now = Shown.of(run);
    if (run == null || !now.equals(shown)) {
      shown = now;
      showResult(run);
      showSetup(run);
    }
  }

  /** What result and setup depend on: they change seldom, the rest several times a second. */
  private record Shown(long run, boolean over, boolean setup) implements Serializable {
    static Shown of(@Nullable Run run) {
      return run == null
          ? new Shown(0, false, false)
          : new Shown(run.id(), run.status().isOver(), run.setup() != null);
    }
  }

  private void showProgress(Run run) {
    Run.Progress progress = run.progress();
    bar.setValue(progress.share());
    bar.setIndeterminate(progress.allSteps() == 0);
    int epoch = Math.min(progress.epochs() + 1, experiment.plan().epochs());
    String left = Texts.duration(Duration.ofMillis((long) (1000 * progress.secondsLeft())));
    String spent = Texts.duration(Duration.ofMillis((long) (1000 * progress.seconds())));
    String speed = Texts.whole(Math.round(progress.samplesPerSecond()));
    pace.setText(
        run.status().isOver()
            ? Texts.get(
                "experiment.pace.over", progress.epochs(), experiment.plan().epochs(), spent, speed)
            : Texts.get("experiment.pace", epoch, experiment.plan().epochs(), speed, spent, left));
    showOthers(run);
  }

  private void showOthers(Run run) {
    Run.Setup used = run.setup();
    int others = run.status() == RunStatus.RUNNING ? experiments.beside(run) : 0;
    beside.setVisible(used != null && others > 0);
    if (used != null && others > 0) {
      beside.setText(Texts.get("experiment.beside", Texts.get(used.engineDescription()), others));
    }
  }

  private void showResult(@Nullable Run run) {
    result.removeAll();
    pad.removeAll();
    handOver.removeAll();
    if (run != null && run.status().isOver()) {
      HandOver files = new HandOver(experiments, experiment, run);
      files.addClassName("card");
      handOver.add(files);
    }
    Run.TestResult test = run == null ? null : run.result();
    String model = run == null ? null : run.model();
    result.setVisible(model != null);
    placeDetails(model != null);
    pad.setVisible(model != null);
    tryIt.setVisible(model != null);
    inside.setVisible(model != null);
    if (test != null) {
      Span figure = new Span(Texts.percent(test.accuracy()));
      figure.addClassName("figure");
      figure.setId("test-accuracy");
      result.add(
          new H2(Texts.get("result.title")),
          figure,
          new Paragraph(
              Texts.get(
                  "result.words",
                  Texts.whole(test.confusion().correct()),
                  Texts.whole(test.confusion().total()),
                  Texts.decimal(test.loss(), 4))),
          new ConfusionTable(test.confusion(), this::lookInside));
    }
    if (model != null && test == null) {
      result.add(new H2(Texts.get("result.title")), new Paragraph(Texts.get("result.sealed")));
      challenges.hiding(experiment.id()).ifPresent(challenge -> result.add(link(challenge)));
    }
    if (model != null) {
      tryIt.setHref("/?model=" + model);
      Checkbox offer = new Checkbox(Texts.get("pad.offer"), experiments.isPublished(model));
      offer.setId("publish");
      offer.addValueChangeListener(event -> experiments.publish(model, event.getValue()));
      pad.add(new H2(Texts.get("experiment.pad")), new DigitPad(model), offer);
    }
  }

  private static RouterLink link(Challenge challenge) {
    RouterLink link = new RouterLink(challenge.name(), ChallengeView.class);
    link.setQueryParameters(QueryParameters.simple(Map.of("id", Long.toString(challenge.id()))));
    link.setId("hiding-challenge");
    return link;
  }

  /** What came of a run stands first; until something has come of it, how it goes. */
  private void placeDetails(boolean first) {
    if (first != indexOf(details) < indexOf(watch)) {
      remove(details);
      addComponentAtIndex(first ? indexOf(watch) : indexOf(watch) + 1, details);
    }
  }

  private void lookInside(int shown, int said) {
    QueryParameters cell =
        QueryParameters.simple(
            Map.of("shown", Integer.toString(shown), "said", Integer.toString(said)));
    getUI().ifPresent(ui -> ui.navigate(InsideView.class, experiment.id(), cell));
  }

  private void showSetup(@Nullable Run run) {
    setup.removeAll();
    setup.add(new H2(Texts.get("experiment.setup")));
    Run.Setup used = run == null ? null : run.setup();
    if (used != null) {
      setup.add(
          new Paragraph(
              Texts.get(
                  "experiment.engine",
                  used.engine(),
                  Texts.get(used.engineDescription()),
                  Texts.get(used.engineWhy()))),
          new Paragraph(Texts.get("experiment.data", Texts.get(used.data()))));
    }
    setup.add(new PlanTable(experiment.plan()));
  }

  private void refresh(long id) {
    if (id == experiment.id()) {
      experiments
          .find(id)
          .ifPresent(
              now -> {
                experiment = now;
                history = experiments.history(now);
                show();
              });
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Runnable noMoreRuns = experiments.listen(id -> Background.update(ui, () -> refresh(id)));
    Runnable noMoreQueue =
        experiments.listenToQueue(() -> Background.update(ui, this::showTransport));
    Background.onceDetached(
        this,
        () -> {
          noMoreRuns.run();
          noMoreQueue.run();
        });
    refresh(experiment.id());
  }

  @Override
  public String getPageTitle() {
    return experiment.name() + " · Digit Lab";
  }
}
