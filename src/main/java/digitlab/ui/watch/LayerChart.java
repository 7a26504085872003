package digitlab.ui.watch;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import digitlab.net.LayerSpec;
import digitlab.train.LayerHealth;
import digitlab.train.ProbeResult;
import digitlab.ui.Texts;
import java.io.Serializable;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A chart of one quantity of every layer by epoch. The browser's side is {@code
 * frontend/src/layer-chart.ts}.
 */
@Tag("layer-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./layer-chart.ts")
final class LayerChart extends Component {
  private static final long serialVersionUID = 1;

  /** However many looks there were before a page is opened, it gets no more points than that. */
  private static final int MOST_POINTS = 1200;

  /** What of a layer is shown: a share, or a number whose logarithm to the base 10 is. */
  interface Quantity extends ToDoubleFunction<LayerHealth>, Serializable {}

  private final Quantity quantity;
  private final boolean percent;
  private int layers;

  private LayerChart(String title, boolean percent, Quantity quantity) {
    this.percent = percent;
    this.quantity = quantity;
    Charts.label(getElement(), title);
    getElement().setProperty("percent", percent);
  }

  /** Of shares of 1. */
  static LayerChart ofShares(String title, Quantity quantity) {
    return new LayerChart(title, true, quantity);
  }

  /** Of sizes, on a logarithmic axis. */
  static LayerChart ofSizes(String title, Quantity quantity) {
    return new LayerChart(title, false, quantity);
  }

  /** Marks what is healthy, from 10^{@code from} to 10^{@code to}. */
  LayerChart withHealthy(double from, double to, String label) {
    getElement().setPropertyList("healthy", List.of(from, to));
    getElement().setProperty("healthyLabel", Texts.get(label));
    return this;
  }

  /** Forgets everything: another run of a network with these layers begins. */
  void clear(List<LayerSpec> network) {
    layers = network.size();
    getElement().setPropertyList("layers", network.stream().map(LayerSpec::toString).toList());
    getElement().callJsFunction("clear");
  }

  /** Sends further looks. */
  void add(List<ProbeResult> looks, double stepsPerEpoch) {
    double[][] values = new double[layers][looks.size()];
    for (int i = 0; i < looks.size(); i++) {
      for (int l = 0; l < layers; l++) {
        double value = quantity.applyAsDouble(looks.get(i).layers().get(l));
        values[l][i] = percent ? value : Math.log10(value);
      }
    }
    int[] kept = Thinning.keep(values, MOST_POINTS);
    @Nullable Double[] epochs = new Double[kept.length];
    @Nullable Double[][] columns = new Double[layers][kept.length];
    for (int k = 0; k < kept.length; k++) {
      epochs[k] = looks.get(kept[k]).step() / stepsPerEpoch;
      for (int l = 0; l < layers; l++) {
        columns[l][k] = Charts.rounded(values[l][kept[k]]);
      }
    }
    getElement().callJsFunction("add", epochs, columns);
  }
}
