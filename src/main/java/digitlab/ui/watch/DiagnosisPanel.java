package digitlab.ui.watch;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import digitlab.train.Finding;
import digitlab.ui.Texts;
import digitlab.ui.gradients.GradientsView;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a training, why, and what to try; read aloud when it changes. */
final class DiagnosisPanel extends Section {
  private static final long serialVersionUID = 1;

  private static final Set<Finding.Kind> GRADIENTS =
      Set.of(Finding.Kind.VANISHING_GRADIENT, Finding.Kind.EXPLODING_GRADIENT);

  private final Div findings = new Div();
  private transient @Nullable List<Finding> shown;

  DiagnosisPanel() {
    addClassNames("card", "diagnosis");
    setId("diagnosis");
    findings.getElement().setAttribute("role", "status");
    add(new H2(Texts.get("diagnosis.title")), findings);
  }

  /**
   * @param early whether it is too early to say that nothing is wrong
   */
  void show(List<Finding> found, boolean early) {
    if (found.equals(shown) && !found.isEmpty()) {
      return;
    }
    shown = found;
    findings.removeAll();
    if (found.isEmpty()) {
      Paragraph fine =
          new Paragraph(
              early ? Texts.get("diagnosis.none.yet") : "✓ " + Texts.get("diagnosis.none"));
      fine.addClassName("fine");
      findings.add(fine);
    }
    for (Finding finding : found) {
      Div box = new Div(new Paragraph("⚠ " + Texts.get(finding.what())));
      box.addClassName("finding");
      box.add(row("diagnosis.why", Texts.get(finding.why())));
      box.add(row("diagnosis.try", Texts.get(finding.remedy())));
      if (GRADIENTS.contains(finding.kind())) {
        box.add(new RouterLink(Texts.get("gradients.title"), GradientsView.class));
      }
      findings.add(box);
    }
  }

  private static Paragraph row(String label, String text) {
    Span name = new Span(Texts.get(label) + ": ");
    name.addClassName("label");
    Paragraph row = new Paragraph(name, new Span(text));
    row.addClassName("more");
    return row;
  }
}
