package digitlab.ui.watch;

import com.vaadin.flow.dom.Element;
import digitlab.ui.SaveFigure;
import digitlab.ui.Texts;
import org.jspecify.annotations.Nullable;

/** What the charts have in common. */
final class Charts {
  private Charts() {}

  /**
   * Gives a chart its heading, a key of the message files, the words that all charts need, and the
   * buttons that save it.
   */
  static void label(Element chart, String title) {
    chart.appendChild(new SaveFigure(Texts.get(title)).getElement());
    chart.setProperty("heading", Texts.get(title));
    chart.setProperty("epochLabel", Texts.get("chart.epoch"));
    chart.setProperty("allLabel", Texts.get("chart.all"));
    chart.setProperty("help", Texts.get("chart.help"));
    chart.setProperty("keys", Texts.get("chart.keys"));
  }

  /**
   * Five digits are more than a screen can show, and half the bytes; null for what is no number,
   * which JSON can not say.
   */
  static @Nullable Double rounded(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    double scale = Math.pow(10, 4 - Math.floor(Math.log10(Math.max(1e-12, Math.abs(value)))));
    return Math.round(value * scale) / scale;
  }

  static @Nullable Double[] rounded(float[] values) {
    @Nullable Double[] rounded = new Double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = rounded(values[i]);
    }
    return rounded;
  }
}
