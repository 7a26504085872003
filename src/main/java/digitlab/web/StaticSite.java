package digitlab.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitlab.datasets.DataPair;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The static pages with all they need, as they lie in the jar: what the server serves at /, and
 * what any other host can serve from any folder. Knows its version, the digest of its content, and
 * writes the service worker for it.
 */
public final class StaticSite {
  private static final String WORKER = "sw.js";

  /** A line of a page that makes sense on our own server only. */
  private static final String SERVER_ONLY = "data-server";

  private final Map<String, byte[]> files; // by path, "js/core.js"

  private StaticSite(Map<String, byte[]> files) {
    this.files = files;
  }

  /** Reads it from the class path. */
  public static StaticSite read() throws IOException {
    URL index = StaticSite.class.getResource("/site/index.html");
    if (index == null) {
      throw new IOException("The static pages are missing from the jar. Build it again.");
    }
    try {
      URI uri = index.toURI();
      if (!uri.getScheme().equals("jar")) {
        return new StaticSite(read(Path.of(uri.resolve("."))));
      }
      String jar = uri.getSchemeSpecificPart();
      Path file = Path.of(URI.create(jar.substring(0, jar.indexOf("!/"))));
      try (FileSystem content = FileSystems.newFileSystem(file)) {
        return new StaticSite(read(content.getPath("/site")));
      }
    } catch (URISyntaxException e) {
      throw new IOException("The static pages can't be read from " + index + ".", e);
    }
  }

  private static Map<String, byte[]> read(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** The service worker for the pages of our own server. */
  byte[] serviceWorker() {
    return serviceWorker(files);
  }

  /** Puts the version and the list of files at the top of webapp/sw.js. */
  private static byte[] serviceWorker(Map<String, byte[]> files) {
    StringBuilder digests = new StringBuilder();
    StringBuilder list = new StringBuilder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      digests.append(file.getKey()).append(DataPieces.sha256(file.getValue()));
      if (!file.getKey().equals(WORKER) && !file.getKey().endsWith(".md")) {
        list.append(list.isEmpty() ? "" : ", ").append('\'').append(file.getKey()).append('\'');
      }
    }
    String version = DataPieces.sha256(digests.toString().getBytes(UTF_8)).substring(0, 16);
    byte[] template = files.get(WORKER);
    if (template == null) {
      throw new IllegalStateException("The static pages have no " + WORKER + ". Build them again.");
    }
    return new String(template, UTF_8)
        .replace("const VERSION = 'unbuilt';", "const VERSION = '" + version + "';")
        .replace("const FILES = [];", "const FILES = [" + list + "];")
        .getBytes(UTF_8);
  }

  /**
   * Writes a copy that needs no server of ours: without the ways to the Lab.
   *
   * @param folder where to; what lies there is overwritten
   * @param data images for those who train in the browser; null for none
   * @return how many files were written
   */
  public int write(Path folder, @Nullable DataPair data) throws IOException {
    Map<String, byte[]> copy = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      boolean isPage = file.getKey().endsWith(".html");
      copy.put(file.getKey(), isPage ? withoutServer(file.getValue()) : file.getValue());
    }
    copy.put(WORKER, serviceWorker(copy)); // data are kept as they are fetched, not in advance
    if (data != null) {
      new DataPieces(data).files().forEach((name, piece) -> copy.put("data/mnist/" + name, piece));
    }
    for (Map.Entry<String, byte[]> file : copy.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return copy.size();
  }

  /**
   * The page without what needs our server, and with the policy that our server sends as a header.
   */
  private static byte[] withoutServer(byte[] page) {
    List<String> lines =
        new String(page, UTF_8).lines().filter(line -> !line.contains(SERVER_ONLY)).toList();
    String policy = SecurityHeaders.STRICT_POLICY.replace("; frame-ancestors 'none'", "");
    String meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">";
    String charset = "<meta charset=\"utf-8\">";
    return (String.join("\n", lines) + "\n")
        .replace(charset, charset + "\n  " + meta)
        .getBytes(UTF_8);
  }
}
