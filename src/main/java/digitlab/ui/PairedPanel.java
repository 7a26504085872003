package digitlab.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.dom.Element;
import digitlab.compare.ComparedRun;
import digitlab.compare.McNemar;
import digitlab.compare.PairedRuns;
import digitlab.compare.PlanGroup;
import digitlab.compare.Sample;
import digitlab.compare.TestAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two plans, seed by seed, and what may be said of their difference. */
final class PairedPanel extends Section {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(PairedPanel.class);

  /** Below this probability chance is no good explanation. */
  private static final double SIGNIFICANT = 0.05;

  private final transient TestAnswers answers;
  private final Select<PlanGroup> first = select("compare.first");
  private final Select<PlanGroup> second = select("compare.second");
  private final Div verdicts = new Div();
  private final Div digits = new Div();
  private transient List<PlanGroup> groups = List.of();
  private transient List<Meeting> asked = List.of();
  private boolean presenting; // the values come from the program, not from a person

  PairedPanel(TestAnswers answers) {
    this.answers = answers;
    addClassNames("card", "paired");
    Div choice = new Div(first, second);
    choice.addClassName("choices");
    verdicts.addClassName("verdicts");
    verdicts.getElement().setAttribute("role", "status");
    add(new H2(Texts.get("compare.paired")), choice, verdicts, digits);
    first.addValueChangeListener(_ -> changed());
    second.addValueChangeListener(_ -> changed());
  }

  private static Select<PlanGroup> select(String key) {
    Select<PlanGroup> select = new Select<>();
    select.setLabel(Texts.get(key));
    select.setItemLabelGenerator(group -> group == null ? "" : GroupNames.of(group));
    select.setId(key.replace('.', '-'));
    return select;
  }

  /** Shows these plans; the two that were chosen stay chosen. */
  void show(List<PlanGroup> now) {
    setVisible(now.size() > 1);
    if (now.size() > 1) {
      int one = Math.max(0, index(first.getValue()));
      int other = index(second.getValue());
      groups = now;
      presenting = true;
      first.setItems(groups);
      second.setItems(groups);
      first.setValue(groups.get(Math.min(one, groups.size() - 1)));
      second.setValue(groups.get(other < 0 || other >= groups.size() ? 1 : other));
      presenting = false;
      changed();
    }
  }

  private int index(@Nullable PlanGroup group) {
    return group == null ? -1 : groups.indexOf(group);
  }

  private void changed() {
    if (presenting || first.getValue() == null || second.getValue() == null) {
      return;
    }
    PairedRuns pairs = PairedRuns.of(first.getValue(), second.getValue());
    verdicts.removeAll();
    if (first.getValue().equals(second.getValue())) {
      verdicts.add(new Paragraph(Texts.get("compare.same")));
      forgetDigits();
    } else if (pairs.pairs().isEmpty()) {
      verdicts.add(new Paragraph(Texts.get("compare.unpaired")));
      forgetDigits();
    } else {
      addVerdict(pairs, "validation", ComparedRun::validation);
      addVerdict(pairs, "test", ComparedRun::test);
      askDigits(pairs);
    }
  }

  private void forgetDigits() {
    asked = List.of();
    digits.removeAll();
  }

  private void addVerdict(
      PairedRuns pairs, String which, Function<ComparedRun, OptionalDouble> value) {
    Optional<Sample> difference = pairs.difference(value);
    Paragraph paragraph =
        new Paragraph(
            Texts.get("compare.on." + which)
                + " "
                + difference
                    .map(sample -> verdict(pairs, sample))
                    .orElseGet(() -> Texts.get("compare.nothing")));
    paragraph.setId("verdict-" + which);
    verdicts.add(paragraph);
  }

  private static String verdict(PairedRuns pairs, Sample difference) {
    String points = points(difference.mean());
    int seeds = difference.count();
    if (seeds == 1) {
      return Texts.get("compare.one-seed", points);
    }
    String low = points(difference.mean() - difference.halfWidth());
    String high = points(difference.mean() + difference.halfWidth());
    if (difference.mayBeZero()) {
      return Texts.get("compare.no-difference", seeds, points, low, high);
    }
    PlanGroup better = difference.mean() > 0 ? pairs.first() : pairs.second();
    return Texts.get(
        "compare.better",
        GroupNames.of(better),
        Texts.decimal(Math.abs(100 * difference.mean()), 2),
        seeds,
        low,
        high);
  }

