package digitlab.ui;

import com.vaadin.flow.component.customfield.CustomField;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A choice whose variants may have numbers of their own: "sgd", "momentum 0.9". Its value is the
 * text form that the plan has, so that what a variant means is known in one place only.
 */
final class ChoiceField extends CustomField<String> {
  private static final long serialVersionUID = 1;

  /**
   * One variant.
   *
   * @param name the first word of the text form
   * @param numbers the labels of its numbers
   * @param initial what they are when the variant is chosen
   */
  record Variant(String name, List<String> numbers, List<Double> initial)
      implements java.io.Serializable {
    Variant(String name) {
      this(name, List.of(), List.of());
    }
  }

  private final Select<Variant> choice = new Select<>();
  private final List<NumberField> numbers = new ArrayList<>();
  private final Span row = new Span();
  private final List<Variant> variants;
  private boolean presenting; // the value comes from the program, not from a person

  /**
   * @param label a key of the message files; the variants' labels are {@code label.name}
   */
  ChoiceField(String label, List<Variant> variants) {
    this.variants = List.copyOf(variants);
    choice.setLabel(Texts.get(label));
    choice.setItems(this.variants);
    choice.setItemLabelGenerator(variant -> Texts.get(label + "." + variant.name()));
    choice.addValueChangeListener(
        event -> {
          if (!presenting) {
            showNumbers(event.getValue().initial());
            updateValue();
          }
        });
    row.addClassName("choice");
    row.add(choice);
    add(row);
    setId(label.replace('.', '-'));
  }

  private void showNumbers(List<Double> values) {
    numbers.forEach(row::remove);
    numbers.clear();
    for (int i = 0; i < values.size(); i++) {
      NumberField number = new NumberField(Texts.get(choice.getValue().numbers().get(i)));
      number.setStep(0.0000001);
      number.setValue(values.get(i));
      number.addValueChangeListener(_ -> updateValue());
      numbers.add(number);
      row.add(number);
    }
  }

  @Override
  protected String generateModelValue() {
    StringBuilder text = new StringBuilder(choice.getValue().name());
    for (NumberField number : numbers) {
      text.append(' ')
          .append(Decimals.format(number.getValue() == null ? Double.NaN : number.getValue()));
    }
    return text.toString();
  }

  @Override
  protected void setPresentationValue(String text) {
    presenting = true;
    List<String> words = Words.of(text);
    for (Variant variant : variants) {
      if (variant.name().equals(words.getFirst())) {
        choice.setValue(variant);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < variant.numbers().size(); i++) {
          values.add(
              i + 1 < words.size()
                  ? Decimals.parse(words.get(i + 1), "number")
                  : variant.initial().get(i));
        }
        showNumbers(values);
      }
    }
    presenting = false;
  }
}
