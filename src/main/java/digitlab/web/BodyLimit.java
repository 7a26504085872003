package digitlab.web;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests that send much, but for the Lab's uploads: these go to addresses that nobody can
 * guess, and who takes them limits them while they arrive.
 */
final class BodyLimit extends SizeLimitHandler {
  private static final String UPLOADS = "/lab/VAADIN/dynamic/resource/";

  BodyLimit(long most) {
    super(most, -1);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return Request.getPathInContext(request).startsWith(UPLOADS)
        ? getHandler().handle(request, response, callback)
        : super.handle(request, response, callback);
  }
}
