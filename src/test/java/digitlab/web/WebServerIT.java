package digitlab.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.cli.Application;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.MnistDownload;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.Run;
import digitlab.net.NetworkFormat;
import digitlab.testing.Await;
import digitlab.testing.Databases;
import digitlab.testing.TestApplication;
import digitlab.train.PlanText;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes over the wire. */
class WebServerIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestApplication application;

  @BeforeAll
  static void start() throws IOException {
    application = TestApplication.withFewDigits();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(application.uri().resolve(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /**
   * A request as no browser would send it: its first line, then headers. Returns the status line of
   * the answer.
   */
  private static String raw(String request, String... headers) throws IOException {
    URI uri = application.uri();
    StringBuilder text = new StringBuilder(request).append(" HTTP/1.1\r\n");
    boolean named = Arrays.stream(headers).anyMatch(header -> header.startsWith("Host:"));
    if (!named) {
      text.append("Host: ").append(uri.getAuthority()).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
      out.flush();
      InputStreamReader answer = new InputStreamReader(socket.getInputStream(), ISO_8859_1);
      return String.valueOf(new BufferedReader(answer).readLine());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html;charset=utf-8",
    "/js/core.js, text/javascript;charset=utf-8",
    "/css/shared.css, text/css",
    "/core/digitlab.wasm, application/wasm",
    "/core/digitlab.js, text/javascript;charset=utf-8",
    "/messages/ru.properties, text/plain;charset=utf-8",
    "/models/pad.digitlab, application/octet-stream",
    "/models/index.json, application/json",
    "/icons/digitlab.svg, image/svg+xml",
    "/api/health, application/json",
    "/train.html, text/html;charset=utf-8",
    "/manifest.webmanifest, application/manifest+json",
    "/sw.js, text/javascript;charset=utf-8",
    "/data/mnist/index.json, application/json",
  })
  void theSiteIsThereWithItsTypesAndItsStrictPolicy(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertEquals(200, response.statusCode());
    assertEquals(type, header(response, "Content-Type"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    String policy = header(response, "Content-Security-Policy");
    assertTrue(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), policy);
    assertFalse(policy.contains("'unsafe-eval'") || policy.contains("unsafe-inline"), policy);
    assertEquals("", header(response, "Server"));
  }

  @Test
  void filesAreAskedForEachTimeAndSentOnlyWhenChanged() throws Exception {
    HttpResponse<String> first = get("/js/core.js");
    assertEquals("no-cache", header(first, "Cache-Control"));
    assertEquals(304, get("/js/core.js", "If-None-Match", header(first, "ETag")).statusCode());
    assertEquals("gzip", header(get("/js/core.js", "Accept-Encoding", "gzip"), "Content-Encoding"));
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing",
    "/js/",
    "/core/",
    "/models/",
    "/api/models/abc",
    "/lab/../pom.xml",
    "/lab/VAADIN/build/nothing.js",
    "/..%2fpom.xml",
    "/js/%2e%2e/%2e%2e/logback.xml",
    "/WEB-INF/web.xml"
  })
  void whatIsNotThereAndWhatIsNoFileIsRefusedPlainly(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertTrue(
        response.statusCode() == 404
            || response.statusCode() == 403
            || response.statusCode() == 400,
        path + " " + response.statusCode());
    assertFalse(
        response.body().contains("Exception")
            || response.body().contains("\tat ")
            || response.body().contains("Jetty")
            || response.body().contains("SERVLET"),
        response.body());
    assertTrue(response.body().contains("<a href=\"/\">Digit Lab</a>"), response.body());
    assertTrue(
        response
            .headers()
            .firstValue("Content-Security-Policy")
            .orElse("")
            .contains("default-src 'none'"),
        path);
  }

  @Test
  void errorsSpeakTheVisitorsLanguage() throws Exception {
    assertTrue(get("/nothing", "Accept-Language", "ru").body().contains("Здесь ничего нет"));
    assertTrue(get("/nothing", "Accept-Language", "de").body().contains("There is nothing here"));
    assertTrue(
        get("/nothing", "Accept-Language", "de", "Cookie", "theme=dark; language=ru")
            .body()
            .contains("Здесь ничего нет"),
        "as chosen on the pages");
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    for (String method : List.of("TRACE", "PUT", "DELETE", "OPTIONS", "CONNECT")) {
      String status = raw(method + " /", "Connection: close");
      assertTrue(status.contains(" 405 ") || status.contains(" 400 "), method + ": " + status);
    }
  }

  @Test
  void otherNamesOfThisComputerAreRefused() throws Exception {
    assertTrue(raw("GET /", "Host: evil.example", "Connection: close").contains(" 421 "));
    assertTrue(raw("GET /", "Host: localhost:1", "Connection: close").contains(" 200 "));
  }

  private static String post(String origin) throws IOException {
    return raw(
        "POST /lab/?v-r=uidl", "Content-Length: 0", "Connection: close", "Origin: " + origin);
  }

  @Test
  void otherPagesCanNeitherPostNorOpenAWebSocket() throws Exception {
    assertTrue(post("http://evil.example").contains(" 403 "));
    assertTrue(post("null").contains(" 403 "));
    assertFalse(post("http://" + application.uri().getAuthority()).contains(" 403 "));
    List<String> upgrade =
        List.of(
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "Origin: http://evil.example");
    String socket = "GET /lab/VAADIN/push?v-r=push";
    assertTrue(raw(socket, upgrade.toArray(String[]::new)).contains(" 403 "));
    assertTrue(raw(socket, upgrade.subList(0, 4).toArray(String[]::new)).contains(" 403 "));
  }

  @Test
  void largeRequestsAreRefused() throws Exception {
    assertTrue(raw("GET /", "X: " + "x".repeat(9000)).contains(" 431 "));
    assertTrue(
        raw("POST /lab/", "Content-Length: 99999999", "Connection: close").contains(" 413 "));
  }

  @Test
  void theLabHasNoncesAndAGuardedCookie() throws Exception {
    HttpResponse<String> response = get("/lab/");
    assertEquals(200, response.statusCode());
    String policy = header(response, "Content-Security-Policy");
    String nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
    assertTrue(response.body().contains("nonce=\"" + nonce + "\""));
    assertFalse(policy.contains("script-src 'self' 'unsafe-inline'"), policy);
    assertFalse(
        header(get("/lab/"), "Content-Security-Policy").contains(nonce), "a new one each time");
    String cookie = header(response, "Set-Cookie");
    assertTrue(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Lax")
            && cookie.contains("Path=/lab"),
        cookie);
    assertTrue(get("/lab/", "Cookie", "language=ru").body().contains("lang=\"ru\""));
    assertTrue(get("/lab/", "Accept-Language", "ru-RU").body().contains("lang=\"ru\""));
  }

  @Test
  void aTrainedNetworkIsServedForEverAndListedOncePublished() throws Exception {
    ExperimentService experiments = application.experiments();
    long id = experiments.create("for all", PlanText.parse("network 784 → 10 softmax; epochs 1"));
    experiments.start(id);
    Await.until("the network", () -> model(id) != null);
    String model = model(id);
    HttpResponse<byte[]> file =
        CLIENT.send(
            HttpRequest.newBuilder(application.uri().resolve("/api/models/" + model)).build(),
            BodyHandlers.ofByteArray());
    assertEquals(model, NetworkFormat.read(file.body()).id());
    assertTrue(header(file, "Cache-Control").contains("immutable"));
    assertFalse(get("/models/index.json").body().contains("for all"));
    experiments.publish(Objects.requireNonNull(model), true);
    assertTrue(get("/models/index.json").body().contains("for all"));
  }

  private static @Nullable String model(long id) {
    return application.experiments().find(id).map(Experiment::run).map(Run::model).orElse(null);
  }

  @Test
  void theImagesOfTheDataFolderAreServedInPiecesForEver() throws Exception {
    JsonNode index = JsonMapper.shared().readTree(get("/data/mnist/index.json").body());
    assertEquals(600, index.get("training").get(0).get("images").intValue());
    String file = index.get("test").get(0).get("file").asString();
    HttpResponse<byte[]> piece =
        CLIENT.send(
            HttpRequest.newBuilder(application.uri().resolve("/data/mnist/" + file)).build(),
            BodyHandlers.ofByteArray());
    assertTrue(header(piece, "Cache-Control").contains("immutable"));
    byte[] content = new GZIPInputStream(new ByteArrayInputStream(piece.body())).readAllBytes();
    assertEquals(200 * 785, content.length);
    assertEquals(index.get("test").get(0).get("sha256").asString() + ".bin", file);
    assertEquals(404, get("/data/mnist/other.bin").statusCode());
  }

  @Test
  void theServiceWorkerKnowsItsVersionAndEveryFile() throws Exception {
    String worker = get("/sw.js").body();
    assertTrue(worker.matches("(?s).*const VERSION = '[0-9a-f]{16}';.*"), worker);
    for (String file : List.of("index.html", "train.html", "core/digitlab.wasm", "js/pad/why.js")) {
      assertTrue(worker.contains("'" + file + "'"), file);
    }
  }

  @Test
  void theShippedNetworksAreWhole() throws Exception {
    for (String name : new String[] {"pad", "3b1b"}) {
      HttpResponse<byte[]> file =
          CLIENT.send(
              HttpRequest.newBuilder(application.uri().resolve("/models/" + name + ".digitlab"))
                  .build(),
              BodyHandlers.ofByteArray());
      assertEquals(name, NetworkFormat.read(file.body()).title());
    }
  }

  @Test
  void aPortThatIsTakenIsNamed(@TempDir Path folder) {
    int port = application.uri().getPort();
    DataLibrary data = new DataLibrary(folder, folder, new MnistDownload());
    Application.Settings settings =
        new Application.Settings("127.0.0.1", port, false, Databases.H2.newUrl(), data, false, 1);
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> new Application(settings)).getMessage());
    assertTrue(message.startsWith("Port " + port + " of 127.0.0.1 is in use"), message);
    Application.Settings elsewhere =
        new Application.Settings("192.0.2.1", 0, true, Databases.H2.newUrl(), data, false, 1);
    String other =
        String.valueOf(
            assertThrows(IOException.class, () -> new Application(elsewhere)).getMessage());
    assertTrue(other.startsWith("It is not possible to listen on 192.0.2.1"), other);
  }
}
