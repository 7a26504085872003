package digitlab.net;

/**
 * A trained network as it is kept and sent around.
 *
 * @param title what people call it
 * @param preprocessing how drawings become its inputs: {@link #MNIST_28} is the only one so far
 * @param loss what it was trained with
 * @param id the SHA-256 of the file's content, in hexadecimal; equal networks have equal ids
 */
public record NetworkFile(
    String title, String preprocessing, Loss loss, Parameters parameters, String id) {
  /**
   * 28×28 pixels as MNIST was made: longest side 20, centre of mass in the middle, ink 1, paper 0.
   */
  public static final String MNIST_28 = "mnist-28";
}
