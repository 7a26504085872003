package digitlab.browser;

import digitlab.ink.Rasterizer;
import digitlab.math.Sha256;
import digitlab.net.NetworkFormat;
import digitlab.text.Utf8;
import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.runtime.heap.Heap;

/**
 * What the WebAssembly module offers: numbers and addresses in linear memory, no JavaScript
 * objects, so that the page's content security policy needs no 'unsafe-eval'. {@code
 * webapp/js/core.js} is the other side.
 *
 * <p>Functions that can fail return −1 and leave a text that {@link #error} copies.
 */
public final class WasmModule {
  private static final Handles<VectorRecogniser> RECOGNISERS = new Handles<>("network");
  private static final Handles<ImageSet> IMAGES = new Handles<>("set of images");
  private static final Handles<Training> TRAININGS = new Handles<>("training");
  private static byte[] text = new byte[0];

  private WasmModule() {}

  public static void main(String[] args) {}

  @Export(name = "allocate")
  public static int allocate(int bytes) {
    return Heap.alloc(bytes).toInt();
  }

  @Export(name = "release")
  public static void release(int address) {
    Heap.release(Address.fromInt(address));
  }

  /**
   * Opens a network file. Returns its handle.
   *
   * @param digest its 32 bytes, if the page can compute it, else 0
   */
  @Export(name = "open")
  public static int open(int file, int length, int digest) {
    try {
      byte[] bytes = LinearMemory.readBytes(file, length);
      return RECOGNISERS.add(
          new VectorRecogniser(
              digest == 0
                  ? NetworkFormat.read(bytes)
                  : NetworkFormat.read(bytes, LinearMemory.readBytes(digest, Sha256.LENGTH))));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Forgets a network. */
  @Export(name = "close")
  public static void close(int network) {
    RECOGNISERS.close(network);
  }

  /** The length of the network's description, which {@link #copyText} then copies. */
  @Export(name = "describe")
  public static int describe(int network) {
    text = Utf8.encode(RECOGNISERS.get(network).description());
    return text.length;
  }

  /**
   * Recognises a drawing.
   *
   * @param points x, y, x, y … as float32
   * @param lengths points of each stroke, as int32
   * @param switches which of MNIST's steps are taken, {@link Recogniser#steps}
   * @param drawnWidth how wide the pen drew
   * @param image takes 784 bytes
   * @param probabilities takes 10 float32
   * @param outputs takes the outputs of all layers, one after the other, as float32
   * @param placement takes 4 float32, {@link Recogniser#placement}
   * @return the answer
   */
  @Export(name = "recognise")
  public static int recognise(
      int network,
      int points,
      int lengths,
      int strokes,
      int switches,
      float drawnWidth,
      int image,
      int probabilities,
      int outputs,
      int placement) {
    try {
      VectorRecogniser recogniser = RECOGNISERS.get(network);
      int[] sizes = readInts(lengths, strokes);
      write(
          recogniser.raster(
              Recogniser.strokes(readFloats(points, 2 * sum(sizes)), sizes),
              Recogniser.steps(switches, drawnWidth)),
          image);
      int answer = recogniser.look(image);
      write(recogniser.probabilities(), probabilities);
      int at = outputs;
      for (int layer = 0; layer < recogniser.spec().layers().size(); layer++) {
        write(recogniser.outputs(layer), at);
        at += 4 * recogniser.outputs(layer).length;
      }
      write(recogniser.placement(), placement);
      return answer;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /**
   * Looks at an image of 784 bytes and writes its 10 probabilities, float32. Returns the answer.
   */
  @Export(name = "look")
  public static int look(int network, int image, int probabilities) {
    try {
      VectorRecogniser recogniser = RECOGNISERS.get(network);
      int answer = recogniser.look(image);
      write(recogniser.probabilities(), probabilities);
      return answer;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Writes how each pixel pulls at a neuron of the last drawing: 784 float32. */
  @Export(name = "pull")
  public static int pull(int network, int layer, int neuron, int against, int to) {
    try {
      write(RECOGNISERS.get(network).pull(layer, neuron, against), to);
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /**
   * Writes up to {@code most} strongest connections into a neuron, pairs of float32. Returns how
   * many there are.
   */
  @Export(name = "strongest")
  public static int strongest(int network, int layer, int neuron, int most, int to) {
    try {
      float[] pairs = RECOGNISERS.get(network).strongest(layer, neuron, most);
      write(pairs, to);
      return pairs.length / 2;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Makes room for images. Returns the handle of the set. */
  @Export(name = "openImages")
  public static int openImages(int count) {
    try {
      return IMAGES.add(new ImageSet(count));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @Export(name = "closeImages")
  public static void closeImages(int images) {
    IMAGES.close(images);
  }

  /** Puts some images (count, 784) with their labels, all bytes, from number {@code from}. */
  @Export(name = "putImages")
  public static int putImages(int images, int from, int pixels, int labels, int count) {
    try {
      IMAGES
          .get(images)
          .put(
              from,
              LinearMemory.readBytes(pixels, count * Rasterizer.PIXELS),
              LinearMemory.readBytes(labels, count));
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Puts some pen digits of this seed from number {@code from}. */
  @Export(name = "generateImages")
  public static int generateImages(int images, int seed, int from, int count) {
    try {
      IMAGES.get(images).generate(seed, from, count);
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Copies the pixels of an image, 784 bytes. Returns its label. */
  @Export(name = "copyImage")
  public static int copyImage(int images, int number, int to) {
    write(IMAGES.get(images).image(number), to);
    return IMAGES.get(images).label(number);
  }

  /** Prepares a training from a plan's text and two sets of images. Returns its handle. */
  @Export(name = "openTraining")
  public static int openTraining(int plan, int planLength, int images, int testImages) {
    try {
      return TRAININGS.add(
          new Training(
              Utf8.decode(LinearMemory.readBytes(plan, planLength), 0, planLength),
              IMAGES.get(images).dataset(),
              IMAGES.get(testImages).dataset(),
              Arithmetic.VECTOR));
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @Export(name = "closeTraining")
  public static void closeTraining(int training) {
    TRAININGS.close(training);
  }

  /** Writes where the training is: {@link Training#PROGRESS} float32. */
  @Export(name = "progress")
  public static void progress(int training, int to) {
    write(TRAININGS.get(training).progress(), to);
  }

  /** Writes loss and accuracy on the first {@code most} test images, 2 float32. */
  @Export(name = "test")
  public static void test(int training, int most, int to) {
    write(TRAININGS.get(training).test(most), to);
  }

  /** Goes on from the numbers of a network file. */
  @Export(name = "loadTraining")
  public static int loadTraining(int training, int file, int length) {
    try {
      TRAININGS.get(training).load(LinearMemory.readBytes(file, length));
      return 0;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /** Trains for some steps. Returns the loss of the last one. */
  @Export(name = "train")
  public static float train(int training, int steps) {
    return TRAININGS.get(training).step(steps);
  }

  /** The length of the trained network's file, which {@link #copyText} then copies. */
  @Export(name = "saveTraining")
  public static int saveTraining(int training, int title, int titleLength) {
    text =
        TRAININGS
            .get(training)
            .save(Utf8.decode(LinearMemory.readBytes(title, titleLength), 0, titleLength));
    return text.length;
  }

  /** The length of the last error's text, which {@link #copyText} then copies. */
  @Export(name = "error")
  public static int error() {
    return text.length;
  }

  /** Copies the text or file whose length was asked for last. */
  @Export(name = "copyText")
  public static void copyText(int to) {
    write(text, to);
  }

  private static int fail(RuntimeException e) {
    String message = e.getMessage();
    text = Utf8.encode(message == null ? e.getClass().getName() : message);
    return -1;
  }

  private static int sum(int[] values) {
    int sum = 0;
    for (int value : values) {
      sum += value;
    }
    return sum;
  }

  private static int[] readInts(int from, int length) {
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      values[i] = Address.fromInt(from + 4 * i).getInt();
    }
    return values;
  }

  private static float[] readFloats(int from, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Address.fromInt(from + 4 * i).getFloat();
    }
    return values;
  }

  private static void write(byte[] values, int to) {
    for (int i = 0; i < values.length; i++) {
      Address.fromInt(to + i).putByte(values[i]);
    }
  }

  private static void write(float[] values, int to) {
    for (int i = 0; i < values.length; i++) {
      Address.fromInt(to + 4 * i).putFloat(values[i]);
    }
  }
}
