package digitlab.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python of this machine, for tests of what we hand over to it. */
public final class Python {
  /** The environment's DIGITLAB_PYTHON comes first; then what is usually there. */
  private static final List<String> PLACES = List.of("python3", "/usr/bin/python3", "python");

  private final String program;

  private Python(String program) {
    this.program = program;
  }

  /** What a program printed and how it ended. */
  public record Ended(int exit, String out) {}

  /** A Python that has these modules. Where there is none the test is skipped and says why. */
  public static Python with(String... modules) throws IOException, InterruptedException {
    List<String> places = new ArrayList<>();
    String named = System.getenv("DIGITLAB_PYTHON");
    if (named != null && !named.isBlank()) {
      places.add(named);
    }
    places.addAll(PLACES);
    for (String place : places) {
      if (has(place, modules)) {
        return new Python(place);
      }
    }
    String reason =
        "Skipped: none of "
            + String.join(", ", places)
            + " is a Python 3 with "
            + (modules.length == 0 ? "its standard library" : String.join(" and ", modules))
            + ".";
    System.out.println(reason);
    return Assumptions.abort(reason);
  }

  private static boolean has(String place, String... modules) throws InterruptedException {
    try {
      String imports =
          "import ast" + (modules.length == 0 ? "" : ", " + String.join(", ", modules));
      return new Python(place).run(Path.of("."), "-c", imports).exit == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** Runs it in {@code folder}. */
  public Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("Python did not end: " + out);
    }
    return new Ended(process.exitValue(), out);
  }
}
