package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparison.Difference;
import java.util.Locale;

/** How far the parameters of two engines drift apart, step by step, then epoch by epoch. */
final class DifferenceTable extends Div {
  private static final long serialVersionUID = 1;

  DifferenceTable(EngineComparison comparison) {
    addClassName("scrolls");
    addClassName("differences");
    Table table = Table.ofFigures(Texts.get("pytorch.parameters"));
    table.head(
        Texts.get("pytorch.step"),
        Texts.get("pytorch.epoch"),
        Texts.get("pytorch.largest"),
        Texts.get("pytorch.relative"));
    for (Difference difference : comparison.differences()) {
      Element row = table.row();
      table.cell(row, "td", Texts.whole(difference.step()));
      table.cell(row, "td", difference.epoch() == 0 ? "" : Texts.whole(difference.epoch()));
      table.cell(row, "td", scientific(difference.largest()));
      table.cell(row, "td", scientific(difference.relative()));
    }
    Paragraph help = new Paragraph(Texts.get("pytorch.parameters.help"));
    help.addClassName("help");
    getElement().appendChild(table.element());
    add(help);
  }

  /** "1.2·10⁻⁷". */
  private static String scientific(double value) {
    if (value == 0) {
      return "0";
    }
    String[] parts = String.format(Locale.ROOT, "%.1e", value).split("e", -1);
    StringBuilder exponent = new StringBuilder();
    for (char digit : Integer.toString(Integer.parseInt(parts[1])).toCharArray()) {
      exponent.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
    }
    return Texts.decimal(Double.parseDouble(parts[0]), 1) + "·10" + exponent;
  }
}
