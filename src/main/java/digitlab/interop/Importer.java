package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.LayerSpec;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads networks of dense layers that other tools wrote: safetensors and ONNX. Files are taken for
 * hostile: everything is checked before memory is taken for it.
 */
public final class Importer {
  /** No larger file is read. */
  public static final long MOST_BYTES = 4L * NetworkSpec.MOST_PARAMETERS + (4 << 20);

  private Importer() {}

  /**
   * Reads a file.
   *
   * @param described what the network is, for safetensors that don't tell; null: as the file says
   * @throws RefusedException saying what is wrong with the file, and what to do
   */
  public static ImportedNetwork read(byte[] file, @Nullable NetworkSpec described) {
    if (file.length > MOST_BYTES) {
      throw new RefusedException(Message.of("import.large", file.length, MOST_BYTES));
    }
    if (SafetensorsReader.looksLikeIt(file)) {
      return SafetensorsReader.read(file, described);
    }
    if (OnnxReader.looksLikeIt(file)) {
      return OnnxReader.read(file, described);
    }
    throw new RefusedException(
        file.length == 0 ? Message.of("import.empty") : Message.of("import.format", begins(file)));
  }

  private static String begins(byte[] file) {
    return HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(8, file.length));
  }

  /**
   * The network that a person or a file describes.
   *
   * @throws RefusedException if Digit Lab can't have it
   */
  public static NetworkSpec describe(String text) {
    try {
      return NetworkSpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Message.of(
              "import.description",
              text,
              NetworkSpec.MOST_INPUTS,
              NetworkSpec.MOST_LAYERS,
              LayerSpec.MOST_NEURONS,
              NetworkSpec.MOST_PARAMETERS),
          String.valueOf(e.getMessage()));
    }
  }

  static RefusedException beyondLimits() {
    return new RefusedException(
        Message.of(
            "import.limits",
            NetworkSpec.MOST_INPUTS,
            NetworkSpec.MOST_LAYERS,
            LayerSpec.MOST_NEURONS,
            NetworkSpec.MOST_PARAMETERS));
  }

  /** The loss that the metadata name, or else the one that suits the outputs. */
  static Loss loss(Map<String, String> metadata, NetworkSpec spec) {
    String named = metadata.get(Metadata.LOSS);
    Loss loss = named == null ? guess(spec.outputActivation()) : named(named);
    if (!loss.suits(spec.outputActivation())) {
      throw new RefusedException(Message.of("import.loss", loss, spec.outputActivation()));
    }
    return loss;
  }

  private static Loss named(String name) {
    try {
      return Loss.parse(name);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Message.of("import.loss.unknown", name), String.valueOf(e.getMessage()));
    }
  }

  private static Loss guess(Activation output) {
    return switch (output) {
      case SOFTMAX -> Loss.CROSS_ENTROPY;
      case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
      default -> Loss.MSE;
    };
  }
}
