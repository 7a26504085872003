package digitlab.ui.watch;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import digitlab.net.LayerSpec;
import digitlab.train.Histogram;
import digitlab.train.ProbeResult;
import digitlab.ui.SaveFigure;
import digitlab.ui.Texts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How the outputs of every layer spread, now or at an earlier look. The browser's side is {@code
 * frontend/src/layer-histograms.ts}.
 */
@Tag("layer-histograms")
@JsModule("./layer-histograms.ts")
final class LayerHistograms extends Component {
  private static final long serialVersionUID = 1;

  /** Is told which look somebody wants to see, from 0. */
  interface LookListener extends IntConsumer, Serializable {}

  LayerHistograms() {
    getElement().appendChild(new SaveFigure(Texts.get("watch.outputs")).getElement());
    getElement().setProperty("heading", Texts.get("watch.outputs"));
    getElement().setProperty("help", Texts.get("watch.outputs.help"));
    getElement().setProperty("epochLabel", Texts.get("watch.at-epoch"));
  }

  /** Calls {@code listener} when the slider moves. */
  void onLook(LookListener listener) {
    getElement()
        .addEventListener(
            "look", event -> listener.accept(event.getEventData().path("event.detail").asInt()))
        .addEventData("event.detail");
  }

  /** How many looks the slider goes through. */
  void setLooks(int looks) {
    getElement().setProperty("looks", looks);
  }

  /** One layer, as the browser takes it. */
  @SuppressWarnings("ArrayRecordComponent") // only to be sent
  public record Spread(String name, double low, double high, int[] counts) {}

  void show(int look, double epoch, ProbeResult seen, List<LayerSpec> layers) {
    List<Spread> spreads = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      Histogram outputs = seen.layers().get(l).outputs();
      spreads.add(
          new Spread(
              (l + 1) + " · " + layers.get(l), outputs.low(), outputs.high(), outputs.counts()));
    }
    getElement().callJsFunction("show", look, epoch, spreads);
  }
}
