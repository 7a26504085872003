package digitlab.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The C++ compiler of this machine: g++, whose sanitizers the simulated card makes use of. */
final class Compiler {
  private static final int OLDEST = 11; // the first that knows std::source_location

  private Compiler() {}

  /**
   * Where there is none and none can be installed, the test is skipped and says so; so it is on
   * anything but Linux, which the simulated driver is written for.
   */
  static Compiler find() throws IOException, InterruptedException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      skip("the simulated CUDA driver runs on Linux only");
    }
    DebianPackages.installUnless(Compiler::isThere, "g++");
    if (!isThere()) {
      skip("there is no g++ here, which builds the simulated CUDA driver; install it");
    }
    Compiler compiler = new Compiler();
    String version = compiler.start(Path.of("."), List.of("-dumpversion")).await().strip();
    if (Integer.parseInt(version.split("\\.", -1)[0]) < OLDEST) {
      skip("the simulated CUDA driver needs g++ " + OLDEST + "; here is " + version);
    }
    return compiler;
  }

  private static void skip(String reason) {
    System.out.println("Skipped: " + reason);
    Assumptions.abort(reason);
  }

  private static boolean isThere() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "g++")));
  }

  /** Begins to compile or to link; {@link Run#await} ends it. */
  Run start(Path folder, List<String> arguments) {
    try {
      return new Run(
          new ProcessBuilder(Stream.concat(Stream.of("g++"), arguments.stream()).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A compiler at work. */
  record Run(Process process) {
    /** Returns what it says. */
    String await() throws IOException, InterruptedException {
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("The C++ compiler says:\n" + words);
      }
      return words;
    }
  }
}
