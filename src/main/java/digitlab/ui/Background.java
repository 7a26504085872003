package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From other threads into a UI. */
public final class Background {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private Background() {}

  /**
   * Runs {@code update} in the UI soon, and pushes what it changes. A page that was closed
   * meanwhile needs none.
   */
  public static void update(UI ui, Command update) {
    try {
      var _ = ui.access(update);
    } catch (UIDetachedException e) {
      LOG.debug("The page was closed before it could be updated", e);
    }
  }

  /** The same after some time. */
  static void later(UI ui, long millis, Command update) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
        .execute(() -> update(ui, update));
  }

  /** Runs {@code end} when the component leaves its page: for what was begun as it came there. */
  static void onceDetached(Component component, Runnable end) {
    component.addDetachListener(
        event -> {
          event.unregisterListener();
          end.run();
        });
  }
}
