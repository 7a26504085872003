package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import digitlab.insight.Insight;
import digitlab.math.PrincipalAxes;
import digitlab.net.LayerSpec;
import digitlab.train.Predictions;
import digitlab.ui.SaveFigure;
import digitlab.ui.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Test digits where a layer puts them, along its two principal axes. */
final class MapPart extends Div {
  private static final long serialVersionUID = 1;

  private final transient Insight insight;
  private final Select<Integer> layer = new Select<>();
  private final Paragraph words = new Paragraph();
  private final PointMap map = new PointMap();
  private final DigitPanel digit;

  MapPart(Insight insight) {
    this.insight = insight;
    addClassName("part");
    digit = new DigitPanel(insight);
    List<LayerSpec> layers = insight.spec().layers();
    layer.setLabel(Texts.get("inside.layer"));
    layer.setId("map-layer");
    layer.setItems(IntStream.range(0, layers.size()).boxed().toList());
    layer.setItemLabelGenerator(l -> (l + 1) + " · " + layers.get(l));
    layer.setValue(Math.max(0, layers.size() - 2)); // the last hidden one
    layer.addValueChangeListener(_ -> show());
    map.onPick(
        image -> {
          if (image >= 0 && image < insight.test().size()) {
            digit.show(Texts.get("inside.digit", image), insight.study(image));
            digit.scrollIntoView();
          }
        });
    Div figure = new Div(new SaveFigure(Texts.get("inside.map")), map);
    figure.addClassName("to-save");
    Section card = new Section(new H2(Texts.get("inside.map")), layer, words, figure);
    card.addClassNames("card", "map");
    add(card, digit);
    show();
  }

  private void show() {
    PrincipalAxes axes = insight.map(layer.getValue());
    Predictions predictions = insight.predictions();
    List<PointMap.Point> points = new ArrayList<>();
    for (int i = 0; i < axes.coordinates().length / 2; i++) {
      int label = predictions.label(i);
      points.add(
          new PointMap.Point(
              i,
              axes.coordinates()[2 * i],
              axes.coordinates()[2 * i + 1],
              label,
              predictions.said(i) != label));
    }
    // for those who go from point to point by keys
    points.sort(Comparator.comparingInt(PointMap.Point::label).thenComparing(PointMap.Point::x));
    map.show(points);
    words.setText(
        Texts.get(
            "inside.map.help",
            points.size(),
            Texts.percent(axes.variance()[0] + axes.variance()[1])));
  }
}
