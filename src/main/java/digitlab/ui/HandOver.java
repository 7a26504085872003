package digitlab.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.MetricsFile;
import digitlab.experiment.Run;
import digitlab.i18n.Language;
import digitlab.interop.ExportFormat;
import digitlab.interop.Exporter;
import digitlab.interop.TrainedModel;
import digitlab.net.NetworkFormat;
import digitlab.net.Parameters;
import digitlab.report.Report;
import digitlab.text.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a run that is over can be taken home as: files that are made when they are asked for. */
final class HandOver extends Section {
  private static final long serialVersionUID = 1;

  private final transient ExperimentService experiments;
  private final transient Experiment experiment;
  private final String fileName;

  HandOver(ExperimentService experiments, Experiment experiment, Run run) {
    this.experiments = experiments;
    this.experiment = experiment;
    fileName = FileNames.of(experiment.name());
    addClassName("hand-over");
    add(new H2(Texts.get("handover.title")));
    if (run.model() != null) {
      addModel(run.model());
    }
    addFigures(run);
  }

  private void addModel(String model) {
    Div models = row();
    Anchor own = new Anchor("/api/models/" + model, Texts.get("handover.format.digitlab"));
    own.getElement().setAttribute("download", fileName + ".digitlab");
    own.setRouterIgnore(true);
    models.add(own);
    Div scripts = row();
    add(new H3(Texts.get("handover.models")), models);
    add(new H3(Texts.get("handover.scripts")), new Paragraph(Texts.get("handover.scripts.help")));
    RouterLink pytorch =
        new RouterLink(Texts.get("pytorch.link"), PyTorchView.class, experiment.id());
    pytorch.setId("pytorch");
    add(scripts, pytorch);
    for (ExportFormat format : ExportFormat.values()) {
      List<Message> obstacles = Exporter.obstacles(experiment.plan(), format);
      String name = Texts.get("handover.format." + format);
      if (obstacles.isEmpty()) {
        String ending = format.isScript() ? "-" + format + ".zip" : "." + format.extension();
        (format.isScript() ? scripts : models)
            .add(link("export-" + format, name, ending, out -> write(model, format, out)));
      } else {
        Paragraph why = new Paragraph(Texts.get(obstacles.getFirst()));
        why.setId("refused-" + format);
        add(why);
      }
    }
  }

  private void write(String model, ExportFormat format, OutputStream out) throws IOException {
    byte[] file =
        experiments
            .modelFile(model)
            .orElseThrow(() -> new IOException("The network " + model + " was deleted."));
    Parameters parameters = NetworkFormat.read(file).parameters();
    TrainedModel trained =
        new TrainedModel(experiment.name(), parameters, experiment.plan(), false);
    if (format.isScript()) {
      Exporter.writeArchive(trained, format, fileName, out);
    } else {
      Exporter.write(trained, format, out);
    }
  }

  private void addFigures(Run run) {
    Div figures = row();
    figures.add(
        link(
            "metrics-csv",
            Texts.get("handover.csv"),
            ".csv",
            out ->
                out.write(
                    MetricsFile.csv(experiments.history(experiment))
                        .getBytes(StandardCharsets.UTF_8))),
        link(
            "metrics-json",
            Texts.get("handover.json"),
            "-run.json",
            out -> out.write(MetricsFile.json(experiment, run, experiments.history(experiment)))));
    Language language = Language.of(UI.getCurrent().getLocale());
    Div report = row();
    report.add(
        link(
            "report",
            Texts.get("handover.report"),
            "-report.html",
            out ->
                out.write(
                    Report.html(experiment, run, experiments.history(experiment), language)
                        .getBytes(StandardCharsets.UTF_8))),
        new CopyLink());
    add(new H3(Texts.get("handover.whole")), report);
    add(new H3(Texts.get("handover.figures")), figures);
  }

  private static Div row() {
    Div row = new Div();
    row.addClassName("downloads");
    return row;
  }

  private Anchor link(String id, String text, String ending, Download.Content content) {
    Anchor anchor = new Download(fileName + ending, text, content);
    anchor.setId(id);
    return anchor;
  }
}
