package digitlab.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens pages of the Lab as a browser does, so that Java has loaded and compiled what they need
 * before the first person comes. Sees no more than a person without the password.
 */
public final class FirstVisitor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI lab;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .connectTimeout(PATIENCE)
          .build();
  private final JsonMapper json = JsonMapper.shared();

  /**
   * @param server "http://127.0.0.1:8080/"
   */
  public FirstVisitor(URI server) {
    lab = server.resolve("lab/");
  }

  /**
   * Opens a page and leaves it.
   *
   * @param route "experiments/3"
   * @throws IOException if the server does not answer as it should
   */
  public void visit(String route) throws IOException, InterruptedException {
    var _ = send(request(lab.resolve(route)));
    String location = URLEncoder.encode(route, StandardCharsets.UTF_8);
    JsonNode page =
        json.readTree(send(request(lab.resolve("?v-r=init&location=" + location + "&query="))))
            .path("appConfig");
    URI uidl = lab.resolve("?v-r=uidl&v-uiId=" + page.path("v-uiId").asInt());
    String key = page.path("uidl").path("Vaadin-Security-Key").asString();
    Map<String, Object> navigation =
        Map.of(
            "type",
            "event",
            "node",
            1,
            "event",
            "ui-navigate",
            "data",
            Map.of("route", route, "query", "", "appShellTitle", "", "trigger", ""));
    var _ =
        send(
            post(
                uidl,
                Map.of(
                    "csrfToken",
                    key,
                    "rpc",
                    new Object[] {navigation},
                    "syncId",
                    0,
                    "clientId",
                    0)));
    var _ = send(post(uidl, Map.of("csrfToken", key, "rpc", new Object[0], "UNLOAD", true)));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(PATIENCE);
  }

  private HttpRequest.Builder post(URI uri, Map<String, Object> message) {
    return request(uri)
        .header("Content-Type", "application/json; charset=UTF-8")
        .POST(BodyPublishers.ofString(json.writeValueAsString(message)));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answers " + answer.statusCode() + ".");
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
