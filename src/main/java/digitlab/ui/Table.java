package digitlab.ui;

import com.vaadin.flow.dom.Element;

/** A plain HTML table that one can also hear. */
final class Table {
  private final Element table = new Element("table");

  /**
   * @param label what it shows
   */
  Table(String label) {
    table.setAttribute("class", "figures");
    table.setAttribute("aria-label", label);
  }

  Element element() {
    return table;
  }

  /** Adds the row of headings. */
  void head(String... headings) {
    Element row = row();
    for (String heading : headings) {
      cell(row, "th", heading).setAttribute("scope", "col");
    }
  }

  /** Adds a row. */
  Element row() {
    Element row = new Element("tr");
    table.appendChild(row);
    return row;
  }

  /** Adds a cell: "td" or "th". */
  Element cell(Element row, String tag, String text) {
    Element cell = new Element(tag);
    cell.setText(text);
    row.appendChild(cell);
    return cell;
  }
}