  /** Percentage points with their sign: "+0.12". */
  private static String points(double difference) {
    double points = 100 * difference;
    return (points >= 0 ? "+" : "−") + Texts.decimal(Math.abs(points), 2);
  }

  /** The networks read the test images again, which may take seconds: not in this thread. */
  private void askDigits(PairedRuns pairs) {
    List<PairedRuns.Pair> finished = pairs.pairs().stream().filter(PairedPanel::mayMeet).toList();
    List<Meeting> now = finished.stream().map(Meeting::of).toList();
    if (now.equals(asked)) {
      return; // the answers stand there already, or are on their way
    }
    asked = now;
    digits.removeAll();
    if (finished.isEmpty()) {
      return;
    }
    digits.add(new Paragraph(Texts.get("compare.digits.asking")));
    UI ui = UI.getCurrent();
    Thread.ofPlatform()
        .daemon()
        .name("test answers")
        .start(
            () -> {
              List<McNemar> tests = meet(finished);
              Background.update(
                  ui,
                  () -> {
                    if (now.equals(asked)) {
                      showDigits(finished, tests);
                    }
                  });
            });
  }

  /** Which runs meet. */
  private record Meeting(long first, long second) {
    static Meeting of(PairedRuns.Pair pair) {
      return new Meeting(pair.first().run().id(), pair.second().run().id());
    }
  }

  private static boolean mayMeet(PairedRuns.Pair pair) {
    boolean sameData = pair.first().plan().data().equals(pair.second().plan().data());
    return sameData
        && pair.first().test().isPresent()
        && pair.second().test().isPresent()
        && pair.first().run().model() != null
        && pair.second().run().model() != null;
  }

  /** One result for each pair; none where a network is gone. */
  private List<McNemar> meet(List<PairedRuns.Pair> pairs) {
    List<McNemar> tests = new ArrayList<>();
    try {
      for (PairedRuns.Pair pair : pairs) {
        answers
            .compare(
                Objects.requireNonNull(pair.first().run().model()),
                Objects.requireNonNull(pair.second().run().model()),
                pair.first().plan().data())
            .ifPresent(tests::add);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The networks could not be shown the test images again", e);
    }
    return tests;
  }

  private void showDigits(List<PairedRuns.Pair> pairs, List<McNemar> tests) {
    digits.removeAll();
    if (tests.size() != pairs.size()) {
      digits.add(new Paragraph(Texts.get("compare.digits.gone")));
      return;
    }
    Table table = Table.ofFigures(Texts.get("compare.digits"));
    table.head(
        Texts.get("plan.field.seed"),
        Texts.get("compare.digits.first"),
        Texts.get("compare.digits.second"),
        "p",
        "");
    for (int i = 0; i < pairs.size(); i++) {
      McNemar test = tests.get(i);
      Element row = table.row();
      table.cell(row, "td", Long.toString(pairs.get(i).seed()));
      table.cell(row, "td", Texts.whole(test.onlyFirst()));
      table.cell(row, "td", Texts.whole(test.onlySecond()));
      table.cell(
          row,
          "td",
          test.p() < 0.001 ? "< " + Texts.decimal(0.001, 3) : Texts.decimal(test.p(), 3));
      String words =
          test.p() >= SIGNIFICANT
              ? "compare.digits.chance"
              : test.onlyFirst() > test.onlySecond()
                  ? "compare.digits.first-better"
                  : "compare.digits.second-better";
      table.cell(row, "td", Texts.get(words)).setAttribute("class", "text");
    }
    Paragraph help =
        new Paragraph(Texts.get("compare.digits.help", Texts.whole(tests.getFirst().images())));
    help.addClassName("help");
    Div scrolls = new Div();
    scrolls.addClassName("scrolls");
    scrolls.getElement().appendChild(table.element());
    digits.add(scrolls, help);
  }
}
