package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import digitlab.insight.Insight;
import digitlab.train.Calibration;
import digitlab.train.ConfusionMatrix;
import digitlab.ui.SaveFigure;
import digitlab.ui.Table;
import digitlab.ui.Texts;
import java.util.stream.Stream;

/** How good the network is, class by class; and whether it is as often right as it says. */
final class QualityPart extends Div {
  private static final long serialVersionUID = 1;
  private static final int BINS = 10;

  QualityPart(Insight insight) {
    addClassNames("part", "details");
    Section classes =
        new Section(
            new H2(Texts.get("inside.classes")),
            new Paragraph(Texts.get("inside.classes.help")),
            table(insight.predictions().confusion()));
    classes.addClassName("card");
    Calibration calibration = insight.predictions().calibration(BINS);
    Paragraph error =
        new Paragraph(
            Texts.get("inside.calibration.error", Texts.percent(calibration.expectedError())));
    error.setId("calibration-error");
    Section reliability =
        new Section(
            new SaveFigure(Texts.get("inside.calibration.name")),
            new H2(Texts.get("inside.calibration")),
            new Paragraph(Texts.get("inside.calibration.help")),
            diagram(calibration),
            error);
    reliability.addClassName("card");
    add(classes, reliability);
  }

  private static Div table(ConfusionMatrix matrix) {
    Table table = new Table(Texts.get("inside.classes"));
    table.head(
        Stream.of("class", "count", "precision", "recall", "f1")
            .map(key -> Texts.get("inside." + key))
            .toArray(String[]::new));
    for (int c = 0; c < matrix.classes(); c++) {
      Element row = table.row();
      table.cell(row, "th", Integer.toString(c)).setAttribute("scope", "row");
      table.cell(row, "td", Texts.whole(matrix.total(c)));
      table.cell(row, "td", share(matrix.precision(c)));
      table.cell(row, "td", share(matrix.recall(c)));
      table.cell(row, "td", share(matrix.f1(c)));
    }
    Div holder = new Div();
    holder.addClassName("scores");
    holder.getElement().appendChild(table.element());
    return holder;
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "–" : Texts.percent(value);
  }

  /** Columns as high as the network was right; a mark where they would be if it knew itself. */
  private static Div diagram(Calibration calibration) {
    Div diagram = new Div();
    diagram.addClassName("reliability");
    diagram.getElement().setAttribute("role", "list");
    for (Calibration.Bin bin : calibration.bins()) {
      Div column = new Div();
      column.addClassName("column");
      column.getElement().setAttribute("role", "listitem");
      String words =
          bin.count() == 0
              ? Texts.get("inside.calibration.no", percent(bin.from()), percent(bin.to()))
              : Texts.get(
                  "inside.calibration.bin",
                  percent(bin.from()),
                  percent(bin.to()),
                  bin.count(),
                  Texts.percent(bin.confidence()),
                  Texts.percent(bin.accuracy()));
      column.getElement().setAttribute("title", words).setAttribute("aria-label", words);
      Div bar = new Div();
      bar.addClassName("height");
      bar.getStyle().set("height", 100 * bin.accuracy() + "%");
      column.add(bar);
      if (bin.count() > 0) {
        Div mark = new Div();
        mark.addClassName("mark");
        mark.getStyle().set("bottom", 100 * bin.confidence() + "%");
        column.add(mark);
      }
      Div label = new Div(percent(bin.to()));
      label.addClassName("end");
      column.add(label);
      diagram.add(column);
    }
    Div scale = new Div(new Span(percent(1)), new Span(percent(0.5)), new Span(percent(0)));
    scale.addClassName("reliability-scale");
    scale.getElement().setAttribute("aria-hidden", "true");
    Div frame = new Div(scale, diagram);
    frame.addClassName("reliability-frame");
    return frame;
  }

  private static String percent(double share) {
    return Math.round(100 * share) + "\u00A0%";
  }
}
