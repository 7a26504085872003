package digitlab.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.DataSummary;
import digitlab.datasets.OwnSet;
import digitlab.datasets.OwnSetStore;
import digitlab.train.DataChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sets: to look through (?set=mnist), and to bring one's own. */
@Route(value = "data", layout = LabLayout.class)
@CssImport("./data.css")
final class DataView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(DataView.class);
  private static final int MILLIS = 5000;

  private final transient DataLibrary data;
  private final transient OwnSetStore ownSets;
  private final Select<DataChoice> choice = new Select<>();
  private final Button delete = new Button(Texts.get("action.delete"), VaadinIcon.TRASH.create());
  private final Paragraph note = new Paragraph();
  private final Div content = new Div();
  private transient @Nullable DataChoice shown;
  private boolean presenting; // the value comes from the program, not from a person

  DataView(LabServices services) {
    data = services.data();
    ownSets = services.ownSets();
    addClassName("page");
    choice.setLabel(Texts.get("plan.data"));
    choice.setItemLabelGenerator(Texts::data);
    choice.setId("data-choice");
    choice.addValueChangeListener(event -> choose(event.getValue()));
    delete.addThemeVariants(ButtonVariant.TERTIARY);
    delete.setId("delete");
    delete.addClickListener(_ -> delete());
    note.addClassName("note");
    note.setId("data-note");
    note.getElement().setAttribute("role", "status");
    content.addClassName("data");
    Div row = new Div(choice, delete);
    row.addClassName("data-choice");
    UploadPanel upload = new UploadPanel(ownSets, this::kept);
    upload.addClassName("card");
    add(new H1(Texts.get("data.title")), row, note, content, upload);
    offer();
  }

  private void offer() {
    List<DataChoice> choices = new ArrayList<>(DataChoice.BUILT_IN);
    choices.addAll(ownSets.list().stream().map(OwnSet::choice).toList());
    presenting = true;
    choice.setItems(choices);
    presenting = false;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    DataChoice wanted =
        event
            .getLocation()
            .getQueryParameters()
            .getSingleParameter("set")
            .flatMap(
                text ->
                    choice
                        .getListDataView()
                        .getItems()
                        .filter(c -> c.text().equals(text))
                        .findFirst())
            .orElse(DataChoice.MNIST);
    choice.setValue(wanted);
  }

  private void choose(@Nullable DataChoice chosen) {
    if (presenting || chosen == null) {
      return;
    }
    shown = chosen;
    UI ui = UI.getCurrent();
    ui.getPage()
        .getHistory()
        .replaceState(
            null, new Location("data", QueryParameters.simple(Map.of("set", chosen.text()))));
    delete.setVisible(chosen.isOwn());
    content.removeAll();
    say(Texts.get("run.data"));
    // a download or the generator may take its time
    Thread.ofPlatform().daemon().name("data view").start(() -> load(ui, chosen));
  }

  private void load(UI ui, DataChoice chosen) {
    try {
      DataPair pair = data.find(chosen, (_, _, _) -> {});
      DataSummary training = DataSummary.of(pair.training());
      DataSummary test = DataSummary.of(pair.test());
      Background.update(ui, () -> show(chosen, pair, training, test));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The data set {} can't be shown", chosen, e);
      Background.update(ui, () -> say(Texts.get("run.failed", String.valueOf(e.getMessage()))));
    }
  }

  private void show(DataChoice chosen, DataPair pair, DataSummary training, DataSummary test) {
    if (chosen.equals(shown)) {
      say("");
      content.removeAll();
      content.add(
          new Paragraph(
              Texts.get(
                  "data.facts",
                  Texts.get(pair.origin()),
                  Texts.whole(pair.training().size()),
                  Texts.whole(pair.test().size()),
                  pair.training().width(),
                  pair.training().height(),
                  Texts.percent(training.meanPixel()))),
          new ClassBalance(training, test),
          new DigitBrowser(pair));
    }
  }

  private void say(String text) {
    note.setText(text);
    note.setVisible(!text.isEmpty());
  }

  private void kept(OwnSet set) {
    offer();
    choice.setValue(set.choice());
    Notification.show(
        Texts.get("data.kept", set.name()), MILLIS, Notification.Position.BOTTOM_START);
  }

  private void delete() {
    DataChoice chosen = choice.getValue();
    ownSets.delete(chosen.ownName());
    offer();
    choice.setValue(DataChoice.MNIST);
    Notification.show(
        Texts.get("experiments.deleted", chosen.ownName()),
        MILLIS,
        Notification.Position.BOTTOM_START);
  }

  @Override
  public String getPageTitle() {
    return Texts.get("data.title") + " · Digit Lab";
  }
}
