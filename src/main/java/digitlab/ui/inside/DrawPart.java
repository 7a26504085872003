package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import digitlab.insight.DigitStudy;
import digitlab.insight.Insight;
import digitlab.ui.DigitPad;
import digitlab.ui.Texts;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A digit that was just drawn, on its way through the network. */
final class DrawPart extends Div {
  private static final long serialVersionUID = 1;

  private final transient Insight insight;
  private final DigitPanel digit;
  private final Select<Integer> label = new Select<>();
  private byte @Nullable [] drawn;

  DrawPart(Insight insight, String model) {
    this.insight = insight;
    addClassName("part");
    digit = new DigitPanel(insight);
    DigitPad pad = new DigitPad(model);
    pad.onSight(this::show);
    label.setLabel(Texts.get("inside.draw.label"));
    label.setItems(IntStream.range(0, insight.spec().outputs()).boxed().toList());
    label.setEmptySelectionAllowed(true);
    label.setEmptySelectionCaption(Texts.get("inside.draw.as-said"));
    label.setPlaceholder(Texts.get("inside.draw.as-said"));
    label.setId("label");
    label.addValueChangeListener(
        _ -> {
          if (drawn != null) {
            show(drawn);
          }
        });
    Section card = new Section(new Paragraph(Texts.get("inside.draw.help")), pad, label);
    card.addClassNames("card", "draw");
    add(card, digit);
  }

  /** Shows what was drawn; without a label the network's answer is taken for right. */
  void show(byte[] image) {
    if (image.length != insight.spec().inputs()) {
      return; // cleared, or not from our pad
    }
    drawn = image;
    int target = label.getOptionalValue().orElseGet(() -> insight.study(image, 0).answer());
    DigitStudy study = insight.study(image, target);
    digit.show(Texts.get("inside.drawn"), study);
  }
}
