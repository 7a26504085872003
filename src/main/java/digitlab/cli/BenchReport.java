package digitlab.cli;

import digitlab.bench.Bench;
import digitlab.bench.Machine;
import digitlab.bench.Spread;
import digitlab.engine.EngineProvider;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is said about one network that was measured. A ratio is the first engine against the second.
 */
record BenchReport(
    Bench.Result result,
    boolean agree,
    Machine machine,
    List<EngineProvider> engines,
    Map<String, String> unavailable) {
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("net", result.network().name());
    line.put("batch", result.network().plan().batch());
    line.putAll(measurement(result.training()));
    line.put("testAccuracy", result.accuracy());
    line.put("sameAccuracy", agree);
    line.put("inferenceAll", measurement(result.all()));
    line.put("inferenceOne", measurement(result.one()));
    line.put("machine", machine);
    Map<String, String> descriptions = new LinkedHashMap<>();
    for (EngineProvider engine : engines) {
      descriptions.put(engine.name(), Messages.in(Language.ENGLISH).get(engine.description()));
    }
    line.put("engines", descriptions);
    line.put("unavailable", unavailable);
    return line;
  }

  private static Map<String, @Nullable Object> measurement(Map<String, Bench.Score> scores) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("samplesPerSecond", each(scores, score -> Math.round(score.rate().median())));
    object.put("ratio", ratio(scores));
    object.put("p10", each(scores, score -> Math.round(score.rate().p10())));
    object.put("p90", each(scores, score -> Math.round(score.rate().p90())));
    object.put("threads", each(scores, Bench.Score::threads));
    return object;
  }

  private static <T> Map<String, T> each(
      Map<String, Bench.Score> scores, Function<Bench.Score, T> value) {
    Map<String, T> object = new LinkedHashMap<>();
    scores.forEach((engine, score) -> object.put(engine, value.apply(score)));
    return object;
  }

  private static @Nullable Double ratio(Map<String, Bench.Score> scores) {
    List<Bench.Score> both = List.copyOf(scores.values());
    return both.size() < 2
        ? null
        : Math.round(100 * both.get(0).rate().median() / both.get(1).rate().median()) / 100.0;
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            result.network().name() + ", batch " + result.network().plan().batch() + "\n");
    text.append(row("training", result.training()));
    text.append(row("10,000 images", result.all()));
    text.append(row("one image", result.one()));
    text.append(String.format(Locale.ROOT, "  %-14s", "test accuracy"));
    result
        .accuracy()
        .forEach(
            (engine, accuracy) ->
                text.append(String.format(Locale.ROOT, "  %s %.2f %%", engine, 100 * accuracy)));
    return text.append(agree ? "" : "  – not the same").toString();
  }

  private static String row(String title, Map<String, Bench.Score> scores) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-14s", title));
    scores.forEach(
        (engine, score) -> {
          Spread rate = score.rate();
          row.append(
              String.format(
                  Locale.ROOT,
                  "  %s %,.0f/s (%,.0f…%,.0f, %s)",
                  engine,
                  rate.median(),
                  rate.p10(),
                  rate.p90(),
                  score.threads() == 1 ? "1 thread" : score.threads() + " threads"));
        });
    Double ratio = ratio(scores);
    return row.append(ratio == null ? "\n" : String.format(Locale.ROOT, "  %.2f×%n", ratio))
        .toString();
  }
}
