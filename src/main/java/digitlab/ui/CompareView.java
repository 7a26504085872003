package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.compare.ComparedRun;
import digitlab.compare.PlanGroup;
import digitlab.compare.RunComparison;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Run;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Any runs beside each other (?runs=3,5,8): curves, figures, what their plans have different, and
 * whether a difference can be seen at all.
 */
@Route(value = "compare", layout = LabLayout.class)
@CssImport("./compare.css")
final class CompareView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;
  private static final long REFRESH_NANOS = 1_000_000_000;

  private final transient RunComparison comparison;
  private final transient ExperimentService experiments;
  private final CopyLink copy = new CopyLink();
  private final Paragraph complaint = new Paragraph();
  private final CompareCharts charts = new CompareCharts();
  private final Section figures = card("compare.figures");
  private final Section plans = card("compare.plans");
  private final PairedPanel pairs;
  private Set<Long> wanted = Set.of();
  private transient Set<Long> experimentsShown = Set.of();
  private long refreshed; // nanoseconds

  CompareView(LabServices services) {
    comparison = services.comparison();
    experiments = services.experiments();
    pairs = new PairedPanel(comparison.answers());
    addClassName("page");
    RouterLink back = new RouterLink("← " + Texts.get("experiments.title"), ExperimentsView.class);
    back.addClassName("back");
    Div head = new Div(new H1(Texts.get("compare.title")), copy);
    head.addClassName("head");
    complaint.addClassName("note");
    complaint.setVisible(false);
    add(back, head, complaint, charts, figures, pairs, plans);
  }

  /** Goes to the comparison of these experiments' newest runs. */
  static void open(UI ui, Collection<ListedExperiment> chosen) {
    String runs =
        chosen.stream()
            .map(listed -> listed.experiment().run())
            .filter(run -> run != null)
            .map(run -> Long.toString(run.id()))
            .sorted()
            .collect(Collectors.joining(","));
    ui.navigate(CompareView.class, QueryParameters.simple(Map.of("runs", runs)));
  }

  private static Section card(String title) {
    Section section = new Section(new H2(Texts.get(title)));
    section.addClassName("card");
    return section;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String runs = event.getLocation().getQueryParameters().getSingleParameter("runs").orElse("");
    List<String> refused = new ArrayList<>();
    wanted = read(runs, refused);
    List<ComparedRun> found = comparison.runs(wanted);
    int missing = wanted.size() - found.size();
    if (wanted.isEmpty()) {
      complain(Texts.get("compare.none"));
    } else if (missing > 0 || !refused.isEmpty()) {
      complain(Texts.get("compare.missing", missing + refused.size()));
    } else {
      complaint.setVisible(false);
    }
    show(found);
  }

  private void complain(String text) {
    complaint.setText(text);
    complaint.setVisible(true);
  }

  /**
   * The numbers in an address, each once; what is none, or is too many, goes to {@code refused}.
   */
  private static Set<Long> read(String runs, List<String> refused) {
    Set<Long> ids = new LinkedHashSet<>();
    for (String word : Words.split(runs, ',')) {
      try {
        if (!word.isBlank() && ids.size() < RunComparison.MOST_RUNS) {
          ids.add(Long.parseLong(word.strip()));
        } else if (!word.isBlank()) {
          refused.add(word);
        }
      } catch (NumberFormatException e) {
        refused.add(word);
      }
    }
    return ids;
  }

  private void show(List<ComparedRun> runs) {
    experimentsShown =
        runs.stream().map(run -> run.listed().id()).collect(Collectors.toUnmodifiableSet());
    List<PlanGroup> groups = PlanGroup.of(runs);
    boolean any = !runs.isEmpty();
    copy.setVisible(any);
    charts.setVisible(any);
    figures.setVisible(any);
    plans.setVisible(groups.size() > 1);
    charts.show(groups);
    replace(figures, new GroupTable(groups));
    replace(plans, new PlanDifferences(groups));
    pairs.show(groups);
  }

  private static void replace(Section section, Div content) {
    section.getChildren().skip(1).toList().forEach(section::remove);
    section.add(content);
  }

  private void refresh(long experiment) {
    boolean over = experiments.find(experiment).map(e -> isOver(e.run())).orElse(true);
    long now = System.nanoTime();
    if (over || now - refreshed > REFRESH_NANOS) {
      refreshed = now;
      show(comparison.runs(wanted));
    }
  }

  private static boolean isOver(@Nullable Run run) {
    return run == null || run.status().isOver();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Background.onceDetached(
        this,
        experiments.listen(
            id -> {
              if (experimentsShown.contains(id)) {
                Background.update(ui, () -> refresh(id));
              }
            }));
  }

  @Override
  public String getPageTitle() {
    return Texts.get("compare.title") + " · Digit Lab";
  }
}
