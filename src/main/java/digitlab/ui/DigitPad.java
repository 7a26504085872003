package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/** The drawing pad of the Draw page, in a view: the same element from the same static files. */
@Tag("digit-pad")
final class DigitPad extends Component {
  private static final long serialVersionUID = 1;

  /**
   * @param model the id of a trained network
   */
  DigitPad(String model) {
    getElement().setAttribute("model", "/api/models/" + model);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    event.getUI().getPage().addJsModule("/js/pad/digit-pad.js");
  }
}
