package digitlab.experiment;

import digitlab.train.Curve;
import digitlab.train.ProbeResult;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run went: loss and accuracy of every step, thinned out for drawing, its epochs, and what
 * probes saw. Thread-safe: the training fills it while views read it.
 */
public final class RunHistory {
  private final Curve loss;
  private final Curve accuracy;
  private final List<EpochRecord> epochs = new ArrayList<>();
  private final List<RateChange> rates = new ArrayList<>();
  private final List<ProbeResult> probes = new ArrayList<>();

  /** Of a run without any steps. */
  public RunHistory() {
    loss = new Curve();
    accuracy = new Curve();
  }

  /** Of a run whose first steps are thinned out already. */
  public RunHistory(Curve.Part loss, Curve.Part accuracy) {
    this.loss = new Curve(loss);
    this.accuracy = new Curve(accuracy);
  }

  public synchronized void addSteps(StepMetrics steps) {
    for (int i = 0; i < steps.losses().length; i++) {
      loss.add(steps.losses()[i]);
      accuracy.add(steps.accuracies()[i]);
    }
  }

  public synchronized void addEpoch(EpochRecord epoch) {
    epochs.add(epoch);
  }

  public synchronized void addRate(RateChange change) {
    rates.add(change);
  }

  /** The learning rates that were set on the way, in order. */
  public synchronized List<RateChange> rates() {
    return List.copyOf(rates);
  }

  /** The loss of the batches; see {@link Curve#missing}. */
  public synchronized Curve.Part loss(int widthThere, int have) {
    return loss.missing(widthThere, have);
  }

  /** The accuracy of the batches; see {@link Curve#missing}. */
  public synchronized Curve.Part accuracy(int widthThere, int have) {
    return accuracy.missing(widthThere, have);
  }

  public synchronized List<EpochRecord> epochs() {
    return List.copyOf(epochs);
  }

  public synchronized void addProbe(ProbeResult probe) {
    probes.add(probe);
  }

  /** All but the first {@code have} looks into the network, the earliest first. */
  public synchronized List<ProbeResult> probes(int have) {
    return List.copyOf(probes.subList(Math.min(have, probes.size()), probes.size()));
  }
}
