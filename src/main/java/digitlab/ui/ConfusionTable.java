package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import digitlab.train.ConfusionMatrix;
import java.util.Locale;

/**
 * Which digit was taken for which: a table that one can also hear. Blue is right, orange is wrong;
 * darker is more.
 */
final class ConfusionTable extends Div {
  private static final long serialVersionUID = 1;

  ConfusionTable(ConfusionMatrix matrix) {
    addClassName("confusion");
    Element table = new Element("table");
    table.setAttribute("aria-label", Texts.get("confusion.title"));
    Element head = row(table);
    cell(head, "th", "");
    for (int said = 0; said < matrix.classes(); said++) {
      cell(head, "th", Integer.toString(said)).setAttribute("scope", "col");
    }
    cell(head, "th", Texts.get("confusion.recall")).setAttribute("scope", "col");
    for (int shown = 0; shown < matrix.classes(); shown++) {
      addRow(table, matrix, shown);
    }
    getElement().appendChild(table);
    add(new Paragraph(Texts.get("confusion.help")));
  }

  private static void addRow(Element table, ConfusionMatrix matrix, int shown) {
    Element row = row(table);
    cell(row, "th", Integer.toString(shown)).setAttribute("scope", "row");
    int total = matrix.total(shown);
    for (int said = 0; said < matrix.classes(); said++) {
      int count = matrix.get(shown, said);
      Element cell = cell(row, "td", count == 0 ? "·" : Texts.whole(count));
      double share = total == 0 ? 0 : (double) count / total;
      boolean right = shown == said;
      cell.setAttribute(
          "title",
          Texts.get(
              right ? "confusion.right" : "confusion.wrong", shown, said, Texts.whole(count)));
      cell.setAttribute("class", right ? "right" : "wrong");
      // a mistake is rare: a share of 5 % is already a lot
      cell.getStyle()
          .set(
              "--share",
              String.format(Locale.ROOT, "%.3f", right ? share : Math.min(1, 20 * share)));
    }
    cell(row, "td", total == 0 ? "–" : Texts.percent((double) matrix.get(shown, shown) / total))
        .setAttribute("class", "recall");
  }

  private static Element row(Element table) {
    Element row = new Element("tr");
    table.appendChild(row);
    return row;
  }

  private static Element cell(Element row, String tag, String text) {
    Element cell = new Element(tag);
    cell.setText(text);
    row.appendChild(cell);
    return cell;
  }
}
