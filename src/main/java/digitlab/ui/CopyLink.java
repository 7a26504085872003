package digitlab.ui;

import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;

/** Copies the address of the page, which shows the same to everybody who may enter. */
final class CopyLink extends CopyButton {
  private static final long serialVersionUID = 1;
  private static final int MILLIS = 3000;

  CopyLink() {
    super("action.link", VaadinIcon.LINK);
    addThemeVariants(ButtonVariant.TERTIARY);
    setId("copy-link");
    addClickListener(
        _ ->
            Notification.show(
                Texts.get("action.link.done"), MILLIS, Notification.Position.BOTTOM_START));
  }
}
