package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadTester;
import com.vaadin.flow.router.QueryParameters;
import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.datasets.OwnSet;
import digitlab.i18n.Language;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class DataViewTest extends LabTest {
  private DataView open(String set) {
    UI.getCurrent().navigate(DataView.class, QueryParameters.simple(Map.of("set", set)));
    DataView view = (DataView) getCurrentView();
    awaitView("the images", () -> text(view).contains("300") || text(view).contains("40 + "));
    return view;
  }

  private static byte[] table(Dataset digits) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < digits.size(); n++) {
      text.append(digits.label(n));
      for (byte pixel : digits.image(n)) {
        text.append(',').append(pixel & 255);
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void upload(String name, byte[] content) {
    new UploadTester<>(find(Upload.class).single()).upload(name, "text/csv", content);
  }

  @Test
  void showsASetByClass() {
    DataView view = open("mnist");
    String text = text(view);
    assertTrue(text.contains("300 images to train on, 100 to test with, 28×28 pixels"), text);
    assertTrue(text.contains("Page 1 of 3"), text);
    test(find(Button.class).withId("data-forward").single()).click();
    assertTrue(text(view).contains("Page 2 of 3"), text(view));
    Select<Integer> label = this.<Integer>select("data-label");
    label.setValue(7);
    assertTrue(
        find(Image.class).all().stream()
            .map(image -> String.valueOf(image.getTitle().orElse("class 7")))
            .allMatch(title -> title.endsWith("class 7")),
        text(view));
  }

  @SuppressWarnings("unchecked")
  private <T> Select<T> select(String id) {
    return find(Select.class).withId(id).single();
  }

  @Test
  void aTableIsBroughtKeptShownAndDeleted() {
    DataView view = open("mnist");
    upload("My digits.csv", table(new StrokeGenerator(3).dataset(70)));
    awaitView("the samples", () -> find(TextField.class).withId("upload-name").exists());
    assertTrue(text(view).contains("My digits.csv: 70 images of 28×28 pixels with labels"));
    assertEquals(List.of(), ownSets.list(), "nothing is kept yet");
    TextField name = find(TextField.class).withId("upload-name").single();
    assertEquals("my-digits", name.getValue());
    test(find(Button.class).withId("upload-keep").single()).click();
    OwnSet kept = ownSets.list().getFirst();
    assertEquals(60, kept.training());
    assertEquals(10, kept.test());
    awaitView("the set", () -> text(view).contains("60 images to train on"));
    test(find(Button.class).withId("delete").single()).click();
    assertEquals(List.of(), ownSets.list());
  }

  @Test
  void aDamagedFileIsExplainedAndLeavesNothing() {
    DataView view = open("mnist");
    upload("bad.csv", "1,2,3".getBytes(StandardCharsets.UTF_8));
    awaitView("the complaint", () -> find(Paragraph.class).withId("upload-complaint").exists());
    assertTrue(text(view).contains("bad.csv has 3 columns"), text(view));
    assertFalse(find(TextField.class).withId("upload-name").exists());
    assertEquals(List.of(), ownSets.list());
  }

  @Test
  void speaksRussian() {
    speak(Language.RUSSIAN);
    DataView view = open("mnist");
    assertTrue(text(view).contains("300 изображений для обучения"), text(view));
    assertEquals("Данные · Digit Lab", view.getPageTitle());
  }

  @Test
  void aGrayPictureIsAPng() throws IOException {
    GrayPicture picture = new GrayPicture(3, 2);
    picture.put(new byte[] {1, 2, (byte) 200, 4}, 2, 1, 0);
    var image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(picture.png())));
    assertEquals(List.of(3, 2), List.of(image.getWidth(), image.getHeight()));
    assertEquals(0, image.getRaster().getSample(0, 0, 0));
    assertEquals(2, image.getRaster().getSample(2, 0, 0));
    assertEquals(200, image.getRaster().getSample(1, 1, 0));
  }
}
