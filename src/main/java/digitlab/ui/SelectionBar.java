package digitlab.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.router.QueryParameters;
import digitlab.experiment.Catalogue;
import digitlab.experiment.Challenge;
import digitlab.experiment.ChallengeStore;
import digitlab.experiment.ListedExperiment;
import java.util.List;
import java.util.Map;

/**
 * What can be done with the experiments that are ticked in the list; hidden while there are none.
 */
final class SelectionBar extends Div {
  private static final long serialVersionUID = 1;

  private final transient Catalogue catalogue;
  private final ExperimentGrid grid;
  private final Span count = new Span();

  SelectionBar(LabServices services, ExperimentGrid grid) {
    catalogue = services.catalogue();
    this.grid = grid;
    addClassName("selection");
    getElement().setAttribute("role", "status");
    Button compare = new Button(Texts.get("compare.action"), VaadinIcon.SPLIT_H.create());
    compare.addThemeVariants(ButtonVariant.PRIMARY);
    compare.setId("compare");
    compare.addClickListener(_ -> getUI().ifPresent(ui -> CompareView.open(ui, selected())));
    MenuBar enter = new MenuBar();
    enter.addThemeVariants(MenuBarVariant.TERTIARY);
    enter.setId("enter");
    addChallenges(enter, services.challenges());
    Button archive = new Button(Texts.get("action.archive"), VaadinIcon.ARCHIVE.create());
    archive.setId("archive");
    archive.addClickListener(_ -> archive());
    Button clear = new Button(Texts.get("selection.clear"), _ -> grid.deselectAll());
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    add(count, compare, enter, archive, clear);
    grid.addSelectionListener(_ -> refresh());
    refresh();
  }

  /** A menu of the challenges that are open; where there is none, it is not there. */
  private void addChallenges(MenuBar menu, ChallengeStore challenges) {
    List<Challenge> open =
        challenges.list().stream().filter(challenge -> challenge.revealed() == null).toList();
    menu.setVisible(!open.isEmpty());
    SubMenu choices = menu.addItem(Texts.get("challenge.enter")).getSubMenu();
    for (Challenge challenge : open) {
      choices.addItem(
          challenge.name(),
          _ -> {
            selected().forEach(listed -> challenges.enter(challenge.id(), listed.id()));
            UI.getCurrent()
                .navigate(
                    ChallengeView.class,
                    QueryParameters.simple(Map.of("id", Long.toString(challenge.id()))));
          });
    }
  }

  private List<ListedExperiment> selected() {
    return List.copyOf(grid.getSelectedItems());
  }

  private void archive() {
    for (ListedExperiment listed : selected()) {
      catalogue
          .find(listed.id())
          .ifPresent(now -> catalogue.mark(now.id(), now.marks().withArchived(true)));
    }
    grid.deselectAll();
  }

  private void refresh() {
    int ticked = grid.getSelectedItems().size();
    setVisible(ticked > 0);
    count.setText(Texts.get("selection.count", ticked));
  }
}
