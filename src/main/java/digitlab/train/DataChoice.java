package digitlab.train;

import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Which images a plan asks for: one of the built-in choices, or a set that somebody brought along,
 * by its name. Whether such a set exists is known only where data sets are kept.
 *
 * @param text as in the text of a plan: "mnist", "own:fashion-mnist"
 */
public record DataChoice(String text) {
  public static final DataChoice MNIST = new DataChoice("mnist");

  /** Both together: twice as many images, in more hands. Judged by the test images of MNIST. */
  public static final DataChoice MNIST_AND_PEN_DIGITS = new DataChoice("mnist+pen-digits");

  /** And drawings that are no digit, so that a network learns when not to be sure. */
  public static final DataChoice MNIST_PEN_DIGITS_AND_DOODLES =
      new DataChoice("mnist+pen-digits+doodles");

  /** The built-in generator: no download, no licence, no end. */
  public static final DataChoice PEN_DIGITS = new DataChoice("pen-digits");

  /** What there is without bringing anything. */
  public static final List<DataChoice> BUILT_IN =
      List.of(MNIST, MNIST_AND_PEN_DIGITS, MNIST_PEN_DIGITS_AND_DOODLES, PEN_DIGITS);

  /** The longest name of a set of one's own, in characters. */
  public static final int LONGEST_NAME = 40;

  private static final String OWN = "own:";

  /**
   * The set of that name, which somebody brought.
   *
   * @throws IllegalArgumentException if no set can be called so
   */
  public static DataChoice own(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A data set can't be called \""
              + name
              + "\": names have 1 to "
              + LONGEST_NAME
              + " characters, no blanks, no semicolon and no #.");
    }
    return new DataChoice(OWN + name);
  }

  /** Whether a set may be called so: the name must survive in the text of a plan. */
  public static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == '\u00A0' || c == ';' || c == '#') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= LONGEST_NAME;
  }

  public boolean isOwn() {
    return text.startsWith(OWN);
  }

  /** The name of a set that {@link #isOwn}. */
  public String ownName() {
    return text.substring(OWN.length());
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * The choice of that name.
   *
   * @throws IllegalArgumentException naming the choices, if there is none
   */
  public static DataChoice parse(String text) {
    if (text.startsWith(OWN)) {
      return own(text.substring(OWN.length()));
    }
    List<String> names = new ArrayList<>();
    for (DataChoice choice : BUILT_IN) {
      if (choice.text.equals(text)) {
        return choice;
      }
      names.add(choice.text);
    }
    names.add(OWN + "NAME");
    throw new IllegalArgumentException(
        "There is no data set \"" + text + "\"; choose " + Words.choices(names) + ".");
  }
}
