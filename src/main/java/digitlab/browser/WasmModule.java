package digitlab.browser;

import digitlab.ink.Rasterizer;
import digitlab.text.Utf8;
import java.util.ArrayList;
import java.util.List;
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
  private static final List<Recogniser> RECOGNISERS = new ArrayList<>();
  private static final List<Training> TRAININGS = new ArrayList<>();
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

  /** Opens a network file. Returns its handle. */
  @Export(name = "open")
  public static int open(int file, int length) {
    try {
      RECOGNISERS.add(new Recogniser(readBytes(file, length)));
      return RECOGNISERS.size() - 1;
    } catch (RuntimeException e) {
      return fail(e);
    }
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
   * @param image takes 784 bytes
   * @param probabilities takes 10 float32
   * @param outputs takes the outputs of all layers, one after the other, as float32
   * @return the answer
   */
  @Export(name = "recognise")
  public static int recognise(
      int network,
      int points,
      int lengths,
      int strokes,
      int image,
      int probabilities,
      int outputs) {
    try {
      Recogniser recogniser = RECOGNISERS.get(network);
      int[] sizes = readInts(lengths, strokes);
      int answer =
          recogniser.recognise(Recogniser.strokes(readFloats(points, 2 * sum(sizes)), sizes));
      write(recogniser.image(), image);
      write(recogniser.probabilities(), probabilities);
      int at = outputs;
      for (int layer = 0; layer < recogniser.spec().layers().size(); layer++) {
        write(recogniser.outputs(layer), at);
        at += 4 * recogniser.outputs(layer).length;
      }
      return answer;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  /**
   * Prepares a training from a plan's text and images (count, 784) with labels, all bytes. Returns
   * its handle.
   */
  @Export(name = "openTraining")
  public static int openTraining(int plan, int planLength, int pixels, int labels, int count) {
    try {
      TRAININGS.add(
          new Training(
              Utf8.decode(readBytes(plan, planLength), 0, planLength),
              readBytes(pixels, count * Rasterizer.PIXELS),
              readBytes(labels, count)));
      return TRAININGS.size() - 1;
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
  public static int saveTraining(int training) {
    text = TRAININGS.get(training).save("trained here");
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

  private static byte[] readBytes(int from, int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = Address.fromInt(from + i).getByte();
    }
    return values;
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
