package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLink;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A view could not be shown: our fault. The log has the details, the visitor gets a way on. */
@ParentLayout(LabLayout.class)
final class FailureView extends Div implements HasErrorParameter<Exception>, HasDynamicTitle {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(FailureView.class);

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> error) {
    LOG.error("The view {} failed", event.getLocation().getPath(), error.getException());
    addClassName("page");
    RouterLink back = new RouterLink(Texts.get("experiments.title"), ExperimentsView.class);
    back.addClassName("try-it");
    add(new H1(Texts.get("error.title")), new Paragraph(Texts.get("error.server")), back);
    return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }

  @Override
  public String getPageTitle() {
    return Texts.get("error.title") + " · Digit Lab";
  }
}
