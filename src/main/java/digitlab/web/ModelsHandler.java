package digitlab.web;

import digitlab.experiment.ModelInfo;
import digitlab.experiment.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The networks to draw with: {@code /models/index.json} lists the shipped and the published ones,
 * {@code /api/models/ID} gives a trained one. A static host serves the shipped list from the file
 * of the same name.
 */
final class ModelsHandler extends Handler.Abstract.NonBlocking {
  private static final Pattern MODEL = Pattern.compile("/api/models/([0-9a-f]{64})");

  private final ModelStore models;
  private final JsonMapper json = JsonMapper.shared();
  private final JsonNode shipped;

  ModelsHandler(ModelStore models) throws IOException {
    this.models = models;
    try (InputStream list = ModelsHandler.class.getResourceAsStream("/site/models/index.json")) {
      if (list == null) {
        throw new IllegalStateException(
            "The list of shipped networks is missing from the jar. Build it again.");
      }
      shipped = json.readTree(list);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (path.equals("/models/index.json")) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
      write(json.writeValueAsBytes(list()), response, callback);
      return true;
    }
    if (path.equals("/api/health")) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      write("{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8), response, callback);
      return true;
    }
    var id = MODEL.matcher(path);
    Optional<byte[]> file = id.matches() ? models.file(id.group(1)) : Optional.empty();
    if (file.isEmpty()) {
      return false;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
    // the id is the digest of the content: it can never change
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");
    write(file.get(), response, callback);
    return true;
  }

  private List<Object> list() {
    List<Object> all = new ArrayList<>();
    for (JsonNode model : shipped) {
      all.add(model);
    }
    for (ModelInfo model : models.published()) {
      Map<String, String> object = new LinkedHashMap<>();
      object.put("title", model.title());
      object.put("network", model.network());
      object.put("file", "/api/models/" + model.id());
      all.add(object);
    }
    return all;
  }

  private static void write(byte[] bytes, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
