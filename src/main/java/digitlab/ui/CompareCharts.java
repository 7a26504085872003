package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import digitlab.compare.ComparedRun;
import digitlab.compare.ComparedRun.Measure;
import digitlab.compare.PlanGroup;
import digitlab.compare.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Accuracy and loss of the runs over each other: mean and spread of each plan, or run by run. */
final class CompareCharts extends Div {
  private static final long serialVersionUID = 1;

  private final Select<Boolean> images = select("compare.images", "validation", "training");
  private final Select<Boolean> each = select("compare.curves", "mean", "each");
  private final CompareChart accuracy = new CompareChart(Texts.get("chart.accuracy"), true);
  private final CompareChart loss = new CompareChart(Texts.get("chart.loss"), false);
  private transient List<PlanGroup> groups = List.of();

  CompareCharts() {
    addClassName("compare-charts");
    images.addValueChangeListener(_ -> draw());
    each.addValueChangeListener(_ -> draw());
    Div choices = new Div(images, each);
    choices.addClassName("choices");
    Div charts = new Div(accuracy, loss);
    charts.addClassName("charts");
    add(choices, charts);
  }

  /** Two choices: the usual one is false. */
  private static Select<Boolean> select(String key, String usual, String other) {
    Select<Boolean> select = new Select<>();
    select.setLabel(Texts.get(key));
    select.setItems(false, true);
    select.setItemLabelGenerator(item -> Texts.get(key + "." + (item ? other : usual)));
    select.setValue(false);
    select.setId(key.replace('.', '-'));
    return select;
  }

  void show(List<PlanGroup> now) {
    groups = now;
    each.setVisible(groups.stream().anyMatch(group -> group.runs().size() > 1));
    draw();
  }

  private void draw() {
    boolean training = images.getValue();
    accuracy.show(curves(training ? Measure.TRAINING_ACCURACY : Measure.VALIDATION_ACCURACY));
    loss.show(curves(training ? Measure.TRAINING_LOSS : Measure.VALIDATION_LOSS));
  }

  private List<CompareChart.Curve> curves(Measure measure) {
    List<CompareChart.Curve> curves = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      PlanGroup group = groups.get(i);
      if (each.getValue() || group.runs().size() == 1) {
        for (ComparedRun run : group.runs()) {
          List<Double> values = Arrays.stream(run.curve(measure)).boxed().toList();
          curves.add(new CompareChart.Curve(run.name(), i, values, List.of()));
        }
      } else {
        List<Sample> means = group.curve(measure);
        curves.add(
            new CompareChart.Curve(
                GroupNames.of(group),
                i,
                means.stream().map(Sample::mean).toList(),
                means.stream().map(Sample::deviation).toList()));
      }
    }
    return curves;
  }
}
