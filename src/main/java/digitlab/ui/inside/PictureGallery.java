package digitlab.ui.inside;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Small pictures to choose from: digits, or weights. The browser's side is {@code
 * frontend/src/picture-gallery.ts}.
 */
@Tag("picture-gallery")
@JsModule("./picture-gallery.ts")
final class PictureGallery extends Component {
  private static final long serialVersionUID = 1;

  /** Is told the id of the picture that was chosen. */
  interface PickListener extends IntConsumer, Serializable {}

  /**
   * One picture.
   *
   * @param cells see {@link Cells}
   * @param wrong whether it shows a mistake
   */
  public record Picture(int id, String cells, String caption, String title, boolean wrong) {}

  private transient List<Picture> pictures = List.of();

  PictureGallery(int columns) {
    getElement().setProperty("columns", columns);
  }

  /** Calls {@code listener} with the id of each picture that is chosen. */
  void onPick(PickListener listener) {
    getElement()
        .addEventListener(
            "pick", event -> listener.accept(event.getEventData().path("event.detail").asInt()))
        .addEventData("event.detail");
  }

  /** Shows images. */
  void showImages(List<Picture> images) {
    show(images, 0);
  }

  /** Shows signed numbers; {@code most} has the full colour. */
  void showSigned(List<Picture> numbers, double most) {
    show(numbers, most);
  }

  private void show(List<Picture> now, double most) {
    pictures = List.copyOf(now);
    getElement().setProperty("picked", -1);
    getElement().setProperty("most", most);
    getElement().setPropertyList("pictures", pictures);
  }

  /** What is shown. */
  List<Picture> pictures() {
    return pictures;
  }
}
