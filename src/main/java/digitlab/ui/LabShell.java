package digitlab.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.communication.PushMode;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/**
 * The page around all views. News come through a WebSocket; what people do goes by ordinary
 * requests, so that a login can change the session cookie.
 */
@Push(value = PushMode.AUTOMATIC, transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Aura.STYLESHEET)
public final class LabShell implements AppShellConfigurator {
  private static final long serialVersionUID = 1;

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.setPageTitle("Digit Lab");
    settings.addFavIcon("icon", "/icons/digitlab.svg", "any");
    settings.setViewport("width=device-width, initial-scale=1");
  }
}
