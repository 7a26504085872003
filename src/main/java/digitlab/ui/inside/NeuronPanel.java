package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import digitlab.insight.DigitStudy;
import digitlab.insight.Insight;
import digitlab.net.NetworkSpec;
import digitlab.net.NeuronStudy;
import digitlab.ui.Texts;
import java.util.List;

/** One neuron for one digit: what it computes, and what it learns, with the real numbers. */
final class NeuronPanel extends Div {
  private static final long serialVersionUID = 1;

  NeuronPanel(Insight insight, DigitStudy digit, int layer, int neuron) {
    addClassName("neuron");
    setId("neuron");
    NetworkSpec spec = insight.spec();
    int width = insight.test().width();
    NeuronStudy study = insight.neuron(digit.pixels(), digit.label(), layer, neuron);
    boolean last = layer == spec.layers().size() - 1;
    int above = last ? 0 : spec.layers().get(layer + 1).neurons();
    Div text =
        new Div(
            new H3(
                last
                    ? Texts.get("inside.neuron.output", neuron)
                    : Texts.get("inside.neuron", neuron, layer + 1)),
            new H4(Texts.get("inside.forward")),
            list(Formulas.forward(study, spec.inputsOf(layer))),
            new H4(Texts.get("inside.backward")),
            list(
                Formulas.backward(
                    study,
                    digit.label(),
                    above,
                    i ->
                        layer == 0
                            ? Texts.get("inside.pixel", i / width, i % width)
                            : Texts.get("inside.from-neuron", i))));
    add(
        NumberPicture.ofSigned(
                Texts.get(layer == 0 ? "inside.weights" : "inside.weights.projected"),
                width,
                insight.weights(layer, neuron))
            .wide(12),
        text);
  }

  private static OrderedList list(List<String> lines) {
    OrderedList list = new OrderedList();
    list.addClassName("formulas");
    for (String line : lines) {
      list.add(new ListItem(line));
    }
    return list;
  }
}
