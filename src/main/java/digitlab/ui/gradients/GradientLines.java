package digitlab.ui.gradients;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import digitlab.train.GradientBench;
import digitlab.ui.Texts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The norm of the gradient layer by layer, a line for each initialiser. The browser's side is
 * {@code frontend/src/gradient-lines.ts}.
 */
@Tag("gradient-lines")
@JsModule("./gradient-lines.ts")
final class GradientLines extends Component {
  private static final long serialVersionUID = 1;

  /**
   * One line, as the browser takes it.
   *
   * @param logarithms to the base 10, the first layer's first; null where there is no number
   * @param note the verdict in words
   */
  public record Line(String name, List<@Nullable Double> logarithms, String verdict, String note) {}

  /**
   * @param low the lower end of the axis that all these charts share, as a power of ten
   */
  GradientLines(String heading, List<GradientBench.Result> results, double low, double high) {
    getElement().setProperty("heading", heading);
    getElement().setProperty("layerLabel", Texts.get("gradients.layer"));
    getElement().setProperty("low", low);
    getElement().setProperty("high", high);
    getElement().setPropertyList("lines", results.stream().map(GradientLines::line).toList());
  }

  private static Line line(GradientBench.Result result) {
    String verdict = result.verdict().name().toLowerCase(Locale.ROOT);
    List<@Nullable Double> logarithms =
        result.gradients().stream().map(GradientLines::logarithm).toList();
    return new Line(
        result.initializer().toString(),
        logarithms,
        verdict,
        Texts.get(
            "gradients.verdict." + verdict,
            Texts.significant(result.first(), 2),
            Texts.significant(result.last(), 2)));
  }

  private static @Nullable Double logarithm(double value) {
    double logarithm = Math.log10(value);
    return Double.isFinite(logarithm) ? Math.round(1000 * logarithm) / 1000.0 : null;
  }
}
