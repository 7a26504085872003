package digitlab.cli;

import digitlab.interop.ExportFormat;
import digitlab.interop.Exporter;
import digitlab.interop.TrainedModel;
import digitlab.net.NetworkFile;
import digitlab.train.Preset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Hands a network over to other tools: as a model, or as a script that trains it anew, with its parameters beside it.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "A network file, or the name of a shipped network.")
  private String model;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description =
          "Models: onnx, safetensors, keras, json. Scripts: pytorch, keras-script, numpy, sklearn.")
  private String format;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
  private Path out;

  @ArgGroup private @Nullable Source source;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  private static final class Source {
    @Option(
        names = "--preset",
        paramLabel = "NAME",
        description = "For scripts: the shipped plan that the network was trained with.")
    private @Nullable String preset;

    @Option(
        names = "--plan",
        paramLabel = "FILE",
        description = "For scripts: the plan that the network was trained with.")
    private @Nullable Path plan;
  }

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    ExportFormat chosen = format();
    TrainedModel trained = trained(Models.read(model));
    Exporter.check(trained, chosen);
    write(out, trained, stream -> Exporter.write(trained, chosen, stream));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", out.toString());
    String text = "written to " + out;
    if (chosen.isScript()) {
      Path initial = beside(Exporter.INITIAL);
      Path parameters = beside(Exporter.TRAINED);
      write(initial, trained, stream -> Exporter.writeInitial(trained, stream));
      write(
          parameters, trained, stream -> Exporter.write(trained, ExportFormat.SAFETENSORS, stream));
      result.put("weights", List.of(initial.toString(), parameters.toString()));
      text += ", its parameters to " + initial + " and " + parameters;
      if (trained.planIsGuessed()) {
        output.progress(
            "The network file does not tell how it was trained: the script has the usual values. Give the plan"
                + " with --preset or --plan.");
      }
    }
    output.result(result, text);
    return 0;
  }

  private ExportFormat format() {
    try {
      return ExportFormat.parse(format);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private TrainedModel trained(NetworkFile file) throws IOException {
    if (source == null) {
      return TrainedModel.of(file);
    }
    if (source.plan != null) {
      return TrainedModel.of(file, PlanFile.read(source.plan));
    }
    try {
      return TrainedModel.of(file, Preset.named(String.valueOf(source.preset)).plan());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** net.py → net.initial.safetensors. */
  private Path beside(String ending) {
    String name = String.valueOf(out.getFileName());
    int dot = name.lastIndexOf('.');
    return out.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }

  /** What writes a file. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void write(Path file, TrainedModel model, Content content) throws IOException {
    OutputFile output = new OutputFile(file, 4L * model.parameters().values().length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    output.write(bytes.toByteArray());
  }
}
