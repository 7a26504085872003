package digitlab.cli;

import digitlab.train.PlanText;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "presets",
    description = "Lists the plans that are shipped, with what was published about each.",
    mixinStandardHelpOptions = true)
final class PresetsCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      description = "One JSON object a line. Its \"plan\" is understood by train --plan.")
  private boolean json;

  @Override
  public Integer call() {
    Output output = new Output(json);
    for (Preset preset : Preset.ALL) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      object.put("name", preset.name());
      object.put("plan", planObject(preset.plan()));
      object.put("parameters", preset.plan().network().parameterCount());
      Preset.Published published = preset.published();
      object.put("published", published == null ? null : published.accuracy());
      object.put("source", published == null ? null : published.source());
      output.result(object, text(preset));
    }
    return 0;
  }

  private static Map<String, String> planObject(TrainingPlan plan) {
    Map<String, String> object = new LinkedHashMap<>();
    for (String field : PlanText.FIELDS) {
      object.put(field, PlanText.value(plan, field));
    }
    return object;
  }

  private static String text(Preset preset) {
    Preset.Published published = preset.published();
    String claim =
        published == null
            ? ""
            : String.format(
                Locale.ROOT,
                "\n  published: %.2f %% (%s)",
                100 * published.accuracy(),
                published.source());
    return preset.name() + claim + "\n  " + PlanText.format(preset.plan(), "\n  ") + "\n";
  }
}
