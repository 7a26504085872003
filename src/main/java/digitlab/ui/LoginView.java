package digitlab.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import digitlab.account.TeacherAccess;

/** Asks for the teacher's password. */
@Route(value = "login", layout = LabLayout.class)
final class LoginView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient TeacherAccess access;
  private final PasswordField password = new PasswordField(Texts.get("login.password"));
  private final Button enter = new Button(Texts.get("login.enter"));

  LoginView(LabServices services) {
    access = services.access();
    addClassNames("page", "narrow");
    password.setWidthFull();
    password.setId("password");
    password.setAutofocus(true);
    enter.addThemeVariants(ButtonVariant.PRIMARY);
    enter.addClickShortcut(Key.ENTER);
    enter.addClickListener(_ -> enter());
  }

  /** Anew each time: the password may have been set meanwhile. */
  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    removeAll();
    add(new H1(Texts.get("login.title")));
    if (access.hasPassword()) {
      add(new Paragraph(Texts.get("login.help")), password, enter);
    } else {
      add(new Paragraph(Texts.get("login.none")));
    }
  }

  private void enter() {
    String complaint =
        switch (access.check(password.getValue())) {
          case RIGHT -> "";
          case WRONG -> "login.wrong";
          case TOO_SOON -> "login.too-soon";
        };
    if (complaint.isEmpty()) {
      Visitor.enter(VaadinSession.getCurrent());
      getUI().ifPresent(ui -> ui.navigate(ExperimentsView.class));
    } else {
      password.setErrorMessage(Texts.get(complaint));
      password.setInvalid(true);
    }
  }

  @Override
  public String getPageTitle() {
    return Texts.get("login.title") + " · Digit Lab";
  }
}
