package digitlab.train;

import digitlab.math.Functions;
import digitlab.net.Activation;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.text.Decimals;
import digitlab.text.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a training, in words, with why and what to try. Its limits are rules of thumb
 * that healthy trainings of the presets keep; it judges what was seen and does not guess.
 */
public final class Diagnosis {
  /** A loss that many times the first one has run away. */
  private static final double RUN_AWAY = 2;

  /** Between the gradients of the first layer and of the one where it is largest. */
  private static final double VANISHED = 0.01;

  private static final double EXPLODED = 100;
  private static final double HUGE_GRADIENT = 100;

  /** Of a layer's neurons, or of its outputs. */
  private static final double TOO_MANY = 0.5;

  /** Who reads so many of its training images needs no advice on gradients. */
  private static final double LEARNED = 0.9;

  private static final double OVERFITTED = 1.15;
  private static final int EPOCHS_SINCE_BEST = 2;
  private static final double UNMOVED = 0.95;
  private static final double STILL_FALLING = 0.97;
  private static final double FLAT = 0.99;
  private static final double TINY_UPDATE = 3e-5;

  private final Course course;
  private final NetworkSpec network;
  private final List<Finding> findings = new ArrayList<>();

  private Diagnosis(Course course) {
    this.course = course;
    network = course.plan().network();
  }

  /** The gravest finding first; empty if nothing stands out. */
  public static List<Finding> of(Course course) {
    Diagnosis diagnosis = new Diagnosis(course);
    diagnosis.numbers();
    diagnosis.gradients();
    diagnosis.neurons();
    diagnosis.epochs();
    return List.copyOf(diagnosis.findings);
  }

  private void add(Finding.Kind kind, String key, Message what, Message remedy) {
    findings.add(new Finding(kind, what, Message.of("diagnosis." + key + ".why"), remedy));
  }

  private @Nullable ProbeResult lastProbe() {
    return course.probes().isEmpty() ? null : course.probes().getLast();
  }

