package digitlab.ui.inside;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import digitlab.insight.Insight;
import digitlab.net.LayerSpec;
import digitlab.ui.SaveFigure;
import digitlab.ui.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the neurons of a layer look for: their weights as images, a screen of them at a time. */
final class NeuronsPart extends Div {
  private static final long serialVersionUID = 1;
  private static final int AT_ONCE = 48;

  private final transient Insight insight;
  private final Select<Integer> layer = new Select<>();
  private final Paragraph words = new Paragraph();
  private final PictureGallery gallery;
  private final Button before = new Button(Texts.get("inside.neurons.before"));
  private final Button after = new Button(Texts.get("inside.neurons.after"));
  private int first;

  NeuronsPart(Insight insight) {
    this.insight = insight;
    addClassName("part");
    List<LayerSpec> layers = insight.spec().layers();
    gallery = new PictureGallery(insight.test().width());
    gallery.getElement().getStyle().set("--picture-size", "5.5rem");
    layer.setLabel(Texts.get("inside.layer"));
    layer.setId("layer");
    layer.setItems(IntStream.range(0, layers.size()).boxed().toList());
    layer.setItemLabelGenerator(l -> (l + 1) + " · " + layers.get(l));
    layer.setValue(0);
    layer.addValueChangeListener(
        _ -> {
          first = 0;
          show();
        });
    before.addClickListener(_ -> turn(-AT_ONCE));
    after.addClickListener(_ -> turn(AT_ONCE));
    Div pages = new Div(before, after);
    pages.addClassName("buttons");
    Div figure = new Div(new SaveFigure(Texts.get("inside.neurons")), gallery);
    figure.addClassName("to-save");
    Section card = new Section(new H2(Texts.get("inside.neurons")), layer, words, figure, pages);
    card.addClassNames("card", "neurons");
    add(card);
    show();
  }

  private void turn(int by) {
    first += by;
    show();
  }

  private void show() {
    int l = layer.getValue();
    int neurons = insight.spec().layers().get(l).neurons();
    int count = Math.min(AT_ONCE, neurons - first);
    words.setText(
        Texts.get(l == 0 ? "inside.neurons.help" : "inside.neurons.projected")
            + " "
            + Texts.get("inside.neurons.shown", first, first + count - 1, neurons));
    List<float[]> weights = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      weights.add(insight.weights(l, first + i));
    }
    double most = Math.max(1e-30, Cells.nearlyMost(weights));
    List<PictureGallery.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int neuron = first + i;
      pictures.add(
          new PictureGallery.Picture(
              neuron,
              Cells.signed(weights.get(i), most),
              Integer.toString(neuron),
              Texts.get("inside.neuron", neuron, l + 1),
              false));
    }
    gallery.showSigned(pictures, most);
    before.setVisible(first > 0);
    after.setVisible(first + count < neurons);
  }
}
