package digitlab.ui.watch;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.dom.DomEvent;
import digitlab.train.Curve;
import digitlab.ui.Texts;
import java.io.Serializable;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A chart of one quantity by epoch: the batches' mean with the range from least to most, and the
 * validation's values. Where one zooms in it asks for more detail. The browser's side is {@code
 * frontend/src/live-chart.ts}.
 */
@Tag("live-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./live-chart.ts")
final class LiveChart extends Component {
  private static final long serialVersionUID = 1;

  /** Is asked for the detail of a span, in epochs. */
  interface ZoomListener extends Serializable {
    void onZoom(double from, double to);
  }

  private int width;
  private int have;
  private int validations;

  /**
   * @param title a key of the message files
   * @param percent whether values are shares of 1
   */
  LiveChart(String title, boolean percent) {
    Charts.label(getElement(), title);
    getElement().setProperty("percent", percent);
    getElement().setProperty("trainingLabel", Texts.get("chart.training"));
    getElement().setProperty("rangeLabel", Texts.get("chart.range"));
    getElement().setProperty("validationLabel", Texts.get("chart.validation"));
    getElement().setProperty("bestLabel", Texts.get("chart.best"));
    getElement().setProperty("lastLabel", Texts.get("chart.last"));
    getElement().setProperty("smoothedLabel", Texts.get("chart.smoothed"));
    getElement().setProperty("smoothingLabel", Texts.get("chart.smoothing"));
    getElement().setProperty("logLabel", Texts.get("chart.log"));
  }

  /** Calls {@code listener} whenever a span is zoomed to. */
  void onZoom(ZoomListener listener) {
    getElement()
        .addEventListener("zoom", event -> tellZoom(event, listener))
        .addEventData("event.detail");
  }

  private static void tellZoom(DomEvent event, ZoomListener listener) {
    JsonNode span = event.getEventData().path("event.detail");
    if (span.path("from").isNumber() && span.path("to").isNumber()) {
      listener.onZoom(span.path("from").doubleValue(), span.path("to").doubleValue());
    }
  }

  /** Sends finer buckets of the span that was zoomed to; the first ends at epoch {@code first}. */
  void showFine(Curve.Part part, double first, double stepsPerEpoch) {
    getElement()
        .callJsFunction(
            "showFine",
            first,
            part.width() / stepsPerEpoch,
            Charts.rounded(part.mean()),
            Charts.rounded(part.least()),
            Charts.rounded(part.most()));
  }

  /** Forgets everything: another run begins. */
  void clear() {
    width = 0;
    have = 0;
    validations = 0;
    getElement().callJsFunction("clear");
  }

  /** The width of the buckets that the browser has. */
  int width() {
    return width;
  }

  /** How many buckets the browser has. */
  int have() {
    return have;
  }

  /** Sends the buckets that the browser lacks. */
  void add(Curve.Part part, double stepsPerEpoch) {
    if (part.mean().length > 0) {
      width = part.width();
      have = part.from() + part.mean().length;
      getElement()
          .callJsFunction(
              "addBuckets",
              part.width() / stepsPerEpoch,
              part.from(),
              Charts.rounded(part.mean()),
              Charts.rounded(part.least()),
              Charts.rounded(part.most()));
    }
  }

  /** Sends the validation's values that the browser lacks; the first is that of epoch 1. */
  void addValidations(List<Double> all) {
    if (all.size() > validations) {
      double[] fresh =
          all.subList(validations, all.size()).stream().mapToDouble(Double::doubleValue).toArray();
      getElement().callJsFunction("addValidations", validations + 1, fresh);
      validations = all.size();
    }
  }
}
