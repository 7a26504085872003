package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Challenge;
import digitlab.experiment.Run;
import digitlab.train.TrainingPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChallengeViewTest extends LabTest {
  private static final TrainingPlan VALIDATED = QUICK.with("validation", 0.2);

  private long train(String name, TrainingPlan plan) {
    long id = experiments.create(name, plan);
    experiments.start(id);
    awaitEnd(id);
    return id;
  }

  private List<String> board(long challenge) {
    return challenges.board(challenge).stream().map(Challenge.Entry::name).toList();
  }

  private @Nullable Double test(long id) {
    Run run = experiments.find(id).orElseThrow().run();
    assertNotNull(run);
    Run.TestResult result = run.result();
    return result == null ? null : result.accuracy();
  }

  @Test
  void testResultsAreHiddenUntilTheyAreRevealedOnce() {
    navigate(ChallengeView.class);
    test(find(TextField.class).withId("challenge-name").single()).setValue("Spring cup");
    test(find(Button.class).withId("challenge-create").single()).click();
    Challenge challenge = challenges.list().getFirst();
    long good = train("good", VALIDATED);
    long lazy = train("lazy", VALIDATED.with("rate", 0.00001));
    Double hidden = test(good);
    assertNotNull(hidden);
    challenges.enter(challenge.id(), lazy);
    challenges.enter(challenge.id(), good);
    challenges.enter(challenge.id(), good);
    assertEquals(List.of("good", "lazy"), board(challenge.id()));
    assertNull(test(good), "hidden wherever it is asked for");
    assertTrue(catalogue.find(good).orElseThrow().sealed());
    String sealed = text(navigate(ExperimentView.class, good));
    assertTrue(sealed.contains("this experiment takes part in a challenge"), sealed);
    assertFalse(sealed.contains(Texts.percent(hidden)), sealed);
    RouterLink way = find(RouterLink.class).withId("hiding-challenge").single();
    assertEquals("Spring cup", way.getText());
    assertEquals("challenges?id=" + challenge.id(), way.getHref());
    navigate(ExperimentsView.class);
    ChallengeView view = navigate(ChallengeView.class);
    assertTrue(text(view).contains("The test results are hidden."), text(view));
    assertTrue(text(view).contains("hidden"), text(view));
    test(find(Button.class).withId("reveal").single()).click();
    ConfirmDialog dialog = find(ConfirmDialog.class).single();
    ComponentUtil.fireEvent(dialog, new ConfirmDialog.ConfirmEvent(dialog, true));
    assertTrue(text(view).contains("Revealed"), text(view));
    assertTrue(text(view).contains(Texts.percent(hidden)), text(view));
    assertEquals(hidden, test(good));
    assertTrue(text(navigate(ExperimentView.class, good)).contains(Texts.percent(hidden)));
    navigate(ChallengeView.class);
    assertFalse(find(Button.class).withId("reveal").exists());
    assertFalse(challenges.reveal(challenge.id()), "once");
    experiments.start(lazy);
    awaitEnd(lazy);
    challenges.withdraw(challenge.id(), good);
    challenges.enter(challenge.id(), train("late", VALIDATED));
    assertEquals(List.of("good", "lazy"), board(challenge.id()), "it stays as it was");
  }

  @Test
  void aChallengeIsDeletedAndNothingIsHiddenAnyMore() {
    long id = train("x", VALIDATED);
    long challenge = challenges.create("cup");
    challenges.enter(challenge, id);
    assertNull(test(id));
    challenges.delete(challenge);
    assertNotNull(test(id));
    assertEquals(List.of(), challenges.list());
  }
}
