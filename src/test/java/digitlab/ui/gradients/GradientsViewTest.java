package digitlab.ui.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import digitlab.i18n.Language;
import digitlab.ui.LabTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GradientsViewTest extends LabTest {
  @Test
  void oneClickComparesDepthActivationAndWeights() {
    GradientsView view = navigate(GradientsView.class);
    test(find(Button.class).withId("start").single()).click();
    awaitView("the charts", () -> find(GradientLines.class).exists());
    assertEquals(3 * 3, find(GradientLines.class).all().size());
    assertTrue(text(view).contains("20 hidden layers"), text(view));
    assertTrue(find(Button.class).withId("start").single().isEnabled());
  }

  @Test
  @SuppressWarnings("unchecked")
  void nothingChosenIsSaid() {
    speak(Language.RUSSIAN);
    GradientsView view = navigate(GradientsView.class);
    CheckboxGroup<Integer> depths = find(CheckboxGroup.class).withId("gradients-depths").single();
    depths.setValue(Set.of());
    test(find(Button.class).withId("start").single()).click();
    assertTrue(text(view).contains("Выберите хотя бы одну глубину"), text(view));
  }
}
