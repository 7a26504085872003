package digitlab.ui;

import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import digitlab.text.Decimals;

/** Number fields that say which numbers they take. */
final class Ranges {
  private Ranges() {}

  static void set(IntegerField field, int least, int most) {
    field.setMin(least);
    field.setMax(most);
    String range = Texts.get("field.range", least, most);
    field.setI18n(
        new IntegerField.IntegerFieldI18n()
            .setBadInputErrorMessage(Texts.get("field.whole"))
            .setMinErrorMessage(range)
            .setMaxErrorMessage(range));
  }

  static void set(NumberField field, double least, double most) {
    field.setMin(least);
    field.setMax(most);
    String range = Texts.get("field.range", Decimals.format(least), Decimals.format(most));
    field.setI18n(
        new NumberField.NumberFieldI18n()
            .setBadInputErrorMessage(Texts.get("field.number"))
            .setMinErrorMessage(range)
            .setMaxErrorMessage(range));
  }
}
