package digitlab.interop;

import digitlab.text.Message;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes networks in the formats of other tools. */
public final class Exporter {
  /**
   * Behind the name of a script, instead of ".py": the parameters that its training begins with.
   */
  public static final String INITIAL = ".initial.safetensors";

  /** Behind the name of a script, instead of ".py": the parameters that Digit Lab trained. */
  public static final String TRAINED = ".trained.safetensors";

  private Exporter() {}

  /** Why a network of this plan can't be written so; empty if it can. */
  public static List<Message> obstacles(TrainingPlan plan, ExportFormat format) {
    return format == ExportFormat.SKLEARN ? SklearnScript.obstacles(plan) : List.of();
  }

  /**
   * Whether this network can be written so.
   *
   * @throws ExportRefusedException if there are {@link #obstacles}
   */
  public static void check(TrainedModel model, ExportFormat format) {
    for (Message obstacle : obstacles(model.plan(), format)) {
      throw new ExportRefusedException(obstacle);
    }
  }

  /**
   * Writes the file; a script alone, without the parameters beside it.
   *
   * @throws ExportRefusedException if there are {@link #obstacles}
   */
  public static void write(TrainedModel model, ExportFormat format, OutputStream out)
      throws IOException {
    check(model, format);
    switch (format) {
      case ONNX -> OnnxWriter.write(model, out);
      case SAFETENSORS -> SafetensorsWriter.write(model, model.parameters(), out);
      case KERAS -> KerasFile.write(model, out);
      case JSON -> JsonFile.write(model, out);
      case PYTORCH, KERAS_SCRIPT, NUMPY, SKLEARN ->
          out.write(text(model, format).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * The script alone.
   *
   * @throws IllegalArgumentException if the format is no script
   * @throws ExportRefusedException if there are {@link #obstacles}
   */
  public static String script(TrainedModel model, ExportFormat format) {
    check(model, format);
    return text(model, format);
  }

  private static String text(TrainedModel model, ExportFormat format) {
    return switch (format) {
      case PYTORCH -> PytorchScript.of(model);
      case KERAS_SCRIPT -> KerasScript.of(model);
      case NUMPY -> NumpyScript.of(model);
      case SKLEARN -> SklearnScript.of(model);
      case ONNX, SAFETENSORS, KERAS, JSON ->
          throw new IllegalArgumentException(format + " is no script. Write it as a file.");
    };
  }

  /** The parameters that the plan's training begins with, as safetensors. */
  public static void writeInitial(TrainedModel model, OutputStream out) throws IOException {
    SafetensorsWriter.write(model, model.initialParameters(), out);
  }

  /**
   * Writes a ZIP archive of a script and its two files of parameters.
   *
   * @param name of the files, without extension
   * @throws ExportRefusedException if there are {@link #obstacles}
   */
  public static void writeArchive(
      TrainedModel model, ExportFormat script, String name, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry(name + "." + script.extension()));
    write(model, script, zip);
    zip.putNextEntry(new ZipEntry(name + INITIAL));
    writeInitial(model, zip);
    zip.putNextEntry(new ZipEntry(name + TRAINED));
    write(model, ExportFormat.SAFETENSORS, zip);
    zip.finish();
  }
}
