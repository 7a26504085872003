package digitlab.i18n;

import java.util.Locale;

/** The languages that Digit Lab speaks. */
public enum Language {
  ENGLISH("en", "English"),
  RUSSIAN("ru", "Русский");

  private final String code;
  private final String ownName;

  Language(String code, String ownName) {
    this.code = code;
    this.ownName = ownName;
  }

  /** "en". */
  public String code() {
    return code;
  }

  /** What its speakers call it. */
  public String ownName() {
    return ownName;
  }

  public Locale locale() {
    return Locale.of(code);
  }

  /** The language of that locale; English for all that are not spoken. */
  public static Language of(Locale locale) {
    return of(locale.getLanguage());
  }

  /** The language with that code; English for all that are not spoken. */
  public static Language of(String code) {
    for (Language language : values()) {
      if (language.code.equals(code)) {
        return language;
      }
    }
    return ENGLISH;
  }
}
