package digitlab.web;

import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import java.util.Locale;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Error pages for people: what happened and where to go, in their language and their colours; never
 * a stack trace.
 */
final class PlainErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    SecurityHeaders.put(response.getHeaders()); // also for what no handler has seen
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
    Content.Sink.write(response, true, page(request, code), callback);
  }

  private static String page(Request request, int code) {
    Messages texts = Messages.in(language(request));
    String text =
        switch (code) {
          case 404 -> texts.get("error.not-found");
          case 421 -> texts.get("error.host");
          case 429, 503 -> texts.get("error.busy");
          default -> code < 500 ? texts.get("error.refused") : texts.get("error.server");
        };
    return """
        <!doctype html>
        <html lang="%s">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%d · Digit Lab</title>
        <link rel="icon" href="/icons/digitlab.svg" type="image/svg+xml">
        <script src="/js/preferences.js"></script>
        <link rel="stylesheet" href="/css/shared.css">
        <link rel="stylesheet" href="/css/site.css">
        <main class="message"><img src="/icons/digitlab.svg" alt="" width="56" height="56">
        <h1>%d</h1><p>%s</p><p><a href="/">Digit Lab</a></p></main>
        """
        .formatted(texts.language().code(), code, code, text);
  }

  /** The one that was chosen on the pages; if none was, the browser's. */
  private static Language language(Request request) {
    try {
      for (HttpCookie cookie : Request.getCookies(request)) {
        if (cookie.getName().equals("language")) {
          return Language.of(cookie.getValue());
        }
      }
    } catch (RuntimeException e) {
      return Language.ENGLISH; // the request was refused because its headers can't be read
    }
    return Language.of(Request.getLocales(request).stream().findFirst().orElse(Locale.ENGLISH));
  }
}
