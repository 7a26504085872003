package digitlab.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import digitlab.compare.PlanGroup;
import digitlab.train.PlanText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the plans have different, field by field; what they have in common, folded away. */
final class PlanDifferences extends Div {
  private static final long serialVersionUID = 1;

  PlanDifferences(List<PlanGroup> groups) {
    List<String> fields = PlanText.FIELDS.stream().filter(field -> !field.equals("seed")).toList();
    List<String> different =
        fields.stream().filter(field -> values(groups, field).size() > 1).toList();
    List<String> common = fields.stream().filter(field -> !different.contains(field)).toList();
    if (different.isEmpty()) {
      add(new Paragraph(Texts.get("compare.plans.same")));
    } else {
      add(table(groups, different, true));
    }
    add(
        new Details(
            Texts.get("compare.plans.common"),
            table(groups.stream().limit(1).toList(), common, false)));
  }

  private static Set<String> values(List<PlanGroup> groups, String field) {
    return groups.stream()
        .map(group -> PlanText.value(group.plan(), field))
        .collect(Collectors.toSet());
  }

  private static Div table(List<PlanGroup> groups, List<String> fields, boolean named) {
    Table table = Table.ofFigures(Texts.get("compare.plans"));
    if (named) {
      Element head = table.row();
      table.cell(head, "th", "");
      groups.forEach(group -> table.cell(head, "th", group.name()).setAttribute("scope", "col"));
    }
    for (String field : fields) {
      Element row = table.row();
      table.cell(row, "th", Texts.get("plan.field." + field)).setAttribute("scope", "row");
      for (PlanGroup group : groups) {
        boolean unlike = named && isUnusual(groups, group, field);
        Element cell = table.cell(row, "td", PlanTable.words(group.plan(), field));
        cell.setAttribute("class", unlike ? "text different" : "text");
      }
    }
    Div scrolls = new Div();
    scrolls.addClassName("scrolls");
    scrolls.getElement().appendChild(table.element());
    return scrolls;
  }

  /** Whether it differs from the first plan, with which the others are compared. */
  private static boolean isUnusual(List<PlanGroup> groups, PlanGroup group, String field) {
    return !PlanText.value(group.plan(), field)
        .equals(PlanText.value(groups.getFirst().plan(), field));
  }
}
