package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/**
 * Rows that a person puts into another order: by dragging their handles with mouse, pen or finger,
 * or with the arrow keys. It only says what is wanted; who listens moves the rows. The browser's
 * side is {@code frontend/src/drag-rows.ts}.
 */
@Tag("drag-rows")
@JsModule("./drag-rows.ts")
final class DragRows extends Component implements HasComponents, HasStyle {
  private static final long serialVersionUID = 1;

  /**
   * A row shall go elsewhere; rows are counted from 0, without those that can't be moved. Public,
   * so that Flow can make it.
   */
  @DomEvent("move-row")
  public static final class MoveEvent extends ComponentEvent<DragRows> {
    private static final long serialVersionUID = 1;

    private final int from;
    private final int to;
    private final boolean byKey;

    public MoveEvent(
        DragRows source,
        boolean fromClient,
        @EventData("event.detail.from") int from,
        @EventData("event.detail.to") int to,
        @EventData("event.detail.byKey") boolean byKey) {
      super(source, fromClient);
      this.from = from;
      this.to = to;
      this.byKey = byKey;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }

    /** Whether the handle was focused and must be again. */
    boolean byKey() {
      return byKey;
    }
  }

  void addMoveListener(ComponentEventListener<MoveEvent> listener) {
    addListener(MoveEvent.class, listener);
  }
}
