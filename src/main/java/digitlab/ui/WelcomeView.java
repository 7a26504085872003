package digitlab.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import digitlab.account.TeacherAccess;

/**
 * Where the link leads that is printed when the server starts: sets the teacher's password, once.
 */
@Route(value = "welcome", layout = LabLayout.class)
final class WelcomeView extends Div implements HasUrlParameter<String>, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient TeacherAccess access;
  private final PasswordField password = new PasswordField(Texts.get("welcome.password"));
  private String token = "";

  WelcomeView(LabServices services) {
    access = services.access();
    addClassNames("page", "narrow");
  }

  @Override
  public void setParameter(BeforeEvent event, String offered) {
    token = offered;
    removeAll();
    add(new H1(Texts.get("welcome.title")));
    if (!access.isLinkToken(token)) {
      add(new Paragraph(Texts.get("welcome.used")));
      return;
    }
    password.setHelperText(Texts.get("welcome.help", TeacherAccess.SHORTEST_PASSWORD));
    password.setWidthFull();
    password.setId("password");
    Button set = new Button(Texts.get("welcome.set"));
    set.addThemeVariants(ButtonVariant.PRIMARY);
    set.addClickShortcut(Key.ENTER);
    set.addClickListener(_ -> set());
    add(new Paragraph(Texts.get("welcome.lead")), password, set);
  }

  private void set() {
    int length = password.getValue().length();
    if (length < TeacherAccess.SHORTEST_PASSWORD || length > TeacherAccess.LONGEST_PASSWORD) {
      password.setErrorMessage(
          Texts.get(
              "welcome.length", TeacherAccess.SHORTEST_PASSWORD, TeacherAccess.LONGEST_PASSWORD));
      password.setInvalid(true);
    } else if (access.setPassword(token, password.getValue())) {
      Visitor.enter(VaadinSession.getCurrent());
      getUI().ifPresent(ui -> ui.navigate(ExperimentsView.class));
    } else {
      password.setErrorMessage(Texts.get("welcome.used"));
      password.setInvalid(true);
    }
  }

  @Override
  public String getPageTitle() {
    return Texts.get("welcome.title") + " · Digit Lab";
  }
}
