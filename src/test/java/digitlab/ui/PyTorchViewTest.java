package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.tabs.TabSheet;
import digitlab.i18n.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Where libtorch is on the class path the comparison runs; elsewhere the page says what is missing.
 */
class PyTorchViewTest extends LabTest {
  private PyTorchView open(long id) {
    return navigate(PyTorchView.class, id);
  }

  @Test
  void trainsOnBothOrSaysWhatIsMissing() {
    long id = experiments.create("duel", QUICK.with("validation", 0.2));
    PyTorchView view = open(id);
    Button start = find(Button.class).withId("start").single();
    if (!start.isEnabled()) {
      assertTrue(find(Paragraph.class).withId("note").single().getText().contains("PyTorch"));
      return;
    }
    assertFalse(text(view).contains("How far the parameters are apart"));
    test(start).click();
    awaitView("the end", () -> text(view).contains(" times as fast") && start.isEnabled());
    String text = text(view);
    assertTrue(text.contains("cpu") && text.contains("pytorch"), text);
    assertTrue(text.contains("·10⁻"), text);
    assertFalse(find(Paragraph.class).withId("note").exists(), "nothing went wrong");
    navigate(ExperimentsView.class);
    assertTrue(text(open(id)).contains(" times as fast"), "it is kept");
    speak(Language.RUSSIAN);
    navigate(ExperimentsView.class);
    assertTrue(text(open(id)).contains("Насколько расходятся параметры"));
  }

  @Test
  void showsTheScriptsAndWhyThereIsNone() {
    long id = experiments.create("Мой опыт", QUICK);
    open(id);
    TabSheet tabs = find(TabSheet.class).single();
    List<String> imports = List.of("import torch", "import keras", "import numpy", "sklearn");
    for (int i = 0; i < imports.size(); i++) {
      tabs.setSelectedIndex(i); // a tab is filled when it is first shown
      String wanted = imports.get(i);
      assertTrue(
          find(Pre.class).all().stream().anyMatch(script -> script.getText().contains(wanted)),
          wanted);
    }
    long elu = experiments.create("elu", QUICK.with("network", "784 → 9 elu → 10 softmax"));
    open(elu);
    find(TabSheet.class).single().setSelectedIndex(3);
    List<String> texts = find(Paragraph.class).all().stream().map(Paragraph::getText).toList();
    assertTrue(
        texts.stream().anyMatch(text -> text.contains("networks have no elu")), texts.toString());
    assertTrue(
        texts.stream().anyMatch(text -> text.contains("elu.initial.safetensors")),
        texts.toString());
  }
}
