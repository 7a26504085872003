package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import digitlab.net.Activation;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layers of a network, one under the other: neurons, activation, dropout; more of them or
 * fewer, in any order.
 */
final class LayerEditor extends Div {
  private static final long serialVersionUID = 1;

  private final Runnable changed;
  private final DragRows rows = new DragRows();
  private final Span input = new Span();
  private int inputs;
  private List<Row> layers = new ArrayList<>();

  /**
   * @param changed is run when a person changed something
   */
  LayerEditor(Runnable changed) {
    this.changed = changed;
    addClassName("layers");
    Button more = new Button(Texts.get("layers.add"), VaadinIcon.PLUS.create());
    more.setId("add-layer");
    more.addClickListener(_ -> addLayer());
    input.addClassName("layer-input");
    rows.addMoveListener(event -> move(event.from(), event.to(), event.byKey()));
    add(input, rows, more);
  }

  /** Shows the layers of this network. */
  void show(NetworkSpec network) {
    inputs = network.inputs();
    layers = new ArrayList<>();
    for (LayerSpec layer : network.layers()) {
      layers.add(new Row(layer));
    }
    layOut();
  }

  /**
   * The network as it is described now.
   *
   * @throws IllegalArgumentException if a number is missing or out of range
   */
  NetworkSpec network() {
    List<LayerSpec> specs = new ArrayList<>();
    for (Row layer : layers) {
      specs.add(layer.spec());
    }
    return new NetworkSpec(inputs, specs);
  }

  private void addLayer() {
    int last = layers.size() - 1;
    LayerSpec like =
        last > 0
            ? new LayerSpec(layers.get(last - 1).neurons(), layers.get(last - 1).activation())
            : new LayerSpec(16, Activation.RELU);
    layers.add(last, new Row(like));
    layOut();
    changed.run();
  }

  private void removeLayer(Row row) {
    layers.remove(row);
    layOut();
    changed.run();
  }

  /** Moves a hidden layer; the output stays the last. */
  void move(int from, int to, boolean focus) {
    int last = layers.size() - 1;
    if (from < 0 || to < 0 || from >= last || to >= last) {
      return; // the page was older than the network
    }
    layers.add(to, layers.remove(from));
    layOut();
    changed.run();
    if (focus) {
      layers.get(to).handle.focus();
    }
  }

  private void layOut() {
    input.setText(Texts.get("layers.input", inputs));
    rows.removeAll();
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).placed(i, i == layers.size() - 1);
      rows.add(layers.get(i));
    }
  }

  /** One layer. */
  private final class Row extends Div {
    private static final long serialVersionUID = 1;

    private final NativeButton handle = new NativeButton("⠿");
    private final Span title = new Span();
    private final IntegerField neurons = new IntegerField(Texts.get("layers.neurons"));
    private final Select<Activation> activation = new Select<>();
    private final NumberField dropout = new NumberField(Texts.get("layers.dropout"));
    private final Button remove = new Button(VaadinIcon.TRASH.create());

    Row(LayerSpec layer) {
      addClassName("layer");
      handle.addClassName("handle");
      title.addClassName("layer-title");
      Ranges.set(neurons, 1, LayerSpec.MOST_NEURONS);
      neurons.setStepButtonsVisible(true);
      neurons.setValue(layer.neurons());
      activation.setLabel(Texts.get("layers.activation"));
      activation.setItems(Arrays.asList(Activation.values()));
      activation.setItemLabelGenerator(item -> Texts.get("activation." + item));
      activation.setValue(layer.activation());
      Ranges.set(dropout, 0, LayerSpec.MOST_DROPOUT);
      dropout.setStep(0.05);
      dropout.setStepButtonsVisible(true);
      dropout.setValue(layer.dropout());
      remove.addThemeVariants(ButtonVariant.TERTIARY);
      remove.addClickListener(_ -> removeLayer(this));
      neurons.addValueChangeListener(_ -> changed.run());
      activation.addValueChangeListener(_ -> changed.run());
      dropout.addValueChangeListener(_ -> changed.run());
      add(handle, title, neurons, activation, dropout, remove);
    }

    /** Says which layer it is; the last one has ten neurons, for the ten digits, and stays. */
    void placed(int index, boolean last) {
      title.setText(last ? Texts.get("layers.output") : Texts.get("layers.hidden", index + 1));
      getElement().setAttribute("data-row", !last); // the output can't be moved
      handle.setVisible(!last);
      handle.getElement().setAttribute("aria-label", Texts.get("layers.move", index + 1));
      handle.getElement().setAttribute("title", Texts.get("layers.move", index + 1));
      neurons.setReadOnly(last);
      neurons.setStepButtonsVisible(!last);
      neurons.setId("neurons-" + (index + 1));
      activation.setId("activation-" + (index + 1));
      dropout.setVisible(!last);
      remove.setVisible(!last);
      remove.setAriaLabel(Texts.get("layers.remove", index + 1));
    }

    int neurons() {
      Integer value = neurons.getValue();
      if (value == null) {
        throw new IllegalArgumentException("A layer has no number of neurons.");
      }
      return value;
    }

    Activation activation() {
      return activation.getValue();
    }

    LayerSpec spec() {
      Double share = dropout.getValue();
      return new LayerSpec(neurons(), activation(), share == null ? 0 : share);
    }
  }
}
