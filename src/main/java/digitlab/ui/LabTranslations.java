package digitlab.ui;

import com.vaadin.flow.i18n.I18NProvider;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Our message files for Vaadin. */
public final class LabTranslations implements I18NProvider {
  private static final long serialVersionUID = 1;

  @Override
  public List<Locale> getProvidedLocales() {
    return Arrays.stream(Language.values()).map(Language::locale).toList();
  }

  @Override
  public String getTranslation(String key, Locale locale, Object... arguments) {
    return Messages.in(Language.of(locale)).get(key, arguments);
  }
}
