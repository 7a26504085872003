package digitlab.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import digitlab.compare.ComparedRun;
import digitlab.compare.PlanGroup;
import digitlab.compare.Sample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** What each plan came to, over its seeds: mean ± standard deviation. */
final class GroupTable extends Div {
  private static final long serialVersionUID = 1;

  GroupTable(List<PlanGroup> groups) {
    addClassName("scrolls");
    Table table = Table.ofFigures(Texts.get("compare.figures"));
    table.head(
        "",
        Texts.get("compare.runs"),
        Texts.get("experiments.validation"),
        Texts.get("experiments.accuracy"),
        Texts.get("compare.time"),
        Texts.get("compare.parameters"));
    for (int i = 0; i < groups.size(); i++) {
      PlanGroup group = groups.get(i);
      Element row = table.row();
      Element name = table.cell(row, "th", "");
      name.setAttribute("scope", "row");
      name.appendChild(link(group).getElement());
      table.cell(row, "td", Integer.toString(group.runs().size()));
      table.cell(row, "td", sample(group.values(ComparedRun::validation), Texts::percent));
      table.cell(row, "td", test(group));
      table.cell(row, "td", sample(group.values(GroupTable::seconds), Texts::fineDuration));
      table.cell(row, "td", Texts.whole(group.plan().network().parameterCount()));
    }
    getElement().appendChild(table.element());
    if (groups.stream().anyMatch(group -> group.runs().size() > 1)) {
      Paragraph help = new Paragraph(Texts.get("compare.figures.help"));
      help.addClassName("help");
      add(help);
    }
  }

  private static Anchor link(PlanGroup group) {
    return new Anchor("experiments/" + group.runs().getFirst().listed().id(), GroupNames.of(group));
  }

  private static String test(PlanGroup group) {
    boolean sealed = group.runs().stream().anyMatch(run -> run.listed().sealed());
    return sealed
        ? Texts.get("experiments.sealed")
        : sample(group.values(ComparedRun::test), Texts::percent);
  }

  private static OptionalDouble seconds(ComparedRun run) {
    double seconds = run.run().progress().seconds();
    return seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }

  /** "97.51 % ± 0.12 %", or "–". */
  private static String sample(List<Double> values, DoubleFunction<String> format) {
    if (values.isEmpty()) {
      return "–";
    }
    Sample sample = Sample.of(values);
    String mean = format.apply(sample.mean());
    return values.size() == 1 ? mean : mean + " ± " + format.apply(sample.deviation());
  }
}
