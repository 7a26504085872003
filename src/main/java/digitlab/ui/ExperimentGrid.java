package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Catalogue;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentQuery;
import digitlab.experiment.ExperimentQuery.Order;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Run;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of experiments. The database finds, orders and counts them; only the rows on the screen
 * are here.
 */
final class ExperimentGrid extends Grid<ListedExperiment> {
  private static final long serialVersionUID = 1;
  private static final int ROWS_WITHOUT_SCROLLING = 20;

  private final transient Catalogue catalogue;
  private final transient ExperimentActions actions;
  private final transient Map<Long, ListedExperiment> shown = new HashMap<>();
  private final transient Map<Long, List<Consumer<ListedExperiment>>> cells = new HashMap<>();
  private final transient CallbackDataProvider<ListedExperiment, Void> rows;
  private transient ExperimentQuery query = ExperimentQuery.ALL;
  private int count;

  ExperimentGrid(Catalogue catalogue, ExperimentActions actions) {
    this.catalogue = catalogue;
    this.actions = actions;
    addThemeVariants(GridVariant.NO_BORDER, GridVariant.ROW_STRIPES);
    addClassName("experiments");
    setSelectionMode(SelectionMode.MULTI);
    addColumns();
    rows =
        new CallbackDataProvider<>(
            page -> fetch(page.getOffset(), page.getLimit(), page.getSortOrders()),
            _ -> count,
            ListedExperiment::id);
    setDataProvider(rows);
  }

  private void addColumns() {
    addComponentColumn(this::star).setKey("favourite").setWidth("3.75rem").setFlexGrow(0);
    column("name", addComponentColumn(this::name), Order.NAME)
        .setAutoWidth(false)
        .setWidth("8rem")
        .setFlexGrow(1);
    column("status", addComponentColumn(this::status), Order.STATUS);
    column("validation", addComponentColumn(this::validation), Order.VALIDATION);
    column("accuracy", addColumn(ExperimentGrid::accuracy), Order.TEST);
    column("duration", addColumn(ExperimentGrid::duration), Order.DURATION);
    column(
        "created", addColumn(listed -> Texts.moment(listed.experiment().created())), Order.CREATED);
    addComponentColumn(actions::buttons).setKey("actions").setWidth("8rem").setFlexGrow(0);
  }

  private static Column<ListedExperiment> column(
      String key, Column<ListedExperiment> column, Order order) {
    return column
        .setHeader(Texts.get("experiments." + key))
        .setKey(key)
        .setSortProperty(order.name())
        .setFlexGrow(0)
        .setAutoWidth(true);
  }

  private Stream<ListedExperiment> fetch(int offset, int limit, List<QuerySortOrder> orders) {
    ExperimentQuery ordered = query;
    if (!orders.isEmpty()) {
      QuerySortOrder first = orders.getFirst();
      ordered =
          query.ordered(
              Order.valueOf(first.getSorted()), first.getDirection() == SortDirection.DESCENDING);
    }
    List<ListedExperiment> page = catalogue.page(ordered, offset, limit);
    for (ListedExperiment listed : page) {
      shown.put(listed.id(), listed);
      cells.remove(listed.id());
    }
    return page.stream();
  }

  /** Shows what this query finds. Returns how many these are. */
  int show(ExperimentQuery now) {
    query = now;
    count = catalogue.count(query);
    shown.clear();
    cells.clear();
    setAllRowsVisible(count <= ROWS_WITHOUT_SCROLLING);
    rows.refreshAll();
    return count;
  }

  /**
   * Shows how far a training is, in the cells that are there: a row that was made anew several
   * times a second would close the menu that somebody has just opened in it.
   *
   * @return false if the row shows another run, or is not on the screen
   */
  boolean follow(long id) {
    ListedExperiment listed = shown.get(id);
    Run before = listed == null ? null : listed.experiment().run();
    if (listed == null || before == null || before.status().isOver()) {
      return false;
    }
    ListedExperiment now = catalogue.refresh(listed);
    Run run = now.experiment().run();
    if (run == null || run.id() != before.id()) {
      return false;
    }
    cells.getOrDefault(id, List.of()).forEach(cell -> cell.accept(now));
    return true;
  }

  /** Where there is little room the experiment's own page has the rest. */
  void showNarrow(boolean narrow) {
    for (String key :
        List.of("favourite", "status", "validation", "duration", "created", "actions")) {
      getColumnByKey(key).setVisible(!narrow);
    }
  }

  private Component star(ListedExperiment listed) {
    boolean favourite = listed.marks().favourite();
    Button star = new Button((favourite ? VaadinIcon.STAR : VaadinIcon.STAR_O).create());
    star.addThemeVariants(ButtonVariant.TERTIARY);
    String text = Texts.get(favourite ? "action.unfavourite" : "action.favourite");
    star.setAriaLabel(text + ": " + listed.experiment().name());
    star.setTooltipText(text);
    star.addClassName("star");
    star.getElement().setAttribute("aria-pressed", Boolean.toString(favourite));
    star.addClickListener(
        _ -> catalogue.mark(listed.id(), listed.marks().withFavourite(!favourite)));
    return star;
  }

  /** A cell that follows its training. */
  private void follows(ListedExperiment listed, Consumer<ListedExperiment> cell) {
    cells.computeIfAbsent(listed.id(), _ -> new ArrayList<>()).add(cell);
  }

  private Component status(ListedExperiment listed) {
    StatusBadge badge = new StatusBadge(listed.experiment().run());
    follows(listed, now -> badge.show(now.experiment().run()));
    return badge;
  }

  private Component validation(ListedExperiment listed) {
    Span validation = new Span(share(listed.validation()));
    follows(listed, now -> validation.setText(share(now.validation())));
    return validation;
  }

  private Component name(ListedExperiment listed) {
    RouterLink link = new RouterLink(listed.experiment().name(), ExperimentView.class, listed.id());
    Span network = new Span(network(listed.experiment()));
    network.addClassName("network");
    Div tags = new Div();
    tags.addClassName("tags");
    for (String tag : listed.marks().tags()) {
      Span chip = new Span(tag);
      chip.addClassName("chip");
      tags.add(chip);
    }
    // hidden by the style sheet where the column of the state has room
    Component status = status(listed);
    Div cell = new Div(link, network);
    if (!listed.marks().tags().isEmpty()) {
      cell.add(tags);
    }
    if (!listed.marks().notes().isBlank()) {
      Span notes = new Span(listed.marks().notes());
      notes.addClassName("notes");
      notes.getElement().setAttribute("title", listed.marks().notes());
      cell.add(notes);
    }
    cell.add(status);
    cell.addClassName("name");
    return cell;
  }

  /** With its seed, by which the runs of a plan can be told apart, unless the name has it. */
  private static String network(Experiment experiment) {
    TrainingPlan plan = experiment.plan();
    String network = plan.network().toString();
    boolean told =
        plan.seed() == TrainingPlan.DEFAULT.seed()
            || experiment.name().endsWith("seed " + plan.seed());
    return told ? network : network + " · " + Texts.get("experiments.seed", plan.seed());
  }

  private static String share(@Nullable Double share) {
    return share == null ? "–" : Texts.percent(share);
  }

  private static String accuracy(ListedExperiment listed) {
    if (listed.sealed()) {
      return Texts.get("experiments.sealed");
    }
    Run run = listed.experiment().run();
    return share(run == null || run.result() == null ? null : run.result().accuracy());
  }

  private static String duration(ListedExperiment listed) {
    Run run = listed.experiment().run();
    return run == null || run.started() == null ? "–" : Texts.duration(run.duration(Instant.now()));
  }
}
