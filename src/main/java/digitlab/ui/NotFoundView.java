package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLink;
import jakarta.servlet.http.HttpServletResponse;

/** There is no such page, or no such experiment. */
@ParentLayout(LabLayout.class)
final class NotFoundView extends Div
    implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> error) {
    addClassName("page");
    RouterLink back = new RouterLink(Texts.get("experiments.title"), ExperimentsView.class);
    back.addClassName("try-it");
    add(new H1(Texts.get("error.missing")), new Paragraph(Texts.get("error.missing.why")), back);
    return HttpServletResponse.SC_NOT_FOUND;
  }

  @Override
  public String getPageTitle() {
    return Texts.get("error.missing") + " · Digit Lab";
  }
}
