package digitlab.web;

import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Error pages for people: what happened and where to go, in their language; never a stack trace.
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
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
    Content.Sink.write(response, true, page(request, code), callback);
  }

  private static String page(Request request, int code) {
    Locale locale = Request.getLocales(request).stream().findFirst().orElse(Locale.ENGLISH);
    Messages texts = Messages.in(Language.of(locale));
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
        <meta name="viewport" content="width=device-width">
        <title>%d · Digit Lab</title>
        <link rel="stylesheet" href="/css/site.css">
        <main class="message"><h1>%d</h1><p>%s</p><p><a href="/">Digit Lab</a></p></main>
        """
        .formatted(texts.language().code(), code, code, text);
  }
}
