package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Curves of several runs over each other, by epoch. The browser's side is {@code
 * frontend/src/compare-chart.ts}.
 */
@Tag("compare-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./compare-chart.ts")
final class CompareChart extends Component {
  private static final long serialVersionUID = 1;

  /**
   * One curve.
   *
   * @param colour its place in the palette
   * @param values after each epoch, from the first
   * @param spread the standard deviation over seeds; empty if there is only one
   */
  record Curve(String label, int colour, List<Double> values, List<Double> spread) {
    private Map<String, Object> json() {
      Map<String, Object> json = new TreeMap<>();
      json.put("label", label);
      json.put("colour", colour);
      json.put("values", rounded(values));
      if (!spread.isEmpty()) {
        json.put("spread", rounded(spread));
      }
      return json;
    }

    /** Six digits are more than a screen can show. */
    private static List<Double> rounded(List<Double> values) {
      return values.stream().map(value -> Math.round(value * 1e6) / 1e6).toList();
    }
  }

  private List<Map<String, Object>> shown = List.of();

  /**
   * @param percent whether values are shares of 1
   */
  CompareChart(String heading, boolean percent) {
    getElement().setProperty("heading", heading);
    getElement().setProperty("percent", percent);
    getElement().setProperty("epochLabel", Texts.get("chart.epoch"));
    getElement().setProperty("allLabel", Texts.get("chart.all"));
    getElement().setProperty("help", Texts.get("chart.help"));
    getElement().setProperty("keys", Texts.get("chart.keys"));
    getElement().appendChild(new SaveFigure(heading).getElement());
  }

  /** Shows these curves instead of those before. */
  void show(List<Curve> curves) {
    List<Map<String, Object>> now = curves.stream().map(Curve::json).toList();
    if (!now.equals(shown)) {
      shown = now;
      getElement().callJsFunction("setCurves", now);
    }
  }
}
