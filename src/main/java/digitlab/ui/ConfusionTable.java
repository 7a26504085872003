package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import digitlab.train.ConfusionMatrix;
import java.io.Serializable;
import java.util.Locale;

/**
 * Which digit was taken for which: a table that one can also hear. Blue is right, orange is wrong;
 * darker is more.
 */
public final class ConfusionTable extends Div {
  private static final long serialVersionUID = 1;

  /** Is told which cell somebody wants to see more of. */
  public interface CellListener extends Serializable {
    void onCell(int shown, int said);
  }

  private final CellListener listener;

  /** Each cell that is not empty can be clicked. */
  public ConfusionTable(ConfusionMatrix matrix, CellListener listener) {
    this.listener = listener;
    addClassName("confusion");
    Table table = new Table(Texts.get("confusion.title"));
    Element head = table.row();
    table.cell(head, "th", "");
    for (int said = 0; said < matrix.classes(); said++) {
      table.cell(head, "th", Integer.toString(said)).setAttribute("scope", "col");
    }
    table.cell(head, "th", Texts.get("confusion.recall")).setAttribute("scope", "col");
    for (int shown = 0; shown < matrix.classes(); shown++) {
      addRow(table, matrix, shown);
    }
    getElement().appendChild(table.element());
    add(new SaveFigure(Texts.get("confusion.name")), new Paragraph(Texts.get("confusion.help")));
  }

  private void addRow(Table table, ConfusionMatrix matrix, int shown) {
    Element row = table.row();
    table.cell(row, "th", Integer.toString(shown)).setAttribute("scope", "row");
    int total = matrix.total(shown);
    for (int said = 0; said < matrix.classes(); said++) {
      int count = matrix.get(shown, said);
      Element cell = table.cell(row, "td", count == 0 ? "·" : "");
      if (count > 0) {
        cell.appendChild(button(shown, said, Texts.whole(count)));
      }
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
    table
        .cell(
            row, "td", total == 0 ? "–" : Texts.percent((double) matrix.get(shown, shown) / total))
        .setAttribute("class", "recall");
  }

  private Element button(int shown, int said, String text) {
    Element button = new Element("button");
    button.setText(text);
    button.setAttribute("type", "button");
    button.setAttribute("id", "cell-" + shown + "-" + said);
    button.addEventListener("click", _ -> listener.onCell(shown, said));
    return button;
  }
}
