package digitlab.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.function.SerializableConsumer;
import digitlab.text.Decimals;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** A learning rate: from a menu in steps of about three, as on a logarithmic scale, or typed. */
final class RateField extends ComboBox<Double> {
  private static final long serialVersionUID = 1;

  private static final int LEAST_EXPONENT = -6;
  private static final int MOST_EXPONENT = 1;

  private boolean typing; // a value comes through the program, but from a person

  RateField(String label) {
    super(label);
    setItems(menu());
    setItemLabelGenerator(Decimals::format);
    setAllowCustomValue(true);
    setManualValidation(true);
    setErrorMessage(
        Texts.get("field.range", Decimals.format(0), Decimals.format(TrainingPlan.MOST_RATE)));
    addCustomValueSetListener(event -> type(event.getDetail()));
    addValueChangeListener(event -> setInvalid(event.getValue() == null));
  }

  /** 0.000001, 0.000003, 0.00001 … 10, 30. */
  private static List<Double> menu() {
    List<Double> rates = new ArrayList<>();
    for (int exponent = LEAST_EXPONENT; exponent <= MOST_EXPONENT; exponent++) {
      rates.add(Double.parseDouble("1e" + exponent));
      rates.add(Double.parseDouble("3e" + exponent));
    }
    return rates;
  }

  /** Calls {@code listener} with each rate that a person chose or typed. */
  void onWish(SerializableConsumer<Double> listener) {
    addValueChangeListener(
        event -> {
          if ((typing || event.isFromClient()) && event.getValue() != null) {
            listener.accept(event.getValue());
          }
        });
  }

  /** Takes what was typed, with a point or a comma; what is no rate empties the field. */
  void type(String text) {
    typing = true;
    try {
      double rate = Decimals.parse(text.strip().replace(',', '.'), "learning rate");
      setValue(Decimals.requireRange(rate, "learning rate", 0, TrainingPlan.MOST_RATE));
    } catch (IllegalArgumentException e) {
      setValue(null);
      setInvalid(true); // the message says which rates there are
    } finally {
      typing = false;
    }
  }
}
