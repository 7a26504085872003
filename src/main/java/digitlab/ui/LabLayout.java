package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.VaadinSession;
import digitlab.i18n.Language;
import digitlab.ui.gradients.GradientsView;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the Lab: the same bar as on the static pages, with the ways to the other faces,
 * language, light or dark; below it the ways to the Lab's own parts.
 */
@Layout
@CssImport("./lab.css")
public final class LabLayout extends Div implements RouterLayout, AfterNavigationObserver {
  private static final long serialVersionUID = 1;

  private final Main main = new Main();
  private final Nav parts = new Nav();
  private final RouterLink experiments = part("experiments.title", ExperimentsView.class);

  LabLayout() {
    Image icon = new Image("/icons/digitlab.svg", "");
    icon.setWidth("28px");
    icon.setHeight("28px");
    Anchor brand = outside("/", icon, new Span("Digit Lab"));
    brand.addClassName("brand");
    RouterLink lab = new RouterLink(Texts.get("nav.lab"), ExperimentsView.class);
    lab.getElement().setAttribute("aria-current", "page");
    Nav nav =
        new Nav(
            outside("/", new Span(Texts.get("nav.draw"))),
            outside("/train.html", new Span(Texts.get("nav.train"))),
            lab);
    nav.getElement().setAttribute("aria-label", "Digit Lab");
    Div preferences = new Div(languages(), themes());
    preferences.addClassName("preferences");
    Header bar = new Header(brand, nav, preferences);
    bar.addClassName("bar");
    parts.add(
        experiments,
        part("sweeps.title", SweepsView.class),
        part("challenge.title", ChallengeView.class),
        part("data.title", DataView.class),
        part("gradients.title", GradientsView.class));
    parts.addClassName("parts");
    parts.getElement().setAttribute("aria-label", Texts.get("nav.lab"));
    add(bar, parts, main);
  }

  private static RouterLink part(String title, Class<? extends Component> view) {
    return new RouterLink(Texts.get(title), view);
  }

  /** Says which part this is: what belongs to no other belongs to the experiments. */
  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    parts.setVisible(Visitor.mayEnter(VaadinSession.getCurrent()));
    String part = event.getLocation().getFirstSegment();
    Optional<RouterLink> here =
        parts
            .getChildren()
            .map(RouterLink.class::cast)
            .filter(link -> link != experiments && link.getHref().equals(part))
            .findFirst();
    RouterLink shown = here.orElse(experiments);
    for (Component link : parts.getChildren().toList()) {
      Element element = link.getElement();
      if (link == shown) {
        element.setAttribute("aria-current", "page");
      } else {
        element.removeAttribute("aria-current");
      }
    }
  }

  /** A link that leaves the Lab. */
  private static Anchor outside(String href, Component... content) {
    Anchor anchor = new Anchor(href, content);
    anchor.setRouterIgnore(true);
    return anchor;
  }

  /** The browser's own list, as on the static pages: it needs no round trip. */
  private static Component languages() {
    Element select = new Element("select");
    select.setAttribute("id", "language");
    select.setAttribute("aria-label", Texts.get("nav.language"));
    for (Language language : Language.values()) {
      Element option = new Element("option");
      option.setAttribute("value", language.code());
      option.setAttribute("selected", language == Language.of(UI.getCurrent().getLocale()));
      option.setAttribute("title", language.ownName());
      option.setText(language.code().toUpperCase(Locale.ROOT));
      select.appendChild(option);
    }
    select.executeJs(
        "this.addEventListener('change', () => digitlabPreferences.chooseLanguage(this.value))");
    Span holder = new Span();
    holder.getElement().appendChild(select);
    return holder;
  }

  private static Component themes() {
    NativeButton button = new NativeButton("◐");
    button.setId("theme");
    button.getElement().setAttribute("aria-label", Texts.get("nav.theme"));
    button
        .getElement()
        .executeJs("this.addEventListener('click', digitlabPreferences.switchTheme)");
    return button;
  }

  @Override
  public void showRouterLayoutContent(@Nullable HasElement content) {
    main.getElement().removeAllChildren();
    if (content != null) {
      main.getElement().appendChild(content.getElement());
    }
  }

  @Override
  public void removeRouterLayoutContent(@Nullable HasElement old) {
    if (old != null) {
      old.getElement().removeFromParent();
    }
  }
}
