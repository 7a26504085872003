package digitlab.ui.inside;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.io.Serializable;
import java.util.function.IntConsumer;

/**
 * One picture of numbers: an image, pixels that count, or a layer's outputs, a cell for each
 * neuron. The browser's side is {@code frontend/src/number-picture.ts}.
 */
@Tag("number-picture")
@JsModule("./number-picture.ts")
final class NumberPicture extends Component {
  private static final long serialVersionUID = 1;

  /** Is told the number of the cell that was chosen. */
  interface CellListener extends IntConsumer, Serializable {}

  private NumberPicture(String heading, int columns, String cells, double most) {
    getElement().setProperty("heading", heading);
    getElement().setProperty("columns", columns);
    getElement().setProperty("cells", cells);
    getElement().setProperty("most", most);
  }

  static NumberPicture ofImage(String heading, int columns, byte[] pixels) {
    return new NumberPicture(heading, columns, Cells.image(pixels), 0);
  }

  static NumberPicture ofSigned(String heading, int columns, float[] values) {
    double most = Math.max(1e-30, Cells.most(values));
    return new NumberPicture(heading, columns, Cells.signed(values, most), most);
  }

  /** Cells can be chosen; each is called {@code label}. */
  NumberPicture pickable(String label, CellListener listener) {
    getElement().setProperty("pickable", true);
    getElement().setProperty("cellLabel", label);
    getElement()
        .addEventListener(
            "cell", event -> listener.accept(event.getEventData().path("event.detail").asInt()))
        .addEventData("event.detail");
    return this;
  }

  /** As wide as that many rem, if there is room. */
  NumberPicture wide(double rem) {
    getElement().getStyle().set("--picture-width", rem + "rem");
    return this;
  }
}
