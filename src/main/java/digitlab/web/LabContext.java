package digitlab.web;

import com.vaadin.flow.di.LookupInitializer;
import com.vaadin.flow.server.VaadinServlet;
import com.vaadin.flow.server.startup.ErrorNavigationTargetInitializer;
import com.vaadin.flow.server.startup.LookupServletContainerInitializer;
import com.vaadin.flow.server.startup.RouteRegistryInitializer;
import com.vaadin.flow.server.startup.ServletContextListeners;
import com.vaadin.flow.server.startup.VaadinAppShellInitializer;
import digitlab.ui.Lab;
import digitlab.ui.LabServices;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * The servlet context of the Lab. Vaadin finds its views by scanning class paths, which does not
 * happen under {@code java -jar}; here everything is named.
 */
final class LabContext {
  private static final int SESSION_SECONDS = 30 * 60;
  private static final int HEARTBEAT_SECONDS = 120;
  private static final long MOST_UPLOAD_BYTES = 10L << 20;

  private LabContext() {}

  static ServletContextHandler create(LabServices services) throws IOException {
    ServletContextHandler context =
        new ServletContextHandler("/lab", ServletContextHandler.SESSIONS);
    ClassLoader loader = LabContext.class.getClassLoader();
    context.setClassLoader(loader);
    context.setBaseResource(frontend(context, loader));
    context.setErrorHandler(new PlainErrors());
    context.setMaxFormContentSize(64 << 10);
    context.setMaxFormKeys(100);
    context.setAttribute(LabServices.class.getName(), services);
    secure(context.getSessionHandler());
    context.addServletContainerInitializer(
        new LookupServletContainerInitializer(), LookupInitializer.class, Lab.INSTANTIATOR);
    context.addServletContainerInitializer(
        new RouteRegistryInitializer(), Lab.VIEWS.toArray(Class<?>[]::new));
    context.addServletContainerInitializer(new VaadinAppShellInitializer(), Lab.SHELL);
    context.addServletContainerInitializer(
        new ErrorNavigationTargetInitializer(), Lab.ERROR_VIEWS.toArray(Class<?>[]::new));
    JakartaWebSocketServletContainerInitializer.configure(context, null);
    context.addEventListener(new ServletContextListeners());
    context.addServlet(vaadin(), "/*");
    return context;
  }

  /** Vaadin's client side: in our jar as built by Vite, and in Vaadin's own jars. */
  private static Resource frontend(ServletContextHandler context, ClassLoader loader)
      throws IOException {
    ResourceFactory factory = ResourceFactory.of(context);
    List<Resource> roots = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources("META-INF/resources"))) {
      roots.add(factory.newResource(url));
    }
    return ResourceFactory.combine(roots);
  }

  private static void secure(SessionHandler sessions) {
    sessions.setHttpOnly(true);
    sessions.setSameSite(HttpCookie.SameSite.LAX);
    sessions.setSecureRequestOnly(true);
    sessions.setMaxInactiveInterval(SESSION_SECONDS);
    sessions.setSessionIdPathParameterName(null);
  }

  private static ServletHolder vaadin() {
    ServletHolder vaadin = new ServletHolder("vaadin", VaadinServlet.class);
    vaadin.setAsyncSupported(true);
    vaadin.setInitOrder(1);
    vaadin.setInitParameter("heartbeatInterval", Integer.toString(HEARTBEAT_SECONDS));
    vaadin.setInitParameter("closeIdleSessions", "true");
    vaadin.setInitParameter("i18n.provider", Lab.TRANSLATIONS.getName());
    String temporary = System.getProperty("java.io.tmpdir");
    vaadin
        .getRegistration()
        .setMultipartConfig(
            new MultipartConfigElement(temporary, MOST_UPLOAD_BYTES, MOST_UPLOAD_BYTES, 64 << 10));
    return vaadin;
  }
}
