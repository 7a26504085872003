package digitlab.i18n;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Messages ENGLISH = Messages.in(Language.ENGLISH);
  private static final Messages RUSSIAN = Messages.in(Language.RUSSIAN);

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\d}").matcher(text);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  @Test
  void bothLanguagesHaveTheSameTextsWithTheSameArguments() {
    assertEquals(new TreeSet<>(ENGLISH.keys()), new TreeSet<>(RUSSIAN.keys()));
    for (String key : ENGLISH.keys()) {
      assertEquals(places(ENGLISH.get(key)), places(RUSSIAN.get(key)), key);
      assertTrue(!ENGLISH.get(key).isBlank() && !RUSSIAN.get(key).isBlank(), key);
    }
  }

  /** The pages read the files with a parser of one line: so they must be of that form. */
  @Test
  void theFilesAreAsPlainAsThePagesTakeThem() throws IOException {
    for (Language language : Language.values()) {
      Path file = Path.of("src/main/resources/site/messages", language.code() + ".properties");
      for (String line : Files.readAllLines(file)) {
        boolean plain =
            line.isEmpty() || line.startsWith("#") || line.matches("[a-z0-9.+-]+ = \\S.*");
        assertTrue(plain && !line.contains("\\"), file + ": " + line);
      }
    }
  }

  /**
   * Every key that the code names in full exists; and every text is used, at least by a key that is
   * put together.
   */
  @Test
  void noTextIsMissingAndNoneIsLeftOver() throws IOException {
    StringBuilder code = new StringBuilder();
    for (Path root :
        List.of(
            Path.of("src/main/java"),
            Path.of("webapp"),
            Path.of("src/main/resources/site/models"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file :
            files.filter(path -> path.toString().matches(".*\\.(java|js|html|json)")).toList()) {
          code.append(Files.readString(file));
        }
      }
    }
    List<String> missing = new ArrayList<>();
    Matcher used =
        Pattern.compile(
                "(?:Texts\\.get|Message\\.of|texts\\.get|#text|[^a-zA-Z]text)\\(\\s*[\"']([a-z0-9.+-]+)[\"']")
            .matcher(code);
    while (used.find()) {
      if (!ENGLISH.keys().contains(used.group(1)) && !used.group(1).endsWith(".")) {
        missing.add(used.group(1));
      }
    }
    assertEquals(List.of(), missing);
    List<String> left = new ArrayList<>();
    for (String key : ENGLISH.keys()) {
      String last = key.substring(key.lastIndexOf('.') + 1);
      boolean named = code.indexOf("\"" + key + "\"") >= 0 || code.indexOf("'" + key + "'") >= 0;
      boolean composed =
          code.indexOf("\"" + key.substring(0, key.length() - last.length())) >= 0
              || code.indexOf("\"" + last + "\"") >= 0;
      if (!named && !composed) {
        left.add(key);
      }
    }
    assertEquals(List.of(), left);
  }

  @Test
  void argumentsAreFilledInAsTheLanguageHasIt() {
    assertEquals(
        "5 of 10 epochs in 3 s · 12,345 images/s",
        ENGLISH.get("experiment.pace.over", 5, 10, "3 s", 12_345));
    assertEquals("12\u00A0345 с", RUSSIAN.get("time.seconds", 12_345));
    assertEquals(ENGLISH.get("time.seconds", "7"), ENGLISH.get(Message.of("time.seconds", 7)));
    assertThrows(IllegalArgumentException.class, () -> ENGLISH.get("no.such.key"));
  }

  @Test
  void otherLanguagesGetEnglish() {
    assertEquals(Language.ENGLISH, Language.of(Locale.JAPANESE));
    assertEquals(Language.RUSSIAN, Language.of(Locale.of("ru", "KZ")));
    assertEquals(Language.ENGLISH, Language.of("xx"));
  }
}
