package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/**
 * Two small buttons that save what stands in the element that they are put into, as SVG and as PNG.
 * Where that is a chart of our own, its {@code <slot>} says where they go. The browser draws the
 * picture: see {@code frontend/src/save-figure.ts}.
 */
@Tag("save-figure")
@JsModule("./save-figure.ts")
public final class SaveFigure extends Component {
  private static final long serialVersionUID = 1;

  /**
   * @param heading what the picture shows; its file is called after it
   */
  public SaveFigure(String heading) {
    getElement().setProperty("heading", heading);
    getElement().setProperty("svgLabel", Texts.get("chart.svg"));
    getElement().setProperty("pngLabel", Texts.get("chart.png"));
  }
}
