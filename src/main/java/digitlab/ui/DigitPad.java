package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.io.Serializable;
import java.util.Base64;

/** The drawing pad of the Draw page, in a view: the same element from the same static files. */
@Tag("digit-pad")
public final class DigitPad extends Component {
  private static final long serialVersionUID = 1;
  private static final String IMAGE =
      "event.detail ? btoa(String.fromCharCode(...event.detail.image)) : ''";
  private static final int REST_MILLIS = 250;

  /**
   * @param model the id of a trained network
   */
  public DigitPad(String model) {
    getElement().setAttribute("model", "/api/models/" + model);
  }

  /** Is told what was drawn, a moment after the pen rests: 28×28, 0 is paper and 255 is ink. */
  public interface SightListener extends Serializable {
    void onSight(byte[] image);
  }

  /** Calls {@code listener} with each drawing, as the network sees it; empty if it was cleared. */
  public void onSight(SightListener listener) {
    getElement()
        .addEventListener(
            "sight",
            event ->
                listener.onSight(
                    Base64.getDecoder().decode(event.getEventData().path(IMAGE).asString())))
        .addEventData(IMAGE)
        .debounce(REST_MILLIS);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    event.getUI().getPage().addJsModule("/js/pad/digit-pad.js");
  }
}
