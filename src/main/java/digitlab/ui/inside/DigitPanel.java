package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import digitlab.insight.DigitStudy;
import digitlab.insight.Insight;
import digitlab.net.LayerSpec;
import digitlab.ui.SaveFigure;
import digitlab.ui.Texts;
import java.util.List;

/**
 * One digit on its way through a network: what each layer makes of it, how sure the network is,
 * what that costs, which pixels count; and each neuron's numbers, forward and back.
 */
final class DigitPanel extends Section {
  private static final long serialVersionUID = 1;
  private static final int WIDEST_LAYER = 64; // cells in a row

  private final transient Insight insight;
  private final Div neuron = new Div();

  DigitPanel(Insight insight) {
    this.insight = insight;
    addClassNames("card", "digit");
    setId("digit");
    setVisible(false);
  }

  /**
   * @param title what this digit is
   */
  void show(String title, DigitStudy digit) {
    removeAll();
    neuron.removeAll();
    boolean right = digit.answer() == digit.label();
    Paragraph verdict =
        new Paragraph(
            right
                ? "✓ " + Texts.get("inside.right", digit.answer())
                : "✕ " + Texts.get("inside.wrong", digit.label(), digit.answer()));
    verdict.addClassName(right ? "right" : "wrong");
    int width = insight.test().width();
    Div pictures =
        new Div(
            NumberPicture.ofImage(Texts.get("inside.image"), width, digit.pixels()),
            NumberPicture.ofSigned(
                Texts.get("inside.pull", digit.answer(), digit.second()), width, digit.pull()),
            bars(digit));
    pictures.addClassName("pictures");
    Paragraph cost =
        new Paragraph(
            Formulas.cost(insight.loss(), digit.outputs().getLast(), digit.label(), digit.cost()));
    cost.addClassName("formula");
    cost.setId("cost");
    Div seen = new Div(new SaveFigure(title), new H2(title), verdict, pictures);
    seen.addClassName("seen");
    add(seen, new H3(Texts.get("inside.cost")), cost);
    addLayers(digit);
    add(neuron);
    neuron.add(new NeuronPanel(insight, digit, insight.spec().layers().size() - 1, digit.answer()));
    setVisible(true);
  }

  private static Div bars(DigitStudy digit) {
    Div bars = new Div();
    bars.addClassName("bars");
    bars.add(new H3(Texts.get("inside.probabilities")));
    for (int c = 0; c < digit.probabilities().length; c++) {
      Span label = new Span(Integer.toString(c));
      Span bar = new Span();
      bar.addClassName("bar-track");
      Span fill = new Span();
      fill.getStyle().set("width", 100 * digit.probabilities()[c] + "%");
      bar.add(fill);
      Span value = new Span(Texts.percent(digit.probabilities()[c]));
      value.addClassName("value");
      Div row = new Div(label, bar, value);
      row.addClassName("bar-row");
      if (c == digit.answer()) {
        row.addClassName("best");
      }
      if (c == digit.label()) {
        row.addClassName("target");
      }
      bars.add(row);
    }
    return bars;
  }

  private void addLayers(DigitStudy digit) {
    add(new H3(Texts.get("inside.layers")), new Paragraph(Texts.get("inside.layers.help")));
    List<LayerSpec> layers = insight.spec().layers();
    for (int l = 0; l < layers.size(); l++) {
      Div row = new Div();
      row.addClassName("layer-row");
      row.add(
          layer(
              l, Texts.get("inside.outputs", l + 1, layers.get(l)), digit.outputs().get(l), digit),
          layer(l, Texts.get("inside.deltas", l + 1), digit.deltas().get(l), digit));
      add(row);
    }
  }

  private NumberPicture layer(int layer, String title, float[] values, DigitStudy digit) {
    int columns = Math.min(values.length, values.length > 4 * WIDEST_LAYER ? WIDEST_LAYER : 32);
    return NumberPicture.ofSigned(title, columns, values)
        .wide(Math.min(34, Math.max(8, 1.1 * columns)))
        .pickable(
            Texts.get("inside.cell"),
            cell -> {
              if (cell >= 0 && cell < values.length) {
                neuron.removeAll();
                neuron.add(new NeuronPanel(insight, digit, layer, cell));
              }
            });
  }
}
