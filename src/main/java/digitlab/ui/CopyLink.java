package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;

/** Copies the address of the page, which shows the same to everybody who may enter. */
final class CopyLink extends Button {
  private static final long serialVersionUID = 1;
  private static final int MILLIS = 3000;

  CopyLink() {
    super(Texts.get("action.link"), VaadinIcon.LINK.create());
    addThemeVariants(ButtonVariant.TERTIARY);
    setId("copy-link");
    // the browser lets a page write to the clipboard only within the click itself
    getElement()
        .executeJs(
            "this.addEventListener('click', () => navigator.clipboard?.writeText(location.href))");
    addClickListener(
        _ ->
            Notification.show(
                Texts.get("action.link.done"), MILLIS, Notification.Position.BOTTOM_START));
  }
}
