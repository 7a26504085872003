package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ExperimentQuery;
import digitlab.experiment.ExperimentService;
import digitlab.train.Preset;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** All experiments, the newest first, each as it stands this moment; to search and to choose. */
@Route(value = "", layout = LabLayout.class)
@RouteAlias(value = "experiments", layout = LabLayout.class)
@CssImport("./catalogue.css")
public final class ExperimentsView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private static final String TELL_WIDTH =
      """
      const narrow = matchMedia('(max-width: 42rem)');
      const tell = () => this.isConnected && this.$server.showNarrow(narrow.matches);
      narrow.addEventListener('change', tell);
      tell();
      """;

  private final transient ExperimentService experiments;
  private final transient Catalogue catalogue;
  private final ExperimentFilter filter = new ExperimentFilter(_ -> narrowDown());
  private final ExperimentGrid grid;
  private final SelectionBar selection;
  private final Paragraph nothing = new Paragraph(Texts.get("experiments.nothing"));
  private final Section first = new Section();
  private final Set<Long> runsSeen = new HashSet<>();

  ExperimentsView(LabServices services) {
    experiments = services.experiments();
    catalogue = services.catalogue();
    grid = new ExperimentGrid(catalogue, new ExperimentActions(experiments, catalogue));
    selection = new SelectionBar(services, grid);
    addClassName("page");
    Button create = new Button(Texts.get("experiments.new"), VaadinIcon.PLUS.create());
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.setId("new");
    create.addClickListener(_ -> getUI().ifPresent(ui -> ui.navigate(NewExperimentView.class)));
    Button bring = new Button(Texts.get("import.title"), VaadinIcon.UPLOAD.create());
    bring.setId("import");
    bring.addClickListener(_ -> new ImportDialog(services).open());
    Div buttons = new Div(create, bring);
    buttons.addClassName("buttons");
    Div head = new Div(new H1(Texts.get("experiments.title")), buttons);
    head.addClassName("head");
    nothing.addClassName("empty");
    first.addClassNames("card", "first");
    first.add(new H2(Texts.get("experiments.none")), new Paragraph(Texts.get("experiments.first")));
    Preset.ALL.forEach(preset -> first.add(new PresetLink(preset)));
    add(head, filter, selection, grid, nothing, first);
    filter.offer(catalogue.tags());
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.read(event.getLocation().getQueryParameters());
    refresh();
  }

  @ClientCallable
  void showNarrow(boolean narrow) {
    grid.showNarrow(narrow);
  }

  private void narrowDown() {
    refresh();
    UI.getCurrent().getPage().getHistory().replaceState(null, new Location("", filter.address()));
  }

  /** Looks for the experiments anew. */
  private void refresh() {
    ExperimentQuery query = filter.query();
    int count = grid.show(query);
    boolean none = count == 0 && query.equals(ExperimentQuery.ALL);
    boolean unused = none && catalogue.count(query.withShow(ExperimentQuery.Show.ARCHIVED)) == 0;
    filter.setVisible(!unused);
    grid.setVisible(count > 0);
    nothing.setVisible(count == 0 && !unused);
    first.setVisible(unused);
  }

  /** Trainings change several times a second: then the list is looked for anew only once a run. */
  private void refresh(long id) {
    OptionalLong going = catalogue.goingRun(id);
    boolean listIsRight =
        going.isPresent() && (grid.follow(id) || !runsSeen.add(going.getAsLong()));
    if (!listIsRight) {
      filter.offer(catalogue.tags());
      refresh();
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Background.onceDetached(
        this, experiments.listen(id -> Background.update(ui, () -> refresh(id))));
    refresh();
    getElement().executeJs(TELL_WIDTH);
  }

  @Override
  public String getPageTitle() {
    return Texts.get("experiments.title") + " · Digit Lab";
  }
}
