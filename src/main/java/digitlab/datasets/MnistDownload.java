package digitlab.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches MNIST into a folder from the first mirror that works. What was fetched of a file before
 * the line broke is kept and continued; a file counts only when the SHA-256 of its content is
 * right.
 */
public final class MnistDownload {
  /** Public mirrors: the one of PyTorch's torchvision and the one of TensorFlow's data sets. */
  public static final List<URI> MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  /** The packed training images have 9.9 MB; a mirror that sends much more is broken. */
  private static final long MOST_BYTES = 50_000_000;

  /** Is told how far the download is. */
  public interface Progress {
    /**
     * Called every few dozen kilobytes.
     *
     * @param file name of the file
     * @param bytes fetched so far
     * @param allBytes of the file; −1 if the mirror does not say
     */
    void onBytes(String file, long bytes, long allBytes);
  }

  private final List<URI> mirrors;
  private final Duration patience;

  public MnistDownload() {
    this(MIRRORS, Duration.ofSeconds(10));
  }

  /**
   * Fetches from elsewhere.
   *
   * @param patience how long a mirror may stay silent
   */
  public MnistDownload(List<URI> mirrors, Duration patience) {
    this.mirrors = List.copyOf(mirrors);
    this.patience = patience;
  }

  /**
   * Fetches what is missing of the four files.
   *
   * @throws IOException if no mirror has a file, naming what each of them answered
   */
  void fetch(Path folder, Progress progress) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      for (MnistFile file : MnistFile.values()) {
        if (!Files.isRegularFile(folder.resolve(file.fileName() + ".gz"))) {
          fetch(client, file, folder, progress);
        }
      }
    }
  }

  private void fetch(HttpClient client, MnistFile file, Path folder, Progress progress)
      throws IOException, InterruptedException {
    StringBuilder failures = new StringBuilder();
    for (URI mirror : mirrors) {
      Path part = folder.resolve(file.fileName() + ".gz.part");
      try {
        download(client, mirror.resolve(file.fileName() + ".gz"), part, progress);
        check(file, part);
        Files.move(
            part,
            folder.resolve(file.fileName() + ".gz"),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (IllegalArgumentException e) { // the content is wrong: do not continue it
        Files.deleteIfExists(part);
        failures
            .append(failures.isEmpty() ? "" : "; ")
            .append(mirror.getHost())
            .append(": ")
            .append(e.getMessage());
      } catch (IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        failures
            .append(failures.isEmpty() ? "" : "; ")
            .append(mirror.getHost())
            .append(": ")
            .append(reason);
      }
    }
    throw new IOException("MNIST could not be fetched (" + failures + ")");
  }

  private void download(HttpClient client, URI uri, Path part, Progress progress)
      throws IOException, InterruptedException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      boolean continues = response.statusCode() == 206;
      if (response.statusCode()
          == 416) { // nothing is left to send: the part is whole or wrong, the check will tell
        return;
      }
      if (response.statusCode() != 200 && !continues) {
        throw new IOException("HTTP status " + response.statusCode());
      }
      long start = continues ? have : 0;
      long announced = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      StandardOpenOption mode =
          continues ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
        copy(
            body,
            out,
            part.getFileName().toString(),
            start,
            announced < 0 ? -1 : start + announced,
            progress);
      }
    }
  }

  private void copy(
      InputStream from, OutputStream to, String name, long start, long all, Progress progress)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[1 << 16];
    long bytes = start;
    // a thread of its own reads, because a stream has no time-out and a mirror may fall silent
    try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      while (true) {
        int count = read(reader, from, buffer);
        if (count < 0) {
          break;
        }
        to.write(buffer, 0, count);
        bytes += count;
        if (bytes > MOST_BYTES) {
          throw new IllegalArgumentException("it sent more than " + MOST_BYTES + " bytes");
        }
        progress.onBytes(name.replace(".part", ""), bytes, all);
      }
    }
    if (all >= 0 && bytes < all) {
      throw new IOException("the line broke after " + bytes + " of " + all + " bytes");
    }
  }

  private int read(ExecutorService reader, InputStream from, byte[] buffer)
      throws IOException, InterruptedException {
    Future<Integer> reading = reader.submit(() -> from.read(buffer));
    try {
      return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      from.close();
      throw new IOException("it fell silent for " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private static void check(MnistFile file, Path part) throws IOException {
    IdxFile content = IdxFile.read(part, file.dimensions());
    if (!content.sha256().equals(file.sha256())) {
      throw new IllegalArgumentException("its " + file.fileName() + " has the wrong checksum");
    }
  }
}
