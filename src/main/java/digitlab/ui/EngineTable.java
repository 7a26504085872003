package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparison.Side;
import digitlab.experiment.EpochRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What two engines needed for the same training, and what came of it. */
final class EngineTable extends Div {
  private static final long serialVersionUID = 1;

  EngineTable(EngineComparison comparison) {
    addClassName("scrolls");
    Table table = Table.ofFigures(Texts.get("compare.figures"));
    table.head(
        "",
        Texts.get("pytorch.threads"),
        Texts.get("compare.time"),
        Texts.get("pytorch.speed"),
        Texts.get("experiments.validation"),
        Texts.get("experiments.accuracy"));
    for (Side side : List.of(comparison.ours(), comparison.theirs())) {
      Element row = table.row();
      Element engine = table.cell(row, "th", side.engine());
      engine.setAttribute("scope", "row");
      engine.setAttribute("title", Texts.get(side.description()));
      table.cell(row, "td", Integer.toString(side.threads()));
      table.cell(row, "td", Texts.get("pytorch.seconds", Texts.decimal(side.seconds(), 2)));
      table.cell(row, "td", Texts.whole(Math.round(side.imagesPerSecond())));
      List<EpochRecord> epochs = side.epochs();
      table.cell(row, "td", share(epochs.isEmpty() ? null : epochs.getLast().validationAccuracy()));
      table.cell(row, "td", share(side.testAccuracy()));
    }
    getElement().appendChild(table.element());
    add(words(ratio(comparison)));
    if (comparison.disturbed()) {
      add(words(Texts.get("pytorch.disturbed")));
    }
  }

  private static String ratio(EngineComparison comparison) {
    double ours = comparison.ours().imagesPerSecond();
    double theirs = comparison.theirs().imagesPerSecond();
    if (ours == 0 || theirs == 0) {
      return "";
    }
    return ours >= theirs
        ? Texts.get("pytorch.faster", comparison.ours().engine(), Texts.decimal(ours / theirs, 1))
        : Texts.get(
            "pytorch.faster", comparison.theirs().engine(), Texts.decimal(theirs / ours, 1));
  }

  private static Paragraph words(String text) {
    Paragraph words = new Paragraph(text);
    words.addClassName("help");
    return words;
  }

  private static String share(@Nullable Double share) {
    return share == null ? "–" : Texts.percent(share);
  }
}
