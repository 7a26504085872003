package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.PasswordField;
import digitlab.testing.Await;
import org.junit.jupiter.api.Test;

/** The Lab of a server that others on the network can reach. */
class AccessTest extends LabTest {
  @Override
  protected boolean onNetwork() {
    return true;
  }

  private PasswordField password() {
    return find(PasswordField.class).single();
  }

  private void press() {
    test(find(Button.class).single()).click();
  }

  @Test
  void nobodyEntersBeforeThereIsAPassword() {
    long id = experiments.create("secret", QUICK);
    for (String path : new String[] {"", "new", "experiments/" + id}) {
      UI.getCurrent().navigate(path);
      assertInstanceOf(LoginView.class, getCurrentView());
    }
    assertTrue(text((LoginView) getCurrentView()).contains("No password is set yet"));
    assertFalse(find(PasswordField.class).exists());
  }

  @Test
  void theLinkSetsThePasswordAndLetsIn() {
    String token = access.linkToken().orElseThrow();
    WelcomeView view = navigate(WelcomeView.class, token);
    password().setValue("short");
    press();
    assertTrue(password().isInvalid());
    assertEquals("8 to 200 characters", password().getErrorMessage());
    password().setValue("long enough");
    press();
    assertInstanceOf(ExperimentsView.class, getCurrentView());
    assertTrue(text(navigate(WelcomeView.class, token)).contains("used already"), text(view));
  }

  @Test
  void thePasswordLetsIn() {
    assertTrue(access.setPassword(access.linkToken().orElseThrow(), "long enough"));
    UI.getCurrent().navigate("");
    password().setValue("wrong one");
    press();
    assertEquals("This is not the password.", password().getErrorMessage());
    press();
    assertEquals("Too many tries. Wait a little and try again.", password().getErrorMessage());
    password().setValue("long enough");
    Await.until(
        "the pause to be over",
        () -> {
          press();
          return getCurrentView() instanceof ExperimentsView;
        });
    UI.getCurrent().navigate("new");
    assertInstanceOf(NewExperimentView.class, getCurrentView());
  }

  @Test
  void aWrongLinkOpensNothing() {
    assertTrue(text(navigate(WelcomeView.class, "guess")).contains("used already"));
    assertFalse(find(PasswordField.class).exists());
  }
}
