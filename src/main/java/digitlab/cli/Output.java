package digitlab.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command prints: results to stdout, as JSON lines if asked; progress for people to stderr.
 */
final class Output {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final boolean json;
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  Output(boolean json) {
    this.json = json;
  }

  /** A result: {@code object} as one line of JSON, or {@code text} for people. */
  void result(Object object, String text) {
    out.println(json ? JSON.writeValueAsString(object) : text);
    out.flush();
  }

  /** A line about how it goes. */
  void progress(String text) {
    err.println(text);
  }
}
