package digitlab.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The service worker at /sw.js: the only static file that is put together when the server starts.
 */
final class WorkerHandler extends Handler.Abstract.NonBlocking {
  private final byte[] worker;

  WorkerHandler() throws IOException {
    worker = StaticSite.read().serviceWorker();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals("/sw.js")) {
      return false;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/javascript;charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, worker.length);
    response.write(true, ByteBuffer.wrap(worker), callback);
    return true;
  }
}
