package digitlab.ui.inside;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import digitlab.ui.Texts;
import java.util.List;

/** Digits where a layer puts them. The browser's side is {@code frontend/src/point-map.ts}. */
@Tag("point-map")
@JsModule("./point-map.ts")
final class PointMap extends Component {
  private static final long serialVersionUID = 1;

  /**
   * One digit.
   *
   * @param label what it shows
   * @param wrong whether it is taken for something else
   */
  public record Point(int id, double x, double y, int label, boolean wrong) {}

  PointMap() {
    getElement().setProperty("heading", Texts.get("inside.map"));
    getElement().setProperty("wrongLabel", Texts.get("inside.map.wrong"));
  }

  void onPick(PictureGallery.PickListener listener) {
    getElement()
        .addEventListener(
            "pick", event -> listener.accept(event.getEventData().path("event.detail").asInt()))
        .addEventData("event.detail");
  }

  void show(List<Point> points) {
    getElement().setPropertyList("points", points);
  }
}