  private boolean found(Finding.Kind kind) {
    for (Finding finding : findings) {
      if (finding.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** "2 (16 relu)", from 1. */
  private String layer(int index) {
    LayerSpec layer = network.layers().get(index);
    return (index + 1) + " (" + layer.neurons() + " " + layer.activation() + ")";
  }

  private Message lowerRate() {
    double rate = course.plan().rate();
    return Message.of("diagnosis.rate.try", Decimals.format(rate), rounded(rate / 10));
  }

  /** Whether there are numbers at all, and of a sensible size. */
  private void numbers() {
    ProbeResult last = lastProbe();
    if (course.outcome() == Outcome.DIVERGED) {
      int broken = last == null ? -1 : last.firstBroken();
      Message what =
          broken < 0
              ? Message.of("diagnosis.nan", course.steps())
              : Message.of("diagnosis.nan.layer", course.steps(), layer(broken));
      add(Finding.Kind.NOT_A_NUMBER, "nan", what, lowerRate());
    } else if (last != null && last.loss() > RUN_AWAY * course.probes().getFirst().loss()) {
      Message what =
          Message.of(
              "diagnosis.diverged",
              rounded(course.probes().getFirst().loss()),
              rounded(last.loss()));
      add(Finding.Kind.DIVERGED, "diverged", what, lowerRate());
    }
  }

  private void gradients() {
    ProbeResult last = lastProbe();
    if (last == null || network.layers().size() < 3 || last.accuracy() > LEARNED) {
      return;
    }
    double first = last.layers().getFirst().gradient();
    double output = last.layers().getLast().gradient();
    double largest = 0;
    for (LayerHealth layer : last.layers()) {
      largest = layer.gradient() > largest ? layer.gradient() : largest;
    }
    if (first > EXPLODED * output || largest > HUGE_GRADIENT) {
      Message what = Message.of("diagnosis.exploding", rounded(first), rounded(output));
      add(
          Finding.Kind.EXPLODING_GRADIENT,
          "exploding",
          what,
          Message.of("diagnosis.exploding.try"));
    } else if (first < VANISHED * largest) {
      double each = Functions.exp(Functions.log(first / largest) / (network.layers().size() - 1));
      Message what =
          Message.of(
              "diagnosis.vanishing",
              rounded(first),
              rounded(largest),
              rounded(first > 0 ? each : 0));
      String remedy = squashes() ? "diagnosis.vanishing.try" : "diagnosis.vanishing.weights.try";
      add(Finding.Kind.VANISHING_GRADIENT, "vanishing", what, Message.of(remedy));
    }
  }

  private boolean squashes() {
    Activation hidden = network.layers().getFirst().activation();
    return hidden == Activation.SIGMOID || hidden == Activation.TANH;
  }

  /** Those of the hidden layers: at the output a flat slope means that the network is sure. */
  private void neurons() {
    ProbeResult last = lastProbe();
    int dead = -1;
    int saturated = -1;
    for (int l = 0; last != null && l < last.layers().size() - 1; l++) {
      LayerHealth layer = last.layers().get(l);
      if (layer.dead() >= TOO_MANY && (dead < 0 || layer.dead() > last.layers().get(dead).dead())) {
        dead = l;
      }
      if (layer.saturated() >= TOO_MANY
          && (saturated < 0 || layer.saturated() > last.layers().get(saturated).saturated())) {
        saturated = l;
      }
    }
    if (last != null && dead >= 0) {
      int all = network.layers().get(dead).neurons();
      long silent = (long) (last.layers().get(dead).dead() * all + 0.5);
      Message what = Message.of("diagnosis.dead", layer(dead), silent, all);
      add(Finding.Kind.DEAD_NEURONS, "dead", what, Message.of("diagnosis.dead.try"));
    }
    if (last != null && saturated >= 0) {
      long percent = (long) (100 * last.layers().get(saturated).saturated() + 0.5);
      Message what = Message.of("diagnosis.saturated", layer(saturated), percent);
      add(Finding.Kind.SATURATED_NEURONS, "saturated", what, Message.of("diagnosis.saturated.try"));
    }
  }

  private void epochs() {
    List<Course.Epoch> epochs = course.epochs();
    if (epochs.isEmpty() || found(Finding.Kind.NOT_A_NUMBER) || found(Finding.Kind.DIVERGED)) {
      return;
    }
    overfitting(epochs);
    if (isStuck(epochs.getLast())) {
      ProbeResult last = lastProbe();
      double update = last == null ? Double.NaN : largestUpdate();
      Message what =
          Message.of("diagnosis.stuck", epochs.size(), rounded(epochs.getLast().trainLoss()));
      boolean tiny = update < TINY_UPDATE;
      add(
          Finding.Kind.STUCK,
          tiny ? "stuck.small" : "stuck",
          what,
          tiny
              ? Message.of(
                  "diagnosis.stuck.small.try",
                  Decimals.format(course.plan().rate()),
                  rounded(10 * course.plan().rate()))
              : Message.of("diagnosis.stuck.try"));
    } else if (course.outcome() == Outcome.EPOCHS_DONE && !found(Finding.Kind.OVERFITTING)) {
      ended(epochs);
    }
  }

  private void overfitting(List<Course.Epoch> epochs) {
    int best = 0;
    for (int e = 1; e < epochs.size(); e++) {
      best = epochs.get(e).watchedLoss() < epochs.get(best).watchedLoss() ? e : best;
    }
    Course.Epoch last = epochs.getLast();
    if (last.validationLoss() != null
        && epochs.size() - 1 - best >= EPOCHS_SINCE_BEST
        && last.watchedLoss() > OVERFITTED * epochs.get(best).watchedLoss()
        && last.trainLoss() < epochs.get(best).trainLoss()) {
      Message what =
          Message.of(
              "diagnosis.overfitting",
              best + 1,
              rounded(epochs.get(best).watchedLoss()),
              rounded(last.watchedLoss()));
      Message remedy = Message.of("diagnosis.overfitting.try", best + 1);
      add(Finding.Kind.OVERFITTING, "overfitting", what, remedy);
    }
  }

  private boolean isStuck(Course.Epoch last) {
    double guessing = 2.0 / network.outputs();
    double start =
        course.probes().isEmpty() ? Double.POSITIVE_INFINITY : course.probes().getFirst().loss();
    return last.trainAccuracy() < guessing || last.trainLoss() > UNMOVED * start;
  }

  private double largestUpdate() {
    for (int p = course.probes().size() - 1; p >= 0; p--) {
      double largest = Double.NaN;
      for (LayerHealth layer : course.probes().get(p).layers()) {
        largest = layer.update() > largest || Double.isNaN(largest) ? layer.update() : largest;
      }
      if (!Double.isNaN(largest)) {
        return largest;
      }
    }
    return Double.NaN;
  }

  private void ended(List<Course.Epoch> epochs) {
    Course.Epoch last = epochs.getLast();
    double before =
        epochs.size() > 1 ? epochs.get(epochs.size() - 2).watchedLoss() : Double.POSITIVE_INFINITY;
    if (last.watchedLoss() < STILL_FALLING * before && last.trainAccuracy() < STILL_FALLING) {
      Message what =
          epochs.size() == 1
              ? Message.of("diagnosis.unfinished.one")
              : Message.of("diagnosis.unfinished", rounded(before), rounded(last.watchedLoss()));
      Message remedy = Message.of("diagnosis.unfinished.try", 2 * course.plan().epochs());
      add(Finding.Kind.UNFINISHED, "unfinished", what, remedy);
    } else if (epochs.size() > 2
        && last.watchedLoss() > FLAT * before
        && last.trainAccuracy() < LEARNED) {
      long percent = (long) (100 * last.trainAccuracy() + 0.5);
      add(
          Finding.Kind.TOO_SMALL,
          "small",
          Message.of("diagnosis.small", percent),
          Message.of("diagnosis.small.try"));
    }
  }

  /** With three digits. */
  private static String rounded(double value) {
    return Decimals.rounded(value, 3);
  }
}
