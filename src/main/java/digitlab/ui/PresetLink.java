package digitlab.ui;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import digitlab.train.Preset;
import java.util.Map;

/**
 * The way to a new experiment that begins with a preset: its name, its network, what it reached.
 */
final class PresetLink extends RouterLink {
  private static final long serialVersionUID = 1;

  PresetLink(Preset preset) {
    super("", NewExperimentView.class);
    setQueryParameters(QueryParameters.simple(Map.of("preset", preset.name())));
    addClassName("preset-link");
    Preset.Published published = preset.published();
    add(
        line("preset-name", preset.name()),
        line("network", preset.plan().network().toString()),
        line(
            "network",
            published == null
                ? Texts.get("experiments.first.own")
                : Texts.get("experiments.first.published", Texts.percent(published.accuracy()))));
  }

  private static Span line(String className, String text) {
    Span line = new Span(text);
    line.addClassName(className);
    return line;
  }
}
