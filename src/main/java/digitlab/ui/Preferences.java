package digitlab.ui;

import com.vaadin.flow.server.VaadinRequest;
import digitlab.i18n.Language;
import jakarta.servlet.http.Cookie;

/**
 * What a visitor chose here or on the static pages: cookies, written by {@code
 * webapp/js/preferences.js}.
 */
final class Preferences {
  private Preferences() {}

  /** The language that was chosen; if none was, that of the browser. */
  static Language language(VaadinRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals("language")) {
          return Language.of(cookie.getValue());
        }
      }
    }
    return Language.of(request.getLocale());
  }
}
