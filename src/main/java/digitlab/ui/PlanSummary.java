package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import digitlab.experiment.SpeedGuide;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import digitlab.train.TrainingPlan;
import java.time.Duration;
import java.util.List;

/**
 * What a plan comes to while it is made: its network as a picture and in words, the sum of its
 * parameters, about how long it will take, and what is wrong with it.
 */
final class PlanSummary extends Div {
  private static final long serialVersionUID = 1;

  /** Looking at an image costs about a third of learning from it. */
  private static final double VALIDATION_COST = 1 / 3.0;

  private final Svg picture = new Svg();
  private final Span sentence = new Span();
  private final Span formula = new Span();
  private final Div speeds = new Div();
  private final Div complaints = new Div();

  PlanSummary() {
    addClassName("network-summary");
    sentence.addClassName("sentence");
    formula.addClassName("formula");
    formula.setId("formula");
    speeds.addClassName("speeds");
    speeds.setId("speeds");
    complaints.addClassName("complaints");
    complaints.getElement().setAttribute("role", "status");
    add(picture, sentence, formula, speeds);
  }

  /** Errors and warnings, which have a place of their own. */
  Component complaints() {
    return complaints;
  }

  void show(NetworkSpec network) {
    picture.setSvg(
        NetworkPicture.svg(network, activation -> Texts.get("activation." + activation)));
    sentence.setText(network.toString());
    formula.setText(
        Texts.get(
            "plan.parameters", network.parameterFormula(), Texts.whole(network.parameterCount())));
  }

  void complain(List<Message> errors, List<Message> warnings) {
    complaints.removeAll();
    errors.forEach(error -> complain("✕ ", error, "error"));
    warnings.forEach(warning -> complain("⚠ ", warning, "warning"));
    if (!errors.isEmpty()) {
      speeds.removeAll();
    }
  }

  private void complain(String symbol, Message message, String kind) {
    Paragraph complaint = new Paragraph(symbol + Texts.get(message));
    complaint.addClassName(kind);
    complaints.add(complaint);
  }

  /**
   * Shows about how long the plan takes.
   *
   * @param images training images, those for validation among them; 0 if that is not known
   */
  void showSpeeds(TrainingPlan plan, int images, List<SpeedGuide.Speed> found) {
    speeds.removeAll();
    double share = 1 - plan.validation() + VALIDATION_COST * plan.validation();
    for (SpeedGuide.Speed speed : found) {
      double seconds = plan.epochs() * images * share / speed.samplesPerSecond();
      String pace = Texts.whole(rounded(speed.samplesPerSecond()));
      String time =
          seconds < 10
              ? Texts.fineDuration(Math.max(0.1, seconds))
              : Texts.duration(Duration.ofSeconds(rounded(seconds)));
      Paragraph line =
          new Paragraph(
              images == 0
                  ? Texts.get("plan.speed.only", speed.engine(), pace)
                  : Texts.get("plan.speed", speed.engine(), time, pace));
      line.setTitle(Texts.get(speed.fromRuns() ? "plan.speed.runs" : "plan.speed.trial"));
      speeds.add(line);
    }
  }

  /** Two digits are all that such an estimate is worth. */
  private static long rounded(double value) {
    double scale = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))) - 1);
    return Math.round(value / scale) * Math.round(Math.max(1, scale));
  }
}
