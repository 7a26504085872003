package digitlab.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real server in a process of its own: {@code java -jar target/digitlab.jar serve}. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("http://\\S+?/");

  private final Process process;
  private final BufferedReader out;
  private final URI uri;

  private ServerProcess(Process process, BufferedReader out, URI uri) {
    this.process = process;
    this.out = out;
    this.uri = uri;
  }

  /** Starts one on a free port and waits until it serves. */
  public static ServerProcess start(Path home, Path data, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/digitlab.jar",
                "serve",
                "--port",
                "0",
                "--home",
                home.toString(),
                "--data",
                data.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    Matcher ready = READY.matcher(String.valueOf(line));
    if (!ready.find()) {
      process.destroyForcibly();
      throw new IOException("The server did not start: " + line);
    }
    return new ServerProcess(process, out, URI.create(ready.group()));
  }

  /** "http://127.0.0.1:34567/". */
  public URI uri() {
    return uri;
  }

  /** Ends it as a power cut would. */
  public void kill() throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The server can't be killed");
    }
    all.forEach(handle -> handle.onExit().join());
  }

  /** Ends it as Ctrl+C does. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    out.close();
  }
}
