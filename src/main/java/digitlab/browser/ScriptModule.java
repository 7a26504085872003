package digitlab.browser;

import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/**
 * The same as {@link WasmModule} for browsers without garbage-collected WebAssembly, compiled to
 * JavaScript: typed arrays and strings instead of addresses. JavaScript does not round to float32
 * after each operation, so the last digits differ.
 */
public final class ScriptModule {
  private static final List<Recogniser> RECOGNISERS = new ArrayList<>();
  private static final List<Training> TRAININGS = new ArrayList<>();
  private static String error = "";

  private ScriptModule() {}

  public static void main(String[] args) {}

  /** Opens a network file. Returns its handle, or −1: see {@link #error}. */
  @JSExport
  public static int open(@JSByRef byte[] file) {
    try {
      RECOGNISERS.add(new Recogniser(file));
      return RECOGNISERS.size() - 1;
    } catch (RuntimeException e) {
      return fail(e);
    }
  }

  @JSExport
  public static String describe(int network) {
    return RECOGNISERS.get(network).description();
  }

  /** Recognises a drawing. Returns the answer, or −1: see {@link #error}. */
  @JSExport
  public static int recognise(int network, @JSByRef float[] points, @JSByRef int[] lengths) {
    try {
      return RECOGNISERS.get(network).recognise(Recogniser.strokes(points, lengths));
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

  /** Prepares a training. Returns its handle, or −1: see {@link #error}. */
  @JSExport
  public static int openTraining(String plan, @JSByRef byte[] pixels, @JSByRef byte[] labels) {
    try {
      TRAININGS.add(new Training(plan, pixels, labels));
      return TRAININGS.size() - 1;
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
  public static byte[] saveTraining(int training) {
    return TRAININGS.get(training).save("trained here");
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
