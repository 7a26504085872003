package digitlab.i18n;

import digitlab.text.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * The texts of one language, from {@code site/messages/en.properties} and its like: the same files
 * that the static pages fetch. {0}, {1}… stand for arguments; there is no other syntax, so that a
 * page needs five lines to do the same. Immutable.
 */
public final class Messages {
  private static final Map<Language, Messages> ALL = loadAll();

  private final Language language;
  private final Properties texts;

  private Messages(Language language, Properties texts) {
    this.language = language;
    this.texts = texts;
  }

  public static Messages in(Language language) {
    return Objects.requireNonNull(ALL.get(language));
  }

  private static Map<Language, Messages> loadAll() {
    Map<Language, Messages> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, new Messages(language, load(language)));
    }
    return all;
  }

  private static Properties load(Language language) {
    String path = "/site/messages/" + language.code() + ".properties";
    Properties texts = new Properties();
    try (InputStream file = Messages.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException(
            "The message file " + path + " is missing from the jar. Build it again.");
      }
      Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8);
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  public Language language() {
    return language;
  }

  public Set<String> keys() {
    return texts.stringPropertyNames();
  }

  /**
   * The text of that key with its arguments filled in; whole numbers in this language's manner,
   * others as they are.
   */
  public String get(String key, Object... arguments) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException(
          "There is no text \"" + key + "\" in " + language.code() + ".properties.");
    }
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", format(arguments[i]));
    }
    return text;
  }

  public String get(Message message) {
    return get(message.key(), message.arguments().toArray());
  }

  private String format(Object argument) {
    boolean whole = argument instanceof Integer || argument instanceof Long;
    return whole
        ? NumberFormat.getIntegerInstance(language.locale()).format(argument)
        : argument.toString();
  }
}
