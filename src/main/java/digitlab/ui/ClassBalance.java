package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import digitlab.datasets.DataSummary;
import java.util.Arrays;
import java.util.Locale;

/** How many images there are of each class, and what the mean of them looks like. */
final class ClassBalance extends Section {
  private static final long serialVersionUID = 1;

  ClassBalance(DataSummary training, DataSummary test) {
    addClassNames("card", "balance");
    add(new H2(Texts.get("data.balance")));
    int most = Arrays.stream(training.counts()).max().orElse(1);
    Div rows = new Div();
    rows.addClassName("balance-rows");
    for (int label = 0; label < training.counts().length; label++) {
      int trained = training.counts()[label];
      int tested = label < test.counts().length ? test.counts()[label] : 0;
      if (trained + tested > 0) {
        rows.add(row(label, training.means()[label], trained, tested, most));
      }
    }
    add(rows);
  }

  private static Div row(int label, byte[] mean, int training, int test, int most) {
    int side = (int) Math.sqrt(mean.length);
    GrayPicture picture = new GrayPicture(side, side);
    picture.put(mean, side, 0, 0);
    Image image = picture.image(Texts.get("data.mean", label));
    image.addClassName("mean");
    Span name = new Span(Integer.toString(label));
    name.addClassName("label");
    Span bar = new Span();
    bar.addClassName("bar-value");
    bar.getStyle().set("--share", String.format(Locale.ROOT, "%.4f", (double) training / most));
    Span count = new Span(Texts.get("data.count", Texts.whole(training), Texts.whole(test)));
    count.addClassName("count");
    Div row = new Div(name, image, bar, count);
    row.addClassName("balance-row");
    return row;
  }
}
