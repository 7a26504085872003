package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.HasText;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarTester;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadTester;
import com.vaadin.flow.router.QueryParameters;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentQuery.Show;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Marks;
import digitlab.i18n.Language;
import digitlab.net.Initializer;
import digitlab.net.Loss;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import digitlab.train.Preset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExperimentsViewTest extends LabTest {
  private static final int STATUS = 2;
  private static final int ACCURACY = 4;
  private static final int ACTIONS = 7;

  @SuppressWarnings("unchecked")
  private Grid<ListedExperiment> grid() {
    return find(Grid.class).single();
  }

  /** The first page is this view already, so it is the news that bring the rows. */
  private ExperimentsView open(int rows) {
    ExperimentsView view = navigate(ExperimentsView.class);
    awaitRows(rows);
    return view;
  }

  private void awaitRows(int rows) {
    awaitView(rows + " rows", () -> find(Grid.class).exists() && test(grid()).size() == rows);
  }

  private List<String> names() {
    return grid().getLazyDataView().getItems().map(row -> row.experiment().name()).toList();
  }

  @Test
  void theListIsAlsoWhereOneWouldLookForIt() {
    assertEquals(ExperimentsView.class, navigate("experiments", ExperimentsView.class).getClass());
  }

  @Test
  void withoutExperimentsItSaysHowToBegin() {
    ExperimentsView view = navigate(ExperimentsView.class);
    assertTrue(text(view).contains("Begin with a network that somebody published"));
    assertFalse(find(Grid.class).exists());
    List<String> presets = find(PresetLink.class).all().stream().map(LabTest::text).toList();
    assertEquals(Preset.ALL.size(), presets.size());
    assertTrue(presets.getFirst().contains("3b1b") && presets.getFirst().contains("96.00"));
    assertEquals("new?preset=3b1b", find(PresetLink.class).all().getFirst().getHref());
    test(find(Button.class).withId("new").single()).click();
    assertInstanceOf(NewExperimentView.class, getCurrentView());
  }

  @Test
  void listsTheNewestFirstAndFollowsThem() {
    long first = experiments.create("first", QUICK);
    experiments.create("second", QUICK);
    open(2);
    assertEquals(List.of("second", "first"), names());
    assertEquals("–", test(grid()).getCellText(1, ACCURACY));
    experiments.start(first);
    double accuracy = resultOf(first);
    awaitView(
        "the accuracy to appear",
        () -> test(grid()).getCellText(1, ACCURACY).equals(Texts.percent(accuracy)));
    experiments.create("third", QUICK);
    awaitRows(3);
  }

  @Test
  void aNetworkFromElsewhereIsTestedAndBecomesAnExperiment() {
    navigate(ExperimentsView.class);
    test(find(Button.class).withId("import").single()).click();
    bring("100 → 10 softmax");
    awaitView(
        "the refusal",
        () ->
            text(find(Paragraph.class).withId("import-complaint").single())
                .contains("the images have 784 pixels"));
    assertEquals(List.of(), experiments.list());
    bring("784 → 9 tanh → 10 softmax");
    awaitView("its page", () -> getCurrentView() instanceof ExperimentView);
    Experiment experiment = experiments.list().getFirst();
    assertEquals("from elsewhere", experiment.name());
    assertEquals("784 → 9 tanh → 10 softmax", experiment.plan().network().toString());
    double accuracy = resultOf(experiment.id());
    String text = text((Component) getCurrentView());
    assertTrue(text.contains(Texts.percent(accuracy)) && text.contains("✓ done"), text);
  }

  @Test
  void aNetworkThatCantBeTakenIsRefusedInTheLanguageOfThePage() {
    speak(Language.RUSSIAN);
    navigate(NewExperimentView.class); // a view that is shown already would be kept as it is
    navigate(ExperimentsView.class);
    test(find(Button.class).withId("import").single()).click();
    refused("none".getBytes(StandardCharsets.US_ASCII), "файл начинается с байтов 6e 6f 6e 65.");
    refused("DIGITLAB\1".getBytes(StandardCharsets.US_ASCII), "Файл сети обрывается после 9 байт.");
    bring("784 → 10 relu");
    awaitComplaint("Перекрёстная энтропия сравнивает вероятности");
    bring("4 → 10 softmax");
    awaitComplaint("Сеть – 4 → 10 softmax, а пикселей у изображений 784, классов 10.");
    find(TextField.class).withId("import-network").single().setValue("784 Neuronen");
    refused("none".getBytes(StandardCharsets.US_ASCII), "«784 Neuronen» не описывает сеть");
    assertEquals(List.of(), experiments.list());
  }

  private void refused(byte[] file, String why) {
    upload("bad.onnx", file);
    awaitComplaint(why);
  }

  private void awaitComplaint(String why) {
    awaitView(
        "the complaint: " + why,
        () ->
            find(Paragraph.class).withId("import-complaint").all().stream()
                .anyMatch(complaint -> complaint.getText().contains(why)));
  }

  private void bring(String network) {
    NetworkSpec spec = NetworkSpec.parse(network);
    Parameters parameters = Parameters.initial(spec, Initializer.parse("he"), 1);
    byte[] file =
        NetworkFormat.write("from elsewhere", NetworkFile.MNIST_28, Loss.CROSS_ENTROPY, parameters);
    upload("net.digitlab", file);
  }

  private void upload(String name, byte[] file) {
    new UploadTester<>(find(Upload.class).withId("import-file").single())
        .upload(name, "application/octet-stream", file);
  }

  private double resultOf(long id) {
    var result = awaitEnd(id).result();
    assertTrue(result != null);
    return result.accuracy();
  }

  /** The row is not made anew several times a second: a menu in it would close. */
  @Test
  void aTrainingIsFollowedInTheCellsThatAreThere() {
    long id =
        experiments.create(
            "long", QUICK.with("network", "784 → 16 relu → 10 softmax").with("epochs", 10_000));
    open(1);
    experiments.start(id);
    awaitView("the training", () -> text(status()).contains("▶"));
    List<StatusBadge> badges = find(StatusBadge.class).all();
    List<String> before = badges.stream().map(LabTest::text).toList();
    awaitView("progress", () -> !badges.stream().map(LabTest::text).toList().equals(before));
    assertEquals(badges, find(StatusBadge.class).all());
    experiments.stop(id);
    awaitView("the end", () -> text(status()).contains("■ stopped"));
  }

  private Component status() {
    return test(grid()).getCellComponent(0, STATUS);
  }

  @Test
  void deletesAndBringsBack() {
    experiments.create("precious", QUICK);
    open(1);
    choose("Delete");
    assertEquals(List.of(), experiments.list());
    awaitView("the row to go", () -> !find(Grid.class).exists());
    test(find(Button.class).withId("undo").single()).click();
    assertEquals(1, experiments.list().size());
    awaitView("the row to come back", () -> find(Grid.class).exists());
  }

  private MenuBar menu() {
    return (MenuBar) test(grid()).getCellComponent(0, ACTIONS).getChildren().toList().getLast();
  }

  /** In the menu of the first row. */
  private void choose(String text) {
    List<String> items =
        menu().getItems().getFirst().getSubMenu().getItems().stream()
            .map(HasText::getText)
            .toList();
    new MenuBarTester<>(menu()).clickItem(0, items.indexOf(text));
  }

  @Test
  void nameTagsAndNotesAreWrittenAndFound() {
    experiments.create("plain", QUICK);
    long id =
        experiments.create("to be described", QUICK.with("network", "784 → 33 elu → 10 softmax"));
    open(2);
    choose("Name, tags, notes");
    test(find(TextField.class).withId("marks-name").single()).setValue("described");
    MultiSelectComboBox<?> tags = find(MultiSelectComboBox.class).withId("marks-tags").single();
    ComponentUtil.fireEvent(tags, new ComboBoxBase.CustomValueSetEvent<>(tags, true, " homework "));
    test(find(TextArea.class).withId("marks-notes").single()).setValue("Устойчиво к сдвигам");
    test(find(Button.class).withId("marks-save").single()).click();
    ListedExperiment listed = catalogue.find(id).orElseThrow();
    assertEquals("described", listed.experiment().name());
    assertEquals(
        new Marks(List.of("homework"), "Устойчиво к сдвигам", false, false), listed.marks());
    awaitView("the tag", () -> text(test(grid()).getCellComponent(0, 1)).contains("homework"));
    search("сдвиг");
    assertEquals(List.of("described"), names());
    search("33 ELU");
    assertEquals(List.of("described"), names());
    search("100%");
    assertFalse(find(Grid.class).exists());
    assertTrue(text(getCurrentComponent()).contains("Nothing fits"));
    search("");
    assertEquals(2, names().size());
    chooseTag("homework");
    assertEquals(List.of("described"), names());
  }

  private Component getCurrentComponent() {
    return (Component) getCurrentView();
  }

  private void search(String text) {
    test(find(TextField.class).withId("search").single()).setValue(text);
  }

  @SuppressWarnings("unchecked")
  private void chooseTag(String tag) {
    find(ComboBox.class).withId("tag").single().setValue(tag);
  }

  @Test
  void favouritesAndTheArchiveAreListsOfTheirOwn() {
    experiments.create("one", QUICK);
    experiments.create("two", QUICK);
    open(2);
    test((Button) test(grid()).getCellComponent(0, 0)).click();
    assertTrue(catalogue.tags().isEmpty());
    show(Show.FAVOURITES);
    assertEquals(List.of("two"), names());
    show(Show.ALL);
    grid().asMultiSelect().select(Set.of(grid().getLazyDataView().getItem(1)));
    assertTrue(text(getCurrentComponent()).contains("Chosen: 1"));
    test(find(Button.class).withId("archive").single()).click();
    awaitRows(1);
    assertEquals(List.of("two"), names());
    show(Show.ARCHIVED);
    assertEquals(List.of("one"), names());
    choose("Take out of the archive");
    awaitView("nothing is left", () -> !find(Grid.class).exists());
    show(Show.NEW);
    assertEquals(List.of("two", "one"), names());
  }

  @SuppressWarnings("unchecked")
  private void show(Show part) {
    find(Select.class).withId("show").single().setValue(part);
  }

  @Test
  void anAddressOpensTheListNarrowedDown() {
    long id = experiments.create("needle", QUICK);
    experiments.create("hay", QUICK);
    catalogue.mark(id, new Marks(List.of("sharp"), "", true, false));
    navigate(NewExperimentView.class);
    UI.getCurrent()
        .navigate(
            ExperimentsView.class,
            QueryParameters.simple(
                Map.of("text", "NEED", "tag", "sharp", "show", "favourites", "x", "<y>")));
    assertEquals(List.of("needle"), names());
  }

  @Test
  void speaksRussian() {
    speak(Language.RUSSIAN);
    experiments.create("первый", QUICK);
    navigate(NewExperimentView.class); // a view that is shown already would be kept as it is
    ExperimentsView view = open(1);
    assertTrue(text(view).contains("Новый эксперимент"));
    assertEquals("Эксперименты · Digit Lab", view.getPageTitle());
    assertEquals("Состояние", grid().getColumnByKey("status").getHeaderText());
    search("ПЕРВ");
    assertEquals(List.of("первый"), names());
  }

  @Test
  void onANarrowScreenThePageOfTheExperimentHasTheRest() {
    experiments.create("x", QUICK);
    ExperimentsView view = open(1);
    view.showNarrow(true);
    assertEquals(List.of("name", "accuracy"), shownColumns());
    view.showNarrow(false);
    assertEquals(8, shownColumns().size());
    assertNotNull(grid().getColumnByKey("validation"));
  }

  private List<String> shownColumns() {
    return grid().getColumns().stream()
        .filter(Grid.Column::isVisible)
        .filter(column -> column.getKey() != null)
        .map(Grid.Column::getKey)
        .toList();
  }
}
