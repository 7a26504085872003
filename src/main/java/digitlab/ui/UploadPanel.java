package digitlab.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.streams.UploadEvent;
import com.vaadin.flow.server.streams.UploadHandler;
import digitlab.data.Dataset;
import digitlab.datasets.DataPair;
import digitlab.datasets.Orientation;
import digitlab.datasets.OwnSet;
import digitlab.datasets.OwnSetStore;
import digitlab.datasets.Upload.Corrections;
import digitlab.datasets.UploadRefusedException;
import digitlab.datasets.UploadedFile;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the files of a data set, shows what they hold, and keeps them when one says so. Until then
 * they are in the memory of this page alone, and go with it.
 */
final class UploadPanel extends Section {
  private static final long serialVersionUID = 1;
  private static final int MOST_MEGABYTES = 250;
  private static final int SAMPLES = 20;

  private final transient OwnSetStore store;
  private final transient Consumer<OwnSet> listener;
  private final transient digitlab.datasets.Upload files = new digitlab.datasets.Upload();
  private final Upload upload = new Upload(new Receiver());
  private final Paragraph complaint = new Paragraph();
  private final UnorderedList list = new UnorderedList();
  private final Paragraph missing = new Paragraph();
  private final Div ready = new Div();
  private final Div samples = new Div();
  private final TextField name = new TextField(Texts.get("upload.name"));
  private final Checkbox transpose = new Checkbox(Texts.get("upload.transpose"));
  private final Checkbox invert = new Checkbox(Texts.get("upload.invert"));

  /**
   * @param listener is told of a set that was kept
   */
  UploadPanel(OwnSetStore store, Consumer<OwnSet> listener) {
    this.store = store;
    this.listener = listener;
    upload.setId("upload");
    upload.setMaxFiles(8);
    upload.setI18n(texts());
    complaint.addClassName("note");
    complaint.setId("upload-complaint");
    complaint.getElement().setAttribute("role", "alert");
    complaint.setVisible(false);
    missing.addClassName("help");
    missing.setId("upload-missing");
    name.setMaxLength(DataChoice.LONGEST_NAME);
    name.setHelperText(Texts.get("upload.name.help"));
    name.setId("upload-name");
    transpose.setId("upload-transpose");
    invert.setId("upload-invert");
    transpose.addValueChangeListener(_ -> showSamples());
    invert.addValueChangeListener(_ -> showSamples());
    Button keep = new Button(Texts.get("upload.keep"), _ -> keep());
    keep.addThemeVariants(ButtonVariant.PRIMARY);
    keep.setId("upload-keep");
    Button forget = new Button(Texts.get("action.cancel"), _ -> forget());
    forget.addThemeVariants(ButtonVariant.TERTIARY);
    samples.addClassName("pictures");
    Div buttons = new Div(keep, forget);
    buttons.addClassName("buttons");
    ready.addClassName("upload-ready");
    ready.add(samples, transpose, invert, name, buttons);
    add(
        new H2(Texts.get("upload.title")),
        new Paragraph(Texts.get("upload.lead", mostBytes() >> 20)),
        upload,
        complaint,
        list,
        missing,
        ready);
    show();
  }

  private static UploadI18N texts() {
    UploadI18N texts = new UploadI18N();
    texts.setAddFiles(new UploadI18N.AddFiles().setMany(Texts.get("upload.choose")));
    texts.setDropFiles(new UploadI18N.DropFiles().setMany(Texts.get("upload.drop")));
    return texts;
  }

  /** What may come of one file: a part of Java's memory, so that other work goes on. */
  private static long mostBytes() {
    return Math.min((long) MOST_MEGABYTES << 20, Runtime.getRuntime().maxMemory() / 4);
  }

  /** Reads a file while it arrives; nothing is written to the disk. */
  private final class Receiver implements UploadHandler {
    private static final long serialVersionUID = 1;

    @Override
    public void handleUploadRequest(UploadEvent event) throws IOException {
      try {
        UploadedFile file =
            UploadedFile.read(event.getFileName(), event.getInputStream(), mostBytes());
        Background.update(event.getUI(), () -> take(file));
      } catch (UploadRefusedException e) {
        event.reject();
        Background.update(event.getUI(), () -> refuse(e.why()));
      }
    }

    @Override
    public long getRequestSizeMax() {
      return mostBytes();
    }

    @Override
    public long getFileSizeMax() {
      return mostBytes();
    }
  }

  private void take(UploadedFile file) {
    complaint.setVisible(false);
    files.add(file);
    if (files.obstacle().isEmpty()) {
      Corrections suggested = Orientation.suggest(files);
      transpose.setValue(suggested.transpose());
      invert.setValue(suggested.invert());
      if (name.isEmpty()) {
        name.setValue(suggestedName(file.name()));
      }
    }
    show();
  }

  /** "emnist-digits-train-images-idx3-ubyte.gz" is of "emnist-digits". */
  private static String suggestedName(String file) {
    String stem =
        file.toLowerCase(Locale.ROOT)
            .replaceAll("\\.(gz|csv|txt|tsv)", "")
            .replaceAll("[-_.]?(train(ing)?|t10k|test|images|labels|idx\\d|ubyte)", "")
            .replaceAll("[\\s;#]+", "-")
            .replaceAll("^[-_.]+|[-_.]+$", "");
    String cut = stem.substring(0, Math.min(stem.length(), DataChoice.LONGEST_NAME));
    return cut.isEmpty() ? "data" : cut;
  }

  private void refuse(Message why) {
    complaint.setText(Texts.get(why));
    complaint.setVisible(true);
  }

  private void show() {
    list.removeAll();
    for (UploadedFile file : files.files()) {
      String what = "upload.part." + file.part().name().toLowerCase(Locale.ROOT);
      list.add(
          new ListItem(
              Texts.get(
                  what, file.name(), Texts.whole(file.count()), file.width(), file.height())));
    }
    Optional<Message> obstacle = files.obstacle();
    missing.setText(files.files().isEmpty() ? "" : obstacle.map(Texts::get).orElse(""));
    missing.setVisible(!missing.getText().isEmpty());
    ready.setVisible(obstacle.isEmpty());
    showSamples();
  }

  private void showSamples() {
    samples.removeAll();
    if (files.obstacle().isPresent()) {
      return;
    }
    Dataset some = files.first(SAMPLES, corrections());
    for (int n = 0; n < some.size(); n++) {
      GrayPicture picture = new GrayPicture(some.width(), some.height());
      picture.put(some.image(n), some.width(), 0, 0);
      Image image = picture.image(Integer.toString(some.label(n)));
      image.setTitle(Integer.toString(some.label(n)));
      samples.add(image);
    }
  }

  private Corrections corrections() {
    return new Corrections(transpose.getValue(), invert.getValue());
  }

  private void keep() {
    String wanted = name.getValue().strip();
    if (!DataChoice.isName(wanted)) {
      name.setErrorMessage(Texts.get("upload.name.help"));
      name.setInvalid(true);
      return;
    }
    try {
      DataPair data = files.data(wanted, corrections());
      if (store.save(wanted, data)) {
        forget();
        listener.accept(store.find(wanted).orElseThrow());
      } else {
        name.setErrorMessage(Texts.get("upload.name.taken"));
        name.setInvalid(true);
      }
    } catch (UploadRefusedException e) {
      refuse(e.why());
    }
  }

  private void forget() {
    files.clear();
    name.clear();
    upload.clearFileList();
    complaint.setVisible(false);
    show();
  }

  @Override
  protected void onDetach(DetachEvent event) {
    files.clear();
  }
}
