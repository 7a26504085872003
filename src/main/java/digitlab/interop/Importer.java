package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
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
   * @throws IllegalArgumentException saying what is wrong with the file, and what to do
   */
  public static ImportedNetwork read(byte[] file, @Nullable NetworkSpec described) {
    if (file.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "The file has "
              + file.length
              + " bytes; at most "
              + MOST_BYTES
              + " are read. Use a smaller network.");
    }
    if (SafetensorsReader.looksLikeIt(file)) {
      return SafetensorsReader.read(file, described);
    }
    if (OnnxReader.looksLikeIt(file)) {
      return OnnxReader.read(file, described);
    }
    throw new IllegalArgumentException(
        "This is neither safetensors nor ONNX: "
            + begins(file)
            + ". Save the network in one of these formats.");
  }

  private static String begins(byte[] file) {
    if (file.length == 0) {
      return "it is empty";
    }
    StringBuilder text = new StringBuilder("it begins with the bytes");
    for (int i = 0; i < file.length && i < 8; i++) {
      text.append(' ').append(Character.forDigit((file[i] >> 4) & 15, 16));
      text.append(Character.forDigit(file[i] & 15, 16));
    }
    return text.toString();
  }

  /** The loss that the metadata name, or else the one that suits the outputs. */
  static Loss loss(Map<String, String> metadata, NetworkSpec spec) {
    String named = metadata.get(Metadata.LOSS);
    Loss loss = named == null ? guess(spec.outputActivation()) : Loss.parse(named);
    if (!loss.suits(spec.outputActivation())) {
      throw new IllegalArgumentException(
          "The file names the loss "
              + loss
              + ", which can't judge outputs of "
              + spec.outputActivation()
              + ". Correct its metadata.");
    }
    return loss;
  }

  private static Loss guess(Activation output) {
    return switch (output) {
      case SOFTMAX -> Loss.CROSS_ENTROPY;
      case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
      default -> Loss.MSE;
    };
  }
}
