package digitlab.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import digitlab.data.StrokeGenerator;
import digitlab.store.Database;
import digitlab.store.SqlOwnSetStore;
import digitlab.testing.Databases;
import digitlab.testing.IdxFolders;
import digitlab.testing.Mnist;
import digitlab.testing.Refusal;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real files and real web servers, some of which misbehave. */
class DataLibraryTest {
  private static final MnistDownload.Progress SILENT = (_, _, _) -> {};

  /** The real MNIST, from where the tests of the whole program have it. */
  private static final Path MNIST = Mnist.folder();

  @TempDir private Path folder;
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stopServers() {
    servers.forEach(server -> server.stop(0));
  }

  /** Answers with the real files, in one of several manners. */
  private interface Manner {
    void answer(HttpExchange exchange, byte[] file) throws IOException;
  }

  private URI serve(Manner manner) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(1);
          requests.add(name + " " + exchange.getRequestHeaders().getFirst("Range"));
          try (exchange) {
            manner.answer(exchange, Files.readAllBytes(MNIST.resolve(name)));
          }
        });
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void whole(HttpExchange exchange, byte[] file) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
    exchange.getResponseBody().write(file, from, file.length - from);
  }

  private DataPair find(URI... mirrors) throws InterruptedException {
    MnistDownload download = new MnistDownload(List.of(mirrors), Duration.ofSeconds(2));
    return new DataLibrary(null, folder.resolve("cache"), download).find(DataChoice.MNIST, SILENT);
  }

  @Test
  void aFolderIsReadPackedOrNot() throws Exception {
    IdxFolders.write(folder, 50, 20);
    Path packed = folder.resolve("train-images-idx3-ubyte.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, folder.resolve("train-images-idx3-ubyte"));
    }
    Files.delete(packed);
    DataPair data =
        new DataLibrary(folder, folder, new MnistDownload()).find(DataChoice.MNIST, SILENT);
    assertEquals(50, data.training().size());
    assertEquals(20, data.test().size());
    assertEquals("data.folder", data.origin().key());
    assertArrayEquals(new StrokeGenerator(1).dataset(50).image(7), data.training().image(7));
  }

  @Test
  void theRealMnistIsRecognised() throws Exception {
    DataPair data =
        new DataLibrary(MNIST, folder, new MnistDownload()).find(DataChoice.MNIST, SILENT);
    assertEquals("data.mnist", data.origin().key());
    assertEquals("MNIST", data.training().name());
    assertEquals(60_000, data.training().size());
    assertEquals(10_000, data.test().size());
  }

  @Test
  void aFolderThatWasNamedMustBeRight() throws Exception {
    DataLibrary library = new DataLibrary(folder, folder, new MnistDownload());
    assertTrue(
        Refusal.of(() -> library.find(DataChoice.MNIST, SILENT))
            .contains("has no file train-images-idx3-ubyte"));
    IdxFolders.write(folder, 50, 20);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte.gz");
    byte[] good = Files.readAllBytes(labels);
    Files.write(labels, Arrays.copyOf(good, good.length / 2));
    assertTrue(
        Refusal.of(() -> library.find(DataChoice.MNIST, SILENT)).contains("damaged gzip file"));
    Files.write(labels, new byte[] {1, 2, 3});
    assertTrue(
        Refusal.of(() -> library.find(DataChoice.MNIST, SILENT)).contains("cut off after 3 bytes"));
    Files.write(labels, IdxFolders.gzip(new byte[] {0, 0, 8, 1, 0, 0, 0, 9, 1, 2}));
    assertTrue(
        Refusal.of(() -> library.find(DataChoice.MNIST, SILENT))
            .contains("announces 9 bytes of content and has only 2"));
    Files.write(labels, IdxFolders.gzip(new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 1, 2}));
    assertTrue(Refusal.of(() -> library.find(DataChoice.MNIST, SILENT)).contains("has more"));
  }

  @Test
  void downloadsAndKeepsWhatItFetched() throws Exception {
    URI mirror = serve(DataLibraryTest::whole);
    assertEquals(60_000, find(mirror).training().size());
    assertEquals(4, requests.size());
    assertEquals("data.mnist", find(mirror).origin().key());
    assertEquals(4, requests.size(), "the second time everything is in the cache");
  }

  @Test
  void continuesWhereTheLineBroke() throws Exception {
    URI breaking =
        serve(
            (exchange, file) -> {
              exchange.sendResponseHeaders(200, file.length);
              exchange.getResponseBody().write(file, 0, file.length / 2);
              exchange.getResponseBody().flush();
              throw new IOException("the line breaks");
            });
    URI good = serve(DataLibraryTest::whole);
    assertEquals("MNIST", find(breaking, good).training().name());
    long half = Files.size(MNIST.resolve("train-images-idx3-ubyte.gz")) / 2;
    assertTrue(
        requests.contains("train-images-idx3-ubyte.gz bytes=" + half + "-"), requests.toString());
  }

  @Test
  void goesToTheNextMirrorWhenOneRefusesOrLies() throws Exception {
    URI refusing = serve((exchange, _) -> exchange.sendResponseHeaders(403, -1));
    URI lying =
        serve(
            (exchange, file) -> {
              byte[] wrong = file.clone();
              wrong[wrong.length / 2] ^= 1;
              whole(exchange, wrong);
            });
    URI good = serve(DataLibraryTest::whole);
    assertEquals("data.mnist", find(refusing, lying, good).origin().key());
    assertEquals(12, requests.size());
  }

  @Test
  void doesNotWaitForASilentMirror() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    URI silent =
        serve(
            (exchange, file) -> {
              exchange.sendResponseHeaders(200, file.length);
              exchange.getResponseBody().write(file, 0, 100);
              exchange.getResponseBody().flush();
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    URI good = serve(DataLibraryTest::whole);
    try {
      assertEquals("data.mnist", find(silent, good).origin().key());
    } finally {
      end.countDown();
    }
  }

  @Test
  void withoutAnyMirrorTheBuiltInDigitsServeAndSayWhy() throws Exception {
    URI refusing = serve((exchange, _) -> exchange.sendResponseHeaders(403, -1));
    DataPair data = find(refusing);
    assertEquals(StrokeGenerator.NAME, data.training().name());
    assertEquals(60_000, data.training().size());
    assertEquals("data.fallback", data.origin().key());
    assertTrue(
        data.origin().arguments().getFirst().contains("HTTP status 403"), data.origin().toString());
  }

  @Test
  void aDamagedCacheIsFetchedAgain() throws Exception {
    URI mirror = serve(DataLibraryTest::whole);
    assertEquals(10_000, find(mirror).test().size());
    Files.write(folder.resolve("cache/t10k-labels-idx1-ubyte.gz"), new byte[] {1, 2, 3});
    assertEquals("data.mnist", find(mirror).origin().key());
    assertEquals(8, requests.size());
  }

  @Test
  void severalKindsTogether() throws Exception {
    IdxFolders.write(folder, 50, 20);
    DataLibrary library = new DataLibrary(folder, folder, new MnistDownload());
    DataPair data = library.find(DataChoice.MNIST_AND_PEN_DIGITS, SILENT);
    assertEquals(60_050, data.training().size());
    assertEquals(20, data.test().size());
    DataPair all = library.find(DataChoice.MNIST_PEN_DIGITS_AND_DOODLES, SILENT);
    assertEquals("data.all", all.origin().key());
    assertEquals(60_050, all.training().size() - all.training().unclassed());
    assertEquals(0, all.test().unclassed());
    assertSame(data, library.find(DataChoice.MNIST_AND_PEN_DIGITS, SILENT), "joined once");
    DataPair drawn = library.find(DataChoice.PEN_DIGITS, SILENT);
    assertFalse(drawn.training() == data.training());
    assertSame(
        drawn.training(), library.find(DataChoice.PEN_DIGITS, SILENT).training(), "made once");
  }

  @Test
  void setsThatPeopleBroughtComeFromWhereTheyAreKept() throws InterruptedException {
    DataChoice wanted = DataChoice.own("ours");
    DataLibrary alone = new DataLibrary(folder, folder, new MnistDownload());
    assertTrue(Refusal.of(() -> alone.find(wanted, SILENT)).contains("the Lab's database"));
    try (Database database = Databases.H2.open()) {
      SqlOwnSetStore sets = new SqlOwnSetStore(database);
      DataLibrary library = alone.with(sets);
      assertTrue(Refusal.of(() -> library.find(wanted, SILENT)).contains("no data set \"ours\""));
      DataPair digits =
          new DataPair(
              new StrokeGenerator(1).dataset(30),
              new StrokeGenerator(2).dataset(20),
              Message.of("data.pen-digits"));
      sets.save("ours", digits);
      DataPair first = library.find(wanted, SILENT);
      assertEquals(30, first.training().size());
      assertSame(first, library.find(wanted, SILENT), "read once");
      sets.delete("ours");
      sets.save("ours", new DataPair(digits.test(), digits.test(), digits.origin()));
      assertEquals(20, library.find(wanted, SILENT).training().size(), "another set of that name");
    }
  }
}
