package digitlab.browser;

import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/**
 * The same as {@link WasmModule} for browsers without garbage-collected WebAssembly, compiled to
 * JavaScript: typed arrays and strings instead of addresses. JavaScript does not round to float32
 * after each operation, so the last digits differ.
 */
public final class ScriptModule {
  private static final Handles<PlainRecogniser> RECOGNISERS = new Handles<>("network");
  private static final Handles<ImageSet> IMAGES = new Handles<>("set of images");
  private static final Handles<Training> TRAININGS = new Handles<>("training");
  private static String error = "";

  private ScriptModule() {}

  public static void main(String[] args) {}

  /** Opens a network file. Returns its handle, or −1: see {@link #error}. */
  @JSExport
  public static int open(@JSByRef byte[] file) {
    try {
      return RECOGNISERS.add(new PlainRecogniser(file));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  public static void close(int network) {
    RECOGNISERS.close(network);
  }

  @JSExport
  public static String describe(int network) {
    return RECOGNISERS.get(network).description();
  }

  /** Recognises a drawing. Returns the answer, or −1: see {@link #error}. */
  @JSExport
  public static int recognise(
      int network,
      @JSByRef float[] points,
      @JSByRef int[] lengths,
      int switches,
      float drawnWidth) {
    try {
      return RECOGNISERS
          .get(network)
          .recognise(Recogniser.strokes(points, lengths), Recogniser.steps(switches, drawnWidth));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  @JSByRef
  public static byte[] image(int network) {
    return RECOGNISERS.get(network).image();
  }

  @JSExport
  @JSByRef
  public static float[] probabilities(int network) {
    return RECOGNISERS.get(network).probabilities();
  }

  @JSExport
  @JSByRef
  public static float[] outputs(int network, int layer) {
    return RECOGNISERS.get(network).outputs(layer);
  }

  /** Looks at an image of 784 bytes. Returns the answer, or −1: see {@link #error}. */
  @JSExport
  public static int look(int network, @JSByRef byte[] image) {
    try {
      return RECOGNISERS.get(network).look(image);
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  @JSByRef
  public static float[] placement(int network) {
    return RECOGNISERS.get(network).placement();
  }

  @JSExport
  @JSByRef
  public static float[] pull(int network, int layer, int neuron, int against) {
    return RECOGNISERS.get(network).pull(layer, neuron, against);
  }

  @JSExport
  @JSByRef
  public static float[] strongest(int network, int layer, int neuron, int most) {
    return RECOGNISERS.get(network).strongest(layer, neuron, most);
  }

  /** Makes room for images. Returns the handle of the set, or −1: see {@link #error}. */
  @JSExport
  public static int openImages(int count) {
    try {
      return IMAGES.add(new ImageSet(count));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  public static void closeImages(int images) {
    IMAGES.close(images);
  }

  @JSExport
  public static int putImages(
      int images, int from, @JSByRef byte[] pixels, @JSByRef byte[] labels) {
    try {
      IMAGES.get(images).put(from, pixels, labels);
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  public static int generateImages(int images, int seed, int from, int count) {
    try {
      IMAGES.get(images).generate(seed, from, count);
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  @JSByRef
  public static byte[] imageOf(int images, int number) {
    return IMAGES.get(images).image(number);
  }

  @JSExport
  public static int labelOf(int images, int number) {
    return IMAGES.get(images).label(number);
  }

  /** Prepares a training. Returns its handle, or −1: see {@link #error}. */
  @JSExport
  public static int openTraining(String plan, int images, int testImages) {
    try {
      return TRAININGS.add(
          new Training(
              plan,
              IMAGES.get(images).dataset(),
              IMAGES.get(testImages).dataset(),
              Arithmetic.PLAIN));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  public static void closeTraining(int training) {
    TRAININGS.close(training);
  }

  @JSExport
  @JSByRef
  public static float[] progress(int training) {
    return TRAININGS.get(training).progress();
  }

  @JSExport
  @JSByRef
  public static float[] test(int training, int most) {
    return TRAININGS.get(training).test(most);
  }

  /** Goes on from a network file. Returns −1 if it can't: see {@link #error}. */
  @JSExport
  public static int loadTraining(int training, @JSByRef byte[] file) {
    try {
      TRAININGS.get(training).load(file);
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Trains for some steps. Returns the loss of the last one. */
  @JSExport
  public static float train(int training, int steps) {
    return TRAININGS.get(training).step(steps);
  }

  @JSExport
  @JSByRef
  public static byte[] saveTraining(int training, String title) {
    return TRAININGS.get(training).save(title);
  }

  @JSExport
  public static String error() {
    return error;
  }

  private static int fail(RuntimeException e) {
    String message = e.getMessage();
    error = message == null ? e.getClass().getName() : message;
    return -1;
  }
}
