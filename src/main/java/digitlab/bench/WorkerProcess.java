package digitlab.bench;

import digitlab.text.Words;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Our end of a {@link BenchWorker} in another process. While we don't ask, it does nothing.
 *
 * @see Command how it is started
 */
public final class WorkerProcess implements AutoCloseable {
  /** Starts the worker of an engine with so many threads. */
  public interface Command {
    List<String> of(String engine, int threads);
  }

  private final String engine;
  private final int threads;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  WorkerProcess(String engine, int threads, Command command) throws IOException {
    this.engine = engine;
    this.threads = threads;
    process =
        new ProcessBuilder(command.of(engine, threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    try {
      String _ = answer();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  String engine() {
    return engine;
  }

  int threads() {
    return threads;
  }

  String ask(String question) throws IOException {
    questions.write(question);
    questions.newLine();
    questions.flush();
    return answer();
  }

  private String answer() throws IOException {
    List<String> printed = new ArrayList<>();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith("= ")) {
        return line.substring(2);
      }
      printed.add(line);
    }
    throw new IOException(
        "The engine "
            + engine
            + " ended while it was measured"
            + (printed.isEmpty()
                ? ". Its reason stands above."
                : ": " + String.join(" ", printed)));
  }

  /** Images in a second. */
  double rate(String work, int milliseconds) throws IOException {
    List<String> numbers = Words.of(ask(work + " " + milliseconds));
    return Double.parseDouble(numbers.get(0)) / Double.parseDouble(numbers.get(1)) * 1e9;
  }

  /** It ends when there is nothing more to read; if it does not, it is ended. */
  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(Duration.ofSeconds(5))) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
