package digitlab.text;

import java.util.List;

/**
 * A text for people that is not yet in any language: a key of the message files and the arguments
 * that fill its {0}, {1}… The pure packages speak in these; the faces (views, pages, command line)
 * put them into English or Russian.
 */
public record Message(String key, List<String> arguments) {
  private static final char SEPARATOR = '\t';

  public static Message of(String key, Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      Object argument = arguments[i];
      words[i] = argument instanceof Double number ? Decimals.format(number) : argument.toString();
    }
    return new Message(key, List.of(words));
  }

  /** One line, for storing: {@link #parse} reads it back. Tabs within arguments become spaces. */
  public String format() {
    StringBuilder line = new StringBuilder(key);
    for (String argument : arguments) {
      line.append(SEPARATOR).append(argument.replace(SEPARATOR, ' ').replace('\n', ' '));
    }
    return line.toString();
  }

  /** The reverse of {@link #format}. */
  public static Message parse(String line) {
    List<String> parts = Words.split(line, SEPARATOR);
    return new Message(parts.getFirst(), List.copyOf(parts.subList(1, parts.size())));
  }
}
