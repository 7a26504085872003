package digitlab.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.sweep.Sweep;
import digitlab.sweep.SweepService;
import java.util.List;
import java.util.stream.Collectors;

/** All sweeps, the newest first. */
@Route(value = "sweeps", layout = LabLayout.class)
final class SweepsView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient SweepService sweeps;
  private final Div content = new Div();

  SweepsView(LabServices services) {
    addClassName("page");
    sweeps = services.sweeps();
    add(new H1(Texts.get("sweeps.title")), content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    content.removeAll();
    List<Sweep> all = sweeps.list();
    if (all.isEmpty()) {
      Paragraph none = new Paragraph(Texts.get("sweeps.none"));
      none.addClassName("empty");
      content.add(none);
    } else {
      UnorderedList list = new UnorderedList();
      list.addClassName("sweeps");
      all.forEach(sweep -> list.add(item(sweep)));
      content.add(list);
    }
  }

  private static ListItem item(Sweep sweep) {
    RouterLink link = new RouterLink(sweep.name(), SweepView.class, sweep.id());
    Span facts =
        new Span(
            sweep.plan().network()
                + " · "
                + sweep.space().fields().stream()
                    .map(SweepForm::label)
                    .collect(Collectors.joining(", "))
                + " · "
                + Texts.moment(sweep.created()));
    facts.addClassName("network");
    ListItem item = new ListItem(link, facts);
    item.addClassNames("name", "card");
    return item;
  }

  @Override
  public String getPageTitle() {
    return Texts.get("sweeps.title") + " · Digit Lab";
  }
}
