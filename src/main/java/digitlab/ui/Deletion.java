package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.orderedlayout.HorizontalLayout;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;

/** Deleting at once, with a way back. */
final class Deletion {
  private static final int MILLIS = 10_000;

  private Deletion() {}

  /**
   * Deletes the experiment and offers to undo that.
   *
   * @param undone is run when it was brought back
   */
  static void delete(ExperimentService experiments, Experiment experiment, Runnable undone) {
    experiments.delete(experiment.id());
    Notification notice = new Notification();
    Button undo = new Button(Texts.get("action.undo"));
    undo.addThemeVariants(ButtonVariant.TERTIARY);
    undo.setId("undo");
    undo.addClickListener(
        _ -> {
          experiments.restore(experiment.id());
          notice.close();
          undone.run();
        });
    HorizontalLayout row =
        new HorizontalLayout(new Span(Texts.get("experiments.deleted", experiment.name())), undo);
    row.setAlignItems(HorizontalLayout.Alignment.CENTER);
    notice.add(row);
    notice.setDuration(MILLIS);
    notice.setPosition(Notification.Position.BOTTOM_START);
    notice.open();
  }
}
