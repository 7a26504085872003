package digitlab.ui.watch;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.StepWindow;
import digitlab.net.Activation;
import digitlab.net.LayerSpec;
import digitlab.train.Curve;
import digitlab.train.LayerHealth;
import digitlab.train.ProbeResult;
import digitlab.ui.Texts;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the newest run of an experiment goes: diagnosis, loss, accuracy, and what probes see in its
 * layers. Sends each value once; keeps none of them itself.
 */
public final class WatchPanel extends Div {
  private static final long serialVersionUID = 1;

  /** Between these powers of ten an update suits its weights. */
  private static final double HEALTHY_FROM = -3.5;

  private static final double HEALTHY_TO = -2.5;

  private static final Set<Activation> FLATTENING =
      Set.of(Activation.SIGMOID, Activation.TANH, Activation.ELU);

  private final transient ExperimentService experiments;
  private transient @Nullable Experiment experiment;
  private transient RunHistory history = new RunHistory();

  private final DiagnosisPanel diagnosis = new DiagnosisPanel();
  private final LiveChart loss = new LiveChart("chart.loss", false);
  private final LiveChart accuracy = new LiveChart("chart.accuracy", true);
  private final Section inside = new Section();
  private final LayerChart gradients = LayerChart.ofSizes("watch.gradient", LayerHealth::gradient);
  private final LayerChart updates =
      LayerChart.ofSizes("watch.update", LayerHealth::update)
          .withHealthy(HEALTHY_FROM, HEALTHY_TO, "watch.update.healthy");
  private final LayerChart dead = LayerChart.ofShares("watch.dead", LayerHealth::dead);
  private final LayerChart saturated =
      LayerChart.ofShares("watch.saturated", LayerHealth::saturated);
  private final LayerHistograms outputs = new LayerHistograms();

  private long shownRun;
  private boolean wasOver;
  private int shownProbes;
  private boolean atNewestLook = true;

  public WatchPanel(ExperimentService experiments) {
    this.experiments = experiments;
    addClassName("watch");
    loss.onZoom((from, to) -> showFine(loss, StepWindow::loss, from, to));
    accuracy.onZoom((from, to) -> showFine(accuracy, StepWindow::accuracy, from, to));
    outputs.onLook(this::look);
    Div charts = new Div(loss, accuracy);
    charts.addClassName("charts");
    Div layers = new Div(gradients, updates, dead, saturated, outputs);
    layers.addClassName("charts");
    inside.add(
        new H2(Texts.get("watch.layers")), new Paragraph(Texts.get("watch.layers.help")), layers);
    inside.addClassName("layers");
    add(diagnosis, charts, inside);
  }

  /** Shows a run as it is now, sending only what the page does not have yet. */
  public void show(Experiment now, Run run, RunHistory itsHistory) {
    experiment = now;
    history = itsHistory;
    List<LayerSpec> layers = now.plan().network().layers();
    boolean goesOn = wasOver && !run.status().isOver(); // perhaps from some steps before
    wasOver = run.status().isOver();
    if (shownRun != run.id() || goesOn) {
      shownRun = run.id();
      clear(layers);
    }
    double stepsPerEpoch = stepsPerEpoch(now, run);
    loss.add(history.loss(loss.width(), loss.have()), stepsPerEpoch);
    accuracy.add(history.accuracy(accuracy.width(), accuracy.have()), stepsPerEpoch);
    List<EpochRecord> epochs = history.epochs();
    loss.addValidations(
        epochs.stream().map(EpochRecord::validationLoss).filter(Objects::nonNull).toList());
    accuracy.addValidations(
        epochs.stream().map(EpochRecord::validationAccuracy).filter(Objects::nonNull).toList());
    showProbes(layers, stepsPerEpoch);
    diagnosis.setVisible(run.progress().steps() > 0);
    diagnosis.show(experiments.diagnose(now, history), epochs.isEmpty());
  }

  private void clear(List<LayerSpec> layers) {
    loss.clear();
    accuracy.clear();
    for (LayerChart chart : List.of(gradients, updates, dead, saturated)) {
      chart.clear(layers);
    }
    dead.setVisible(layers.stream().anyMatch(layer -> layer.activation() == Activation.RELU));
    saturated.setVisible(
        layers.stream().anyMatch(layer -> FLATTENING.contains(layer.activation())));
    shownProbes = 0;
    atNewestLook = true;
  }

  private void showProbes(List<LayerSpec> layers, double stepsPerEpoch) {
    List<ProbeResult> fresh = history.probes(shownProbes);
    inside.setVisible(shownProbes + fresh.size() > 0);
    if (fresh.isEmpty()) {
      return;
    }
    shownProbes += fresh.size();
    for (LayerChart chart : List.of(gradients, updates, dead, saturated)) {
      chart.add(fresh, stepsPerEpoch);
    }
    outputs.setLooks(shownProbes);
    if (atNewestLook) {
      ProbeResult newest = fresh.getLast();
      outputs.show(shownProbes - 1, newest.step() / stepsPerEpoch, newest, layers);
    }
  }

  /** Goes back to an earlier look, or on to the newest. */
  private void look(int wanted) {
    List<ProbeResult> looks = history.probes(0);
    if (experiment != null && experiment.run() != null && wanted >= 0 && wanted < looks.size()) {
      atNewestLook = wanted == looks.size() - 1;
      ProbeResult seen = looks.get(wanted);
      outputs.show(
          wanted,
          seen.step() / stepsPerEpoch(experiment, experiment.run()),
          seen,
          experiment.plan().network().layers());
    }
  }

  private static double stepsPerEpoch(Experiment experiment, Run run) {
    return Math.max(1.0, (double) run.progress().allSteps() / experiment.plan().epochs());
  }

  /** More detail of a curve where it was zoomed into, if there is more. */
  private void showFine(
      LiveChart chart, Function<StepWindow, Curve.Part> curve, double from, double to) {
    Run run = experiment == null ? null : experiment.run();
    if (experiment == null || run == null || !(from < to)) {
      return;
    }
    double stepsPerEpoch = stepsPerEpoch(experiment, run);
    long first = Math.max(1, (long) (from * stepsPerEpoch));
    long last = Math.min(run.progress().allSteps(), (long) Math.ceil(to * stepsPerEpoch));
    StepWindow window = experiments.steps(experiment, first, last).orElse(null);
    if (window != null && curve.apply(window).width() < chart.width()) {
      Curve.Part part = curve.apply(window);
      double end = (window.firstStep() + part.width() - 1) / stepsPerEpoch;
      chart.showFine(part, end, stepsPerEpoch);
    }
  }
}
