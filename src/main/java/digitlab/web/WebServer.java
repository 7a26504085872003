package digitlab.web;

import digitlab.datasets.DataLibrary;
import digitlab.experiment.ModelStore;
import digitlab.ui.LabServices;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The web server: the static site at /, the networks under /models and /api, the Lab under /lab.
 */
public final class WebServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 5000;
  private static final int MOST_REQUESTS_AT_ONCE = 256;
  private static final int MOST_REQUESTS_WAITING = 2048;
  private static final long MOST_REQUEST_BYTES = 10L << 20;

  private final Server server;
  private final ServerConnector connector;

  private WebServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to serve.
   *
   * @param host the address to listen on: 127.0.0.1 for this computer alone
   * @param port 0 for any that is free
   * @throws IOException if the port is taken or the address is not this computer's, saying what to
   *     do
   */
  public static WebServer start(
      String host, int port, ModelStore models, DataLibrary data, LabServices lab)
      throws IOException {
    QueuedThreadPool pool = new QueuedThreadPool(64, 4, 60_000);
    pool.setName("http");
    pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
    Server server = new Server(pool);
    ServerConnector connector = connector(server, host, port);
    boolean ownComputerOnly = !lab.access().isRequired();
    server.setHandler(
        new GracefulHandler(
            new SecurityHeaders(
                new RequestGuard(
                    limits(compressed(contexts(models, data, lab))), ownComputerOnly))));
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(3000);
    try {
      server.start();
    } catch (Exception e) {
      throw startFailure(server, host, port, e);
    }
    return new WebServer(server, connector);
  }

  private static IOException startFailure(Server server, String host, int port, Exception e) {
    try {
      server.stop();
    } catch (Exception stopping) {
      e.addSuppressed(stopping);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        String reason = String.valueOf(cause.getMessage());
        boolean taken = reason.contains("in use");
        return new IOException(
            taken
                ? "Port "
                    + port
                    + " of "
                    + host
                    + " is in use by another program. Stop that program, or choose another with --port."
                : "It is not possible to listen on "
                    + host
                    + ", port "
                    + port
                    + " ("
                    + reason
                    + "). Choose another with --host or --port.",
            e);
      }
    }
    return new IOException("The web server could not start: " + e.getMessage() + ".", e);
  }

  private static ServerConnector connector(Server server, String host, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(8 << 10);
    http.setResponseHeaderSize(16 << 10);
    http.setIdleTimeout(30_000);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(60_000);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    return connector;
  }

  private static Handler limits(Handler next) {
    SizeLimitHandler size = new BodyLimit(MOST_REQUEST_BYTES);
    size.setHandler(next);
    QoSHandler requests = new QoSHandler(size);
    requests.setMaxRequestCount(MOST_REQUESTS_AT_ONCE);
    requests.setMaxSuspendedRequestCount(MOST_REQUESTS_WAITING);
    requests.setMaxSuspend(Duration.ofSeconds(10));
    return requests;
  }

  private static Handler compressed(Handler next) {
    CompressionHandler compression = new CompressionHandler(next);
    compression.putCompression(new GzipCompression());
    compression.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .defaults()
            .compressExcludeMimeType("application/octet-stream")
            .build());
    return compression;
  }

  private static Handler contexts(ModelStore models, DataLibrary data, LabServices lab)
      throws IOException {
    ContextHandler site =
        new ContextHandler(
            new Handler.Sequence(
                new ModelsHandler(models),
                new DataHandler(data),
                new WorkerHandler(),
                staticFiles()),
            "/");
    site.getMimeTypes().addMimeMapping("html", "text/html;charset=utf-8");
    site.getMimeTypes().addMimeMapping("js", "text/javascript;charset=utf-8");
    site.getMimeTypes().addMimeMapping("properties", "text/plain;charset=utf-8");
    site.getMimeTypes().addMimeMapping("webmanifest", "application/manifest+json");
    site.getMimeTypes().addMimeMapping("digitlab", "application/octet-stream");
    return new ContextHandlerCollection(LabContext.create(lab), site);
  }

  private static ResourceHandler staticFiles() {
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(ResourceFactory.of(files).newClassLoaderResource("site/"));
    files.setDirAllowed(false);
    files.setEtags(true);
    files.setCacheControl("no-cache"); // asked each time, sent again only if changed
    return files;
  }

  /** Where it serves: "http://127.0.0.1:8080/". */
  public URI uri() {
    String host = connector.getHost();
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String name = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + connector.getLocalPort() + "/");
  }

  /** Waits until the server is stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The web server did not stop: " + e.getMessage(), e);
    }
  }
}
