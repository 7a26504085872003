package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ListedExperiment;
import java.util.List;

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
    Button archive = new Button(Texts.get("action.archive"), VaadinIcon.ARCHIVE.create());
    archive.setId("archive");
    archive.addClickListener(_ -> archive());
    Button clear = new Button(Texts.get("selection.clear"), _ -> grid.deselectAll());
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    add(count, compare, archive, clear);
    grid.addSelectionListener(_ -> refresh());
    refresh();
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
