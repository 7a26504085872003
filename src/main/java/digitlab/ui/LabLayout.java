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
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import digitlab.i18n.Language;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the Lab: the same bar as on the static pages, with the ways to the other faces,
 * language, light or dark.
 */
@Layout
@CssImport("./lab.css")
public final class LabLayout extends Div implements RouterLayout {
  private static final long serialVersionUID = 1;

  private final Main main = new Main();

  LabLayout() {
    Image icon = new Image("/icons/digitlab.svg", "");
    icon.setWidth("28px");
    icon.setHeight("28px");
    Anchor brand = outside("/", icon, new Span("Digit Lab"));
    brand.addClassName("brand");
    RouterLink experiments = new RouterLink(Texts.get("nav.lab"), ExperimentsView.class);
    experiments.getElement().setAttribute("aria-current", "page");
    Nav nav =
        new Nav(
            outside("/", new Span(Texts.get("nav.draw"))),
            outside("/train.html", new Span(Texts.get("nav.train"))),
            experiments);
    nav.getElement().setAttribute("aria-label", "Digit Lab");
    Div preferences = new Div(languages(), themes());
    preferences.addClassName("preferences");
    Header bar = new Header(brand, nav, preferences);
    bar.addClassName("bar");
    add(bar, main);
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
