package digitlab.web;

import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what other web pages could make a browser send here: requests that change something or
 * open a WebSocket from another origin (Flow itself does not look), and, for a server of this
 * computer alone, requests by another name than its own (DNS rebinding). Also refuses methods that
 * nobody needs, TRACE among them.
 */
final class RequestGuard extends Handler.Wrapper {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean ownComputerOnly;

  RequestGuard(Handler next, boolean ownComputerOnly) {
    super(next);
    this.ownComputerOnly = ownComputerOnly;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    int refusal = refusal(request);
    if (refusal != 0) {
      Response.writeError(request, response, callback, refusal);
      return true;
    }
    return super.handle(request, response, callback);
  }

  /** The status to answer with; 0 if the request is fine. */
  private int refusal(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      return HttpStatus.METHOD_NOT_ALLOWED_405;
    }
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (ownComputerOnly && (host == null || !OWN_NAMES.contains(withoutPort(host)))) {
      return HttpStatus.MISDIRECTED_REQUEST_421;
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
    boolean changes = request.getMethod().equals("POST");
    if (upgrade && origin == null) {
      return HttpStatus.FORBIDDEN_403;
    }
    if ((upgrade || changes) && origin != null && !isOf(origin, host)) {
      return HttpStatus.FORBIDDEN_403;
    }
    return 0;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isOf(String origin, String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false; // "null" and the like: no origin of ours
    }
  }
}
