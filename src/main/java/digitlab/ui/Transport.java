package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.function.SerializableConsumer;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a training is driven, as in the demos that people know: begin anew, play and pause, one
 * batch, one epoch, stop, another learning rate. Keys: Space, full stop, Shift and full stop, R.
 */
final class Transport extends Div {
  private static final long serialVersionUID = 1;

  /** What a person may want. */
  enum Action {
    RESET,
    PLAY,
    PAUSE,
    STEP,
    EPOCH,
    STOP
  }

  /** Where a key is meant for something else (a field, a button, the pad), it is left alone. */
  private static final String LISTEN_TO_KEYS =
      """
      if (this.keys) return;
      this.keys = event => {
        if (!this.isConnected) {
          document.removeEventListener('keydown', this.keys);
          this.keys = null;
          return;
        }
        const fields = 'input, textarea, select, digit-pad, [role=application], [contenteditable], vaadin-grid';
        const own = event.code === 'Space' ? fields + ', button, a, summary, [role=button]' : fields;
        const elsewhere = event.composedPath().some(element => element.matches?.(own));
        if (elsewhere || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
        const command = event.code === 'Space' ? 'play'
          : event.code === 'Period' ? (event.shiftKey ? 'epoch' : 'step')
          : event.code === 'KeyR' ? 'reset' : null;
        const button = command && this.querySelector('#' + command);
        if (!button || button.disabled) return;
        event.preventDefault();
        this.$server.press(command);
      };
      document.addEventListener('keydown', this.keys);
      """;

  private final Button reset = button(VaadinIcon.ROTATE_LEFT, "reset");
  private final Button play = button(VaadinIcon.PLAY, "play");
  private final Button step = button(VaadinIcon.STEP_FORWARD, "step");
  private final Button epoch = button(VaadinIcon.FAST_FORWARD, "epoch");
  private final Button stop = button(VaadinIcon.STOP, "stop");
  private final RateField rate = new RateField(Texts.get("plan.rate"));
  private final Span counter = new Span();
  private final Span position = new Span();
  private Action next = Action.PLAY; // what the play button does now

  /**
   * @param wanted is told what a person wants
   * @param newRate is told a learning rate that a person set
   */
  Transport(SerializableConsumer<Action> wanted, SerializableConsumer<Double> newRate) {
    addClassName("transport");
    getElement().setAttribute("role", "group");
    getElement().setAttribute("aria-label", Texts.get("transport.title"));
    play.addClassName("play");
    reset.addClickListener(_ -> wanted.accept(Action.RESET));
    play.addClickListener(_ -> wanted.accept(next));
    step.addClickListener(_ -> wanted.accept(Action.STEP));
    epoch.addClickListener(_ -> wanted.accept(Action.EPOCH));
    stop.addClickListener(_ -> wanted.accept(Action.STOP));
    counter.addClassName("epoch-counter");
    counter.setId("epoch-counter");
    position.addClassName("position");
    position.setId("position");
    position.getElement().setAttribute("role", "status");
    rate.setId("live-rate");
    rate.addClassName("live-rate");
    rate.onWish(newRate);
    Div buttons = new Div(reset, play, step, epoch, stop);
    buttons.addClassName("transport-buttons");
    add(buttons, counter, rate, position);
  }

  private static Button button(VaadinIcon icon, String id) {
    Button button = new Button(icon.create());
    button.setId(id);
    describe(button, "transport." + id);
    return button;
  }

  private static void describe(Button button, String key) {
    button.setAriaLabel(Texts.get(key));
    button.setTooltipText(Texts.get(key));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    getElement().executeJs(LISTEN_TO_KEYS);
  }

  /** A key was pressed that stands for a button. */
  @ClientCallable
  void press(String id) {
    getChildren()
        .flatMap(part -> part.getChildren())
        .filter(part -> part instanceof Button button && id.equals(button.getId().orElse("")))
        .map(Button.class::cast)
        .filter(button -> button.isVisible() && button.isEnabled())
        .forEach(Button::click);
  }

  /**
   * Shows how things stand.
   *
   * @param epochs of the plan
   * @param rateNow the learning rate now, before the schedule
   * @param place in the queue, from 1; 0 if the run does not wait
   * @param checkpoint the step after which a run that is over could go on
   */
  void show(@Nullable Run run, int epochs, double rateNow, int place, OptionalLong checkpoint) {
    RunStatus status = run == null ? null : run.status();
    boolean going = status != null && !status.isOver();
    boolean moves = status == RunStatus.RUNNING || status == RunStatus.QUEUED;
    boolean through = status != null && status.isOver() && checkpoint.isEmpty();
    next = moves ? Action.PAUSE : Action.PLAY;
    play.setIcon((moves ? VaadinIcon.PAUSE : VaadinIcon.PLAY).create());
    describe(
        play,
        moves
            ? "transport.pause"
            : through ? "transport.again" : run == null ? "transport.start" : "transport.play");
    // once all is done there are better things to do than to begin anew
    play.getThemeNames().set(ButtonVariant.PRIMARY.getVariantName(), !through);
    reset.setEnabled(run != null);
    step.setEnabled(!through);
    epoch.setEnabled(!through);
    stop.setEnabled(going);
    rate.setVisible(going);
    if (rate.getValue() == null || rate.getValue() != rateNow) {
      rate.setValue(rateNow);
    }
    int done = run == null ? 0 : run.progress().epochs();
    counter.setText(Texts.get("transport.epochs", done, epochs));
    position.setText(position(place, checkpoint));
    position.setVisible(!position.getText().isEmpty());
  }

  private static String position(int place, OptionalLong checkpoint) {
    if (place > 0) {
      return Texts.get("transport.position", place);
    }
    return checkpoint.isPresent()
        ? Texts.get("transport.checkpoint", Texts.whole(checkpoint.getAsLong()))
        : "";
  }
}
