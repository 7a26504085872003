package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.router.QueryParameters;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Run;
import java.util.Map;

/** What can be done with one experiment of a list. */
final class ExperimentActions {
  private final ExperimentService experiments;
  private final Catalogue catalogue;

  ExperimentActions(ExperimentService experiments, Catalogue catalogue) {
    this.experiments = experiments;
    this.catalogue = catalogue;
  }

  /** The buttons of its row. */
  Component buttons(ListedExperiment listed) {
    Run run = listed.experiment().run();
    boolean going = run != null && !run.status().isOver();
    Button startOrStop =
        going
            ? button(VaadinIcon.STOP, "action.stop", listed)
            : button(VaadinIcon.PLAY, "action.start", listed);
    startOrStop.addClickListener(
        _ -> {
          if (going) {
            experiments.stop(listed.id());
          } else {
            experiments.start(listed.id());
          }
        });
    Span actions = new Span(startOrStop, menu(listed));
    actions.addClassName("actions");
    return actions;
  }

  private static Button button(VaadinIcon icon, String key, ListedExperiment listed) {
    Button button = new Button(icon.create());
    button.addThemeVariants(ButtonVariant.TERTIARY);
    button.setAriaLabel(Texts.get(key) + ": " + listed.experiment().name());
    button.setTooltipText(Texts.get(key));
    return button;
  }

  private MenuBar menu(ListedExperiment listed) {
    MenuBar bar = new MenuBar();
    bar.addThemeVariants(MenuBarVariant.TERTIARY);
    SubMenu menu =
        bar.addItem(
                VaadinIcon.ELLIPSIS_DOTS_V.create(),
                Texts.get("action.more") + ": " + listed.experiment().name())
            .getSubMenu();
    menu.addItem(Texts.get("experiments.describe"), _ -> new MarksDialog(catalogue, listed).open());
    menu.addItem(Texts.get("action.copy"), _ -> copy(listed));
    menu.addItem(
        Texts.get("pytorch.link"), _ -> UI.getCurrent().navigate(PyTorchView.class, listed.id()));
    boolean archived = listed.marks().archived();
    menu.addItem(
        Texts.get(archived ? "action.unarchive" : "action.archive"),
        _ -> catalogue.mark(listed.id(), listed.marks().withArchived(!archived)));
    menu.addItem(
        Texts.get("action.delete"),
        _ -> Deletion.delete(experiments, listed.experiment(), () -> {}));
    return bar;
  }

  private static void copy(ListedExperiment listed) {
    UI.getCurrent()
        .navigate(
            NewExperimentView.class,
            QueryParameters.simple(Map.of("from", Long.toString(listed.id()))));
  }
}
