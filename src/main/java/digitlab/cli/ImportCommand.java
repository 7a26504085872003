package digitlab.cli;

import digitlab.interop.ImportedNetwork;
import digitlab.interop.Importer;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description =
        "Takes a network of dense layers from other tools: safetensors or ONNX. Its inputs are pixels from 0 (paper) to 1 (ink).",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A file in safetensors or ONNX.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      description = "The network file to write.")
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "TEXT",
      description =
          "What the network is, where the file does not tell: \"784 → 128 relu → 10 softmax\"; -> does as well.")
  private @Nullable String network;

  @Option(names = "--title", paramLabel = "TEXT", description = "Default: as the file says.")
  private @Nullable String title;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    NetworkSpec described = described();
    ImportedNetwork imported = read(described);
    NetworkSpec spec = imported.parameters().spec();
    byte[] bytes =
        NetworkFormat.write(
            title(imported), NetworkFile.MNIST_28, imported.loss(), imported.parameters());
    new OutputFile(out, bytes.length).write(bytes);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", out.toString());
    result.put("network", spec.toString());
    result.put("loss", imported.loss().toString());
    result.put("parameters", spec.parameterCount());
    output.result(result, spec + ", loss " + imported.loss() + ", written to " + out);
    return 0;
  }

  private @Nullable NetworkSpec described() {
    try {
      return network == null ? null : NetworkSpec.parse(network);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private ImportedNetwork read(@Nullable NetworkSpec described) throws IOException {
    try {
      byte[] content =
          InputFile.read(
              file,
              (int) Importer.MOST_BYTES,
              "a network has at most",
              "Choose a file in safetensors or ONNX.");
      return Importer.read(content, described);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + FailureReport.reason(e), e);
    }
  }

  private String title(ImportedNetwork imported) {
    if (title != null) {
      return title;
    }
    String own = imported.title();
    return own == null ? String.valueOf(file.getFileName()) : own;
  }
}
