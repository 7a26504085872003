package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import digitlab.experiment.Experiment;
import digitlab.interop.ExportFormat;
import digitlab.interop.Exporter;
import digitlab.interop.TrainedModel;
import digitlab.net.Parameters;
import digitlab.text.Message;
import digitlab.train.TrainingPlan;
import java.util.Arrays;
import java.util.List;

/**
 * The training of a plan as scripts for the tools of Python, to read, to copy and to take along.
 */
final class ScriptsPanel extends Div {
  private static final long serialVersionUID = 1;

  /** A page that came over plain HTTP has no clipboard of its own: then the text is selected. */
  private static final String COPY =
      """
      this.addEventListener('click', async () => {
        const script = this.closest('.script').querySelector('pre');
        getSelection().selectAllChildren(script);
        if (navigator.clipboard) await navigator.clipboard.writeText(script.textContent);
        else document.execCommand('copy');
        this.textContent = $0;
      })
      """;

  private final transient TrainedModel model;
  private final String fileName;

  ScriptsPanel(Experiment experiment) {
    TrainingPlan plan = experiment.plan();
    Parameters initial = Parameters.initial(plan.network(), plan.initializer(), plan.seed());
    model = new TrainedModel(experiment.name(), initial, plan, false);
    fileName = FileNames.of(experiment.name());
    addClassName("scripts");
    TabSheet tabs = new TabSheet();
    tabs.setWidthFull();
    Arrays.stream(ExportFormat.values())
        .filter(ExportFormat::isScript)
        .forEach(format -> tabs.add(Texts.get("handover.format." + format), script(format)));
    add(new Paragraph(Texts.get("scripts.help", fileName + Exporter.INITIAL)), tabs);
  }

  private Div script(ExportFormat format) {
    Div content = new Div();
    content.addClassName("script");
    content.setId("script-" + format);
    List<Message> obstacles = Exporter.obstacles(model.plan(), format);
    if (!obstacles.isEmpty()) {
      obstacles.forEach(obstacle -> content.add(new Paragraph(Texts.get(obstacle))));
      return content;
    }
    Button copy = new Button(Texts.get("scripts.copy"), VaadinIcon.COPY_O.create());
    copy.getElement().executeJs(COPY, "✓ " + Texts.get("scripts.copied"));
    Div row =
        new Div(
            copy,
            new Download(
                fileName + "." + format.extension(),
                "." + format.extension(),
                out -> Exporter.write(model, format, out)),
            new Download(
                fileName + Exporter.INITIAL,
                Texts.get("scripts.initial"),
                out -> Exporter.writeInitial(model, out)));
    row.addClassName("downloads");
    content.add(row, new Pre(Exporter.script(model, format)));
    return content;
  }
}
