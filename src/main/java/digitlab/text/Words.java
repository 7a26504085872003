package digitlab.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Taking text apart without regular expressions, which would make up most of the WebAssembly
 * module.
 */
public final class Words {
  private Words() {}

  /** The words between blanks; none for a blank text. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean blank = i == text.length() || text.charAt(i) <= ' ' || text.charAt(i) == '\u00A0';
      if (blank && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!blank && start < 0) {
        start = i;
      }
    }
    return words;
  }

  /** The parts between separators; always at least one. */
  public static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  /**
   * The value whose {@code toString} is {@code text}.
   *
   * @throws IllegalArgumentException naming {@code what} and the choices, if there is none
   */
  public static <T> T choose(T[] values, String text, String what) {
    List<String> names = new ArrayList<>();
    for (T value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
      names.add(value.toString());
    }
    throw new IllegalArgumentException(
        "There is no " + what + " \"" + text + "\"; choose " + choices(names) + ".");
  }

  /** "a, b or c". */
  public static String choices(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      text.append(i == 0 ? "" : i < words.size() - 1 ? ", " : " or ").append(words.get(i));
    }
    return text.toString();
  }
}
