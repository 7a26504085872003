package digitlab.web;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * MNIST for those who train in the browser, in the pieces of {@link DataPieces} under /data/mnist/.
 * Serves what is at hand and downloads nothing; where there is nothing, the static site's empty
 * index takes its place. The pieces are packed when they are first asked for and stay in memory.
 */
final class DataHandler extends Handler.Abstract {
  private static final String FOLDER = "/data/mnist/";
  private static final int SIDE = 28;

  private final DataLibrary data;
  private @Nullable Map<String, byte[]> files;

  DataHandler(DataLibrary data) {
    this.data = data;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    if (!path.startsWith(FOLDER)) {
      return false;
    }
    String name = path.substring(FOLDER.length());
    byte[] file = files().get(name);
    if (file == null) {
      return false;
    }
    boolean isIndex = name.equals("index.json");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, isIndex ? "application/json" : "application/octet-stream");
    // the others are named by their content: they can never change
    response
        .getHeaders()
        .put(
            HttpHeader.CACHE_CONTROL, isIndex ? "no-cache" : "public, max-age=31536000, immutable");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.length);
    response.write(true, ByteBuffer.wrap(file), callback);
    return true;
  }

  private synchronized Map<String, byte[]> files() throws IOException {
    if (files == null) {
      Optional<DataPair> found = data.atHand();
      if (found.isEmpty() || found.get().training().pixelsPerImage() != SIDE * SIDE) {
        return Map.of(); // looked for again the next time
      }
      files = new DataPieces(found.get()).files();
    }
    return files;
  }
}
