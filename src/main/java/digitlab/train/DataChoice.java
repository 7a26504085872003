package digitlab.train;

import digitlab.text.Words;

/** Which images a plan asks for. */
public enum DataChoice {
  MNIST("mnist"),
  /** Both together: twice as many images, in more hands. Judged by the test images of MNIST. */
  MNIST_AND_PEN_DIGITS("mnist+pen-digits"),
  /** The built-in generator: no download, no licence, no end. */
  PEN_DIGITS("pen-digits");

  private final String text;

  DataChoice(String text) {
    this.text = text;
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
    return Words.choose(values(), text, "data set");
  }
}
