package digitlab.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.streams.UploadEvent;
import com.vaadin.flow.server.streams.UploadHandler;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.Run;
import digitlab.insight.InsightService;
import digitlab.interop.ImportedNetwork;
import digitlab.interop.Importer;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import digitlab.train.Evaluation;
import digitlab.train.PlanCheck;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.IOException;

/** Brings a network that was trained elsewhere: tested at once, it becomes an experiment. */
final class ImportDialog extends Dialog {
  private static final long serialVersionUID = 1;

  private final transient ExperimentService experiments;
  private final transient InsightService insights;
  private final TextField network = new TextField(Texts.get("import.network"));
  private final Upload upload = new Upload(new Receiver());
  private final Paragraph complaint = new Paragraph();

  ImportDialog(LabServices services) {
    experiments = services.experiments();
    insights = services.insights();
    setHeaderTitle(Texts.get("import.title"));
    network.setPlaceholder("784 → 128 relu → 10 softmax");
    network.setId("import-network");
    upload.setId("import-file");
    upload.setMaxFiles(1);
    UploadI18N texts = new UploadI18N();
    texts.setAddFiles(new UploadI18N.AddFiles().setOne(Texts.get("import.choose")));
    texts.setDropFiles(new UploadI18N.DropFiles().setOne(Texts.get("import.drop")));
    upload.setI18n(texts);
    complaint.addClassName("note");
    complaint.setId("import-complaint");
    complaint.getElement().setAttribute("role", "alert");
    complaint.setVisible(false);
    Div fields = new Div(new Paragraph(Texts.get("import.lead")), network, upload, complaint);
    fields.addClassName("marks-fields");
    add(fields);
    Button cancel = new Button(Texts.get("action.cancel"), _ -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    getFooter().add(cancel);
  }

  /** Takes a file; whatever is wrong with it is said, and nothing is kept. */
  private final class Receiver implements UploadHandler {
    private static final long serialVersionUID = 1;

    @Override
    public void handleUploadRequest(UploadEvent event) throws IOException {
      UI ui = event.getUI();
      String name = event.getFileName();
      byte[] file = event.getInputStream().readNBytes((int) Importer.MOST_BYTES + 1);
      try {
        long id = adopt(name, file);
        Background.update(ui, () -> show(ui, id));
      } catch (RefusedException e) {
        Background.update(ui, () -> refuse(name, e.why()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long getRequestSizeMax() {
      return Importer.MOST_BYTES;
    }

    @Override
    public long getFileSizeMax() {
      return Importer.MOST_BYTES;
    }
  }

  private long adopt(String fileName, byte[] content) throws InterruptedException {
    NetworkFile read = read(fileName, content);
    TrainingPlan plan =
        PlanText.parse("network " + read.parameters().spec() + "; loss " + read.loss());
    for (Message error : PlanCheck.errors(plan)) {
      throw new RefusedException(error);
    }
    Evaluation test = insights.test(read, plan.data());
    String named = read.title().isBlank() ? fileName : read.title().strip();
    String title = named.substring(0, Math.min(named.length(), Experiment.LONGEST_NAME));
    byte[] file = NetworkFormat.write(title, NetworkFile.MNIST_28, read.loss(), read.parameters());
    return experiments.adopt(
        title, plan, file, new Run.TestResult(test.accuracy(), test.loss(), test.confusion()));
  }

  private NetworkFile read(String fileName, byte[] content) {
    if (NetworkFormat.looksLikeIt(content)) {
      return NetworkFormat.read(content);
    }
    String described = network.getValue().strip();
    ImportedNetwork imported =
        Importer.read(content, described.isEmpty() ? null : Importer.describe(described));
    String own = imported.title();
    String title = own == null || own.isBlank() ? fileName.replaceAll("\\.\\w+$", "") : own;
    return new NetworkFile(title, NetworkFile.MNIST_28, imported.loss(), imported.parameters(), "");
  }

  private void show(UI ui, long id) {
    close();
    ui.navigate(ExperimentView.class, id);
  }

  private void refuse(String name, Message why) {
    upload.clearFileList();
    complaint.setText(Texts.get("import.refused", name, Texts.get(why)));
    complaint.setVisible(true);
  }
}
