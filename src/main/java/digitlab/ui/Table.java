package digitlab.ui;

import com.vaadin.flow.dom.Element;

/** A plain HTML table that one can also hear. */
public final class Table {
  private final Element table = new Element("table");

  /**
   * @param label what it shows
   */
  public Table(String label) {
    table.setAttribute("aria-label", label);
  }

  /** One that looks like the other tables of figures. */
  static Table ofFigures(String label) {
    Table table = new Table(label);
    table.table.setAttribute("class", "figures");
    return table;
  }

  public Element element() {
    return table;
  }

  /** Adds the row of headings. */
  public void head(String... headings) {
    Element row = row();
    for (String heading : headings) {
      cell(row, "th", heading).setAttribute("scope", "col");
    }
  }

  /** Adds a row. */
  public Element row() {
    Element row = new Element("tr");
    table.appendChild(row);
    return row;
  }

  /** Adds a cell: "td" or "th". */
  public Element cell(Element row, String tag, String text) {
    Element cell = new Element(tag);
    cell.setText(text);
    row.appendChild(cell);
    return cell;
  }
}
