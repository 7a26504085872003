package digitlab.ui;

/** Names of files from names that people gave. */
final class FileNames {
  private FileNames() {}

  /** Letters and digits of the name, the rest as hyphens. */
  static String of(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .map(c -> Character.isLetterOrDigit(c) ? c : '-')
        .filter(c -> c != '-' || (!text.isEmpty() && text.charAt(text.length() - 1) != '-'))
        .forEachOrdered(text::appendCodePoint);
    String trimmed = text.toString().replaceAll("-+$", "");
    return trimmed.isEmpty() ? "network" : trimmed;
  }
}
