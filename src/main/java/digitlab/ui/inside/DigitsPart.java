package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.QueryParameters;
import digitlab.insight.Insight;
import digitlab.ui.ConfusionTable;
import digitlab.ui.Texts;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * From the confusion matrix to the digits of a cell, and from a digit into the network. Begins with
 * the hardest digits.
 */
final class DigitsPart extends Div {
  private static final long serialVersionUID = 1;
  private static final int HARDEST = 40;

  /** Takes what is looked at, for the address. */
  interface Memory extends Consumer<Map<String, String>>, Serializable {}

  private final transient Insight insight;
  private final Memory memory;
  private final DigitGallery gallery;
  private final DigitPanel digit;

  DigitsPart(Insight insight, QueryParameters state, Memory memory) {
    this.insight = insight;
    this.memory = memory;
    addClassName("part");
    gallery = new DigitGallery(insight, this::pick);
    digit = new DigitPanel(insight);
    Section matrix =
        new Section(
            new H2(Texts.get("inside.confusion")),
            new ConfusionTable(insight.predictions().confusion(), this::showCell));
    matrix.addClassName("card");
    Section digits = new Section(new H2(Texts.get("inside.digits")), gallery);
    digits.addClassName("card");
    Div top = new Div(matrix, digits);
    top.addClassName("details");
    add(top, digit);
    restore(state);
  }

  private void restore(QueryParameters state) {
    Optional<Integer> shown = number(state, "shown", insight.spec().outputs());
    Optional<Integer> said = number(state, "said", insight.spec().outputs());
    Optional<Integer> image = number(state, "digit", insight.test().size());
    if (shown.isPresent() && said.isPresent()) {
      gallery.show(words(shown.get(), said.get()), cell(shown.get(), said.get()));
    } else {
      gallery.show(Texts.get("inside.hardest"), insight.predictions().hardest(HARDEST));
    }
    image.ifPresent(this::show);
  }

  /** A number of the address, if it is one below {@code limit}: anybody may write there. */
  private static Optional<Integer> number(QueryParameters state, String name, int limit) {
    return state
        .getSingleParameter(name)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .filter(number -> number < limit);
  }

  private void showCell(int shown, int said) {
    gallery.show(words(shown, said), cell(shown, said));
    memory.accept(
        Map.of("part", "digits", "shown", Integer.toString(shown), "said", Integer.toString(said)));
  }

  private int[] cell(int shown, int said) {
    return insight.predictions().cell(shown, said);
  }

  private static String words(int shown, int said) {
    return shown == said
        ? Texts.get("inside.cell.right", shown)
        : Texts.get("inside.cell.wrong", shown, said);
  }

  private void pick(int image) {
    if (image >= 0 && image < insight.test().size()) {
      show(image);
      digit.scrollIntoView();
      memory.accept(Map.of("part", "digits", "digit", Integer.toString(image)));
    }
  }

  private void show(int image) {
    digit.show(Texts.get("inside.digit", image), insight.study(image));
  }
}
