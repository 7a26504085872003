package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs as lines over parallel axes, one for each field that varies and, last, one for the result,
 * which gives a line its colour. The browser's side is {@code
 * frontend/src/parallel-coordinates.ts}.
 */
@Tag("parallel-coordinates")
@JsModule("./parallel-coordinates.ts")
final class ParallelCoordinates extends Component {
  private static final long serialVersionUID = 1;

  /**
   * One axis.
   *
   * @param scale "linear", "log", or "names" for values that are no numbers
   * @param percent whether values are shares of 1
   */
  record Axis(String label, String scale, boolean percent) {}

  /**
   * One run.
   *
   * @param id of its experiment
   * @param values one for each axis, as text; null where there is none yet
   */
  record Line(long id, String name, List<@Nullable String> values) {}

  /** Somebody chose a line. Public, so that Flow can make it. */
  @DomEvent("open-run")
  public static final class OpenEvent extends ComponentEvent<ParallelCoordinates> {
    private static final long serialVersionUID = 1;

    private final int id;

    public OpenEvent(
        ParallelCoordinates source, boolean fromClient, @EventData("event.detail.id") int id) {
      super(source, fromClient);
      this.id = id;
    }

    long id() {
      return id;
    }
  }

  ParallelCoordinates() {
    getElement().setProperty("help", Texts.get("parallel.help"));
    getElement().setProperty("heading", Texts.get("parallel.title"));
    getElement().appendChild(new SaveFigure(Texts.get("parallel.title")).getElement());
  }

  void addOpenListener(ComponentEventListener<OpenEvent> listener) {
    addListener(OpenEvent.class, listener);
  }

  void show(List<Axis> axes, List<Line> lines) {
    getElement().setPropertyList("axes", axes);
    getElement().setPropertyList("lines", lines);
  }
}
