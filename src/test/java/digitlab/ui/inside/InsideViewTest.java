package digitlab.ui.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.QueryParameters;
import digitlab.data.StrokeGenerator;
import digitlab.i18n.Language;
import digitlab.ui.ExperimentsView;
import digitlab.ui.LabTest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks into a network that a real training made. */
class InsideViewTest extends LabTest {
  private long id;

  @BeforeEach
  void train() {
    id = experiments.create("probe me", QUICK);
    experiments.start(id);
    assertTrue(awaitEnd(id).model() != null);
  }

  private InsideView open(String query) {
    UI.getCurrent().navigate("inside/" + id, QueryParameters.fromString(query));
    awaitView("the network", () -> find(Tabs.class).exists());
    return find(InsideView.class).single();
  }

  private void go(int part) {
    find(Tabs.class).single().setSelectedIndex(part);
  }

  @Test
  void goesFromTheMatrixToDigitsAndIntoTheNetwork() {
    InsideView view = open("");
    assertTrue(text(view).contains("The hardest ones"), text(view));
    PictureGallery gallery = find(PictureGallery.class).single();
    assertEquals(40, gallery.pictures().size());
    assertFalse(find(DigitPanel.class).exists(), "no digit is chosen yet");

    UI.getCurrent().navigate(ExperimentsView.class);
    view = open("shown=3&said=3&digit=17");
    String text = text(view);
    assertTrue(text.contains("3 recognised as 3, the surest first."), text);
    assertTrue(text.contains("Test image 17"), text);
    assertTrue(
        Pattern.compile("C = −log [0-9.·⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+ = [0-9.]+").matcher(text).find(), text);
    assertTrue(text.contains("δ = y − t = "), text);
    assertTrue(text.contains("z = Σ w·x + b = "), text);
    assertEquals(10, text.split("%", -1).length - 1 - percentsOfTheMatrix(text), "ten bars");
  }

  /** A percentage stands behind each row of the matrix. */
  private static int percentsOfTheMatrix(String text) {
    return text.substring(0, text.indexOf("Rows: what the image shows")).split("%", -1).length - 1;
  }

  @Test
  void anAddressThatMakesNoSenseIsPassedOver() {
    InsideView view = open("part=nonsense&shown=99&said=-1&digit=999999999999");
    assertTrue(text(view).contains("The hardest ones"), text(view));
  }

  @Test
  void showsWeightsOfEveryLayer() {
    open("part=neurons");
    PictureGallery gallery = find(PictureGallery.class).single();
    assertEquals(16, gallery.pictures().size());
    @SuppressWarnings("unchecked")
    Select<Integer> layer = find(Select.class).withId("layer").single();
    layer.setValue(1);
    assertEquals(10, gallery.pictures().size());
    assertTrue(text(find(NeuronsPart.class).single()).contains("Neurons 0 to 9 of 10."));
  }

  @Test
  void mapsALayerAndJudgesTheQuality() {
    open("part=map");
    String map = text(find(MapPart.class).single());
    assertTrue(Pattern.compile("100 test digits .* hold \\d+\\.\\d\\d").matcher(map).find(), map);
    go(4);
    String quality = text(find(QualityPart.class).single());
    assertTrue(quality.contains("Expected calibration error: "), quality);
    assertTrue(quality.contains("Precision"), quality);
  }

  @Test
  void followsADigitThatWasJustDrawn() {
    open("part=draw");
    DrawPart draw = find(DrawPart.class).single();
    draw.show(new StrokeGenerator(9).dataset(1).image(0));
    String text = text(draw);
    assertTrue(text.contains("Your drawing") && text.contains("Recognised as"), text);
    @SuppressWarnings("unchecked")
    Select<Integer> label = find(Select.class).withId("label").single();
    for (int digit : List.of(1, 2)) {
      label.setValue(digit);
    }
    assertTrue(text(draw).contains("the network says") || text(draw).contains("Recognised as 2"));
    draw.show(new byte[3]); // not from our pad
  }

  @Test
  void speaksRussianAndSaysWhatIsMissing() {
    speak(Language.RUSSIAN);
    assertTrue(text(open("")).contains("Самые трудные"));
    long fresh = experiments.create("untrained", QUICK);
    UI.getCurrent().navigate("inside/" + fresh);
    awaitView(
        "the answer",
        () -> text(find(InsideView.class).single()).contains("Обученной сети ещё нет"));
  }
}
