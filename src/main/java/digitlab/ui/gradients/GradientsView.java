package digitlab.ui.gradients;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.train.GradientBench;
import digitlab.ui.Background;
import digitlab.ui.LabLayout;
import digitlab.ui.SaveFigure;
import digitlab.ui.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The vanishing-gradient bench: depth, activation and initial weights side by side, and how far the
 * gradient comes back through each network. One click; nothing has to be trained or fetched.
 */
@Route(value = "gradients", layout = LabLayout.class)
public final class GradientsView extends Div implements HasDynamicTitle {
  private static final long serialVersionUID = 1;
  private static final int IMAGES = 640;
  private static final float RATE = 0.05f;

  private final CheckboxGroup<Integer> depths =
      choice("gradients.depths", List.of(2, 5, 10, 20, 40));
  private final CheckboxGroup<Activation> activations =
      choice(
          "gradients.activations",
          Arrays.stream(Activation.values())
              .filter(activation -> activation != Activation.SOFTMAX)
              .toList());
  private final CheckboxGroup<String> initializers =
      choice(
          "gradients.initializers",
          List.of("xavier", "he", "lecun", "normal 1", "normal 0.1", "uniform 0.05"));
  private final Select<Integer> width = new Select<>();
  private final Select<Integer> steps = new Select<>();
  private final Button start = new Button(Texts.get("gradients.start"), VaadinIcon.PLAY.create());
  private final ProgressBar progress = new ProgressBar(0, 1);
  private final Div results = new Div();
  private volatile boolean closed;

  public GradientsView() {
    addClassNames("page", "gradients");
    depths.setValue(Set.of(2, 5, 20));
    activations.setValue(Set.of(Activation.SIGMOID, Activation.TANH, Activation.RELU));
    activations.setItemLabelGenerator(a -> Texts.get("activation." + a));
    initializers.setValue(Set.of("xavier", "he", "normal 1"));
    width.setLabel(Texts.get("gradients.width"));
    width.setItems(16, 32, 64, 128);
    width.setValue(32);
    steps.setLabel(Texts.get("gradients.steps"));
    steps.setItems(0, 20, 200);
    steps.setValue(0);
    steps.setItemLabelGenerator(
        count ->
            count == 0
                ? Texts.get("gradients.steps.none")
                : Texts.get("gradients.steps.some", count));
    start.addThemeVariants(ButtonVariant.PRIMARY);
    start.setId("start");
    start.addClickListener(_ -> start());
    progress.setVisible(false);
    progress.getElement().setAttribute("aria-label", Texts.get("experiment.progress"));
    Div numbers = new Div(width, steps, start);
    numbers.addClassName("buttons");
    Section setup = new Section(depths, activations, initializers, numbers);
    setup.addClassName("card");
    results.addClassName("results");
    add(
        new H1(Texts.get("gradients.title")),
        new Paragraph(Texts.get("gradients.lead")),
        setup,
        progress,
        results);
  }

  private static <T> CheckboxGroup<T> choice(String label, List<T> items) {
    CheckboxGroup<T> group = new CheckboxGroup<>(Texts.get(label));
    group.setItems(items);
    group.setId(label.replace('.', '-'));
    return group;
  }

  /** What is compared, in the order of the choices. */
  private record Order(
      List<Integer> depths,
      List<Activation> activations,
      List<Initializer> initializers,
      int width,
      int steps) {
    int size() {
      return depths.size() * activations.size() * initializers.size();
    }
  }

  private void start() {
    Order order =
        new Order(
            depths.getValue().stream().sorted().toList(),
            activations.getValue().stream().sorted().toList(),
            new LinkedHashSet<>(initializers.getValue())
                .stream().sorted().map(Initializer::parse).toList(),
            width.getValue(),
            steps.getValue());
    results.removeAll();
    if (order.size() == 0) {
      results.add(new Paragraph(Texts.get("gradients.nothing")));
      return;
    }
    start.setEnabled(false);
    progress.setValue(0);
    progress.setVisible(true);
    UI ui = UI.getCurrent();
    Thread.ofVirtual().name("gradient-bench").start(() -> measure(order, ui));
  }

  /** In a thread of its own; the page hears of each depth as it is done. */
  private void measure(Order order, UI ui) {
    Dataset digits = new StrokeGenerator(1).dataset(IMAGES);
    GradientBench bench = new GradientBench(digits, order.width, 1);
    List<GradientBench.Result> all = new ArrayList<>();
    for (int depth : order.depths) {
      for (Activation activation : order.activations) {
        for (Initializer initializer : order.initializers) {
          if (closed) {
            return;
          }
          all.add(bench.measure(depth, activation, initializer, order.steps, RATE));
        }
      }
      double share = (double) all.size() / order.size();
      Background.update(ui, () -> progress.setValue(share));
    }
    Background.update(ui, () -> show(order, all));
  }

  private void show(Order order, List<GradientBench.Result> all) {
    start.setEnabled(true);
    progress.setVisible(false);
    results.removeAll();
    double low = 0;
    double high = 0;
    for (GradientBench.Result result : all) {
      for (double gradient : result.gradients()) {
        double logarithm = Math.log10(gradient);
        if (Double.isFinite(logarithm)) {
          low = Math.min(low, logarithm);
          high = Math.max(high, logarithm);
        }
      }
    }
    results.add(new Paragraph(Texts.get("gradients.help")));
    for (int depth : order.depths) {
      Div row = new Div();
      row.addClassName("bench-row");
      for (Activation activation : order.activations) {
        List<GradientBench.Result> lines =
            all.stream().filter(r -> r.depth() == depth && r.activation() == activation).toList();
        row.add(
            new GradientLines(Texts.get("activation." + activation), lines, low - 0.5, high + 0.5));
      }
      String title = Texts.get("gradients.depth", depth);
      Section section = new Section(new SaveFigure(title), new H2(title), row);
      section.addClassName("card");
      results.add(section);
    }
  }

  @Override
  protected void onDetach(DetachEvent event) {
    closed = true;
  }

  @Override
  public String getPageTitle() {
    return Texts.get("gradients.title") + " · Digit Lab";
  }
}
