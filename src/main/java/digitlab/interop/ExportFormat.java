package digitlab.interop;

import digitlab.text.Words;

/** What a network can be handed over as. */
public enum ExportFormat {
  /** For ONNX Runtime, browsers, phones, .NET … */
  ONNX("onnx", "onnx"),
  /** Plain tensors with PyTorch's names and orientation, for Python and Rust. */
  SAFETENSORS("safetensors", "safetensors"),
  /** A whole Keras 3 model. */
  KERAS("keras", "keras"),
  /** Numbers that everybody can read. */
  JSON("json", "json"),
  PYTORCH("pytorch", "py"),
  KERAS_SCRIPT("keras-script", "py"),
  NUMPY("numpy", "py"),
  SKLEARN("sklearn", "py");

  private final String text;
  private final String extension;

  ExportFormat(String text, String extension) {
    this.text = text;
    this.extension = extension;
  }

  /** Of the file, without a dot. */
  public String extension() {
    return extension;
  }

  /**
   * Whether it is a script that trains the network anew, with two files of parameters beside it.
   */
  public boolean isScript() {
    return extension.equals("py");
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return text;
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException naming the choices, if there is none
   */
  public static ExportFormat parse(String text) {
    return Words.choose(values(), text, "format");
  }
}
