package digitlab.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.io.IOException;
import java.io.OutputStream;

/** A link to a file that is made when it is asked for. */
final class Download extends Anchor {
  private static final long serialVersionUID = 1;
  private static final String BYTES = "application/octet-stream";

  /** What makes a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  Download(String fileName, String text, Content content) {
    super(handler(fileName, content), AttachmentType.DOWNLOAD, text);
  }

  private static DownloadHandler handler(String fileName, Content content) {
    return event -> {
      event.setFileName(fileName);
      event.setContentType(BYTES);
      try (OutputStream out = event.getOutputStream()) {
        content.writeTo(out);
      }
    };
  }
}
