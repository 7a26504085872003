package digitlab.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.communication.IndexHtmlRequestListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import digitlab.i18n.Language;
import java.security.SecureRandom;
import java.util.Base64;
import org.jsoup.nodes.Document;

/**
 * What happens to every page of the Lab: its security policy, its language, light or dark, and
 * whether its visitor may enter. Found by Java's service loader.
 */
public final class LabInit implements VaadinServiceInitListener {
  private static final long serialVersionUID = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public void serviceInit(ServiceInitEvent event) {
    IndexHtmlRequestListener page = LabInit::preparePage;
    event.addIndexHtmlRequestListener(page);
    event.getSource().addUIInitListener(init -> prepareUi(init.getUI()));
  }

  private static void preparePage(IndexHtmlResponse page) {
    Document document = page.getDocument();
    byte[] random = new byte[18];
    RANDOM.nextBytes(random);
    String nonce = Base64.getEncoder().encodeToString(random);
    document.select("script").attr("nonce", nonce);
    // Vaadin 25.2 evaluates what the server sends, and sets styles on elements
    page.getVaadinResponse()
        .setHeader(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self' 'nonce-"
                + nonce
                + "' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
                + "form-action 'self'; frame-ancestors 'none'");
    Language language = Preferences.language(page.getVaadinRequest());
    document.getElementsByTag("html").attr("lang", language.code());
    // before Vaadin's own scripts: nothing may be painted in the wrong colours
    document
        .head()
        .prependElement("link")
        .attr("rel", "stylesheet")
        .attr("href", "/css/shared.css");
    document.head().prependElement("script").attr("src", "/js/preferences.js");
  }

  private static void prepareUi(UI ui) {
    ui.setLocale(Preferences.language(VaadinServletRequest.getCurrent()).locale());
    ui.addBeforeEnterListener(LabInit::guard);
  }

  /** Nobody enters without the teacher's password where one is needed. */
  private static void guard(BeforeEnterEvent event) {
    Class<?> target = event.getNavigationTarget();
    boolean open = target == LoginView.class || target == WelcomeView.class;
    if (!open && !Visitor.mayEnter(VaadinSession.getCurrent())) {
      event.forwardTo(LoginView.class);
    }
  }
}
