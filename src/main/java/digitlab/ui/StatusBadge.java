package digitlab.ui;

import com.vaadin.flow.component.html.Span;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a run stands: a word, a symbol and a colour. */
final class StatusBadge extends Span {
  private static final long serialVersionUID = 1;

  StatusBadge(@Nullable Run run) {
    addClassName("status");
    show(run);
  }

  /** Shows another state. */
  void show(@Nullable Run run) {
    String name = run == null ? "new" : run.status().name().toLowerCase(Locale.ROOT);
    setText(symbol(run) + " " + Texts.get("status." + name) + progress(run));
    getElement().setAttribute("data-status", name);
  }

  private static String progress(@Nullable Run run) {
    if (run == null
        || (run.status() != RunStatus.RUNNING && run.status() != RunStatus.PAUSED)
        || run.progress().allSteps() == 0) {
      return "";
    }
    return " · " + Math.round(100 * run.progress().share()) + "\u00A0%";
  }

  private static String symbol(@Nullable Run run) {
    if (run == null) {
      return "○";
    }
    return switch (run.status()) {
      case QUEUED -> "…";
      case RUNNING -> "▶";
      case PAUSED -> "Ⅱ";
      case DONE -> "✓";
      case STOPPED -> "■";
      case FAILED -> "✕";
      case INTERRUPTED -> "⚡";
    };
  }
}
