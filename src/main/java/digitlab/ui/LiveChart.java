package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import digitlab.train.Curve;
import java.util.List;

/**
 * A chart of one quantity by epoch: the batches' mean with the range from least to most, and the
 * validation's values. The browser's side is {@code frontend/src/live-chart.ts}.
 */
@Tag("live-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./live-chart.ts")
final class LiveChart extends Component {
  private static final long serialVersionUID = 1;

  private int width;
  private int have;
  private int validations;

  /**
   * @param title a key of the message files
   * @param percent whether values are shares of 1
   */
  LiveChart(String title, boolean percent) {
    getElement().setProperty("heading", Texts.get(title));
    getElement().setProperty("percent", percent);
    getElement().setProperty("epochLabel", Texts.get("chart.epoch"));
    getElement().setProperty("trainingLabel", Texts.get("chart.training"));
    getElement().setProperty("rangeLabel", Texts.get("chart.range"));
    getElement().setProperty("validationLabel", Texts.get("chart.validation"));
    getElement().setProperty("bestLabel", Texts.get("chart.best"));
    getElement().setProperty("lastLabel", Texts.get("chart.last"));
    getElement().setProperty("help", Texts.get("chart.help"));
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
              rounded(part.mean()),
              rounded(part.least()),
              rounded(part.most()));
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

  /** Five digits are more than a screen can show, and half the bytes. */
  private static double[] rounded(float[] values) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double scale = Math.pow(10, 4 - Math.floor(Math.log10(Math.max(1e-12, Math.abs(values[i])))));
      rounded[i] = Math.round(values[i] * scale) / scale;
    }
    return rounded;
  }
}
