package digitlab.report;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.interop.ExportFormat;
import digitlab.interop.Exporter;
import digitlab.interop.TrainedModel;
import digitlab.net.Parameters;
import digitlab.text.Message;
import digitlab.train.ConfusionMatrix;
import digitlab.train.Curve;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run as one HTML file: its result, curves, confusion matrix, plan, epochs and scripts. It asks
 * nothing of any host, and reads well on paper.
 */
public final class Report {
  private static final String TRAINING = "#7fb2d8";
  private static final String VALIDATION = "#0b4f7d";
  private static final String STYLE =
      """
      :root { color-scheme: light; }
      body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #15202b; background: #fff;
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { line-height: 1.2; margin-bottom: .25rem; overflow-wrap: anywhere; } h2 { margin-top: 2rem; }
      .muted { color: #56646f; } .figure { font-size: 2.4rem; font-weight: 650; color: #0877bd; }
      .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
      figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
      th, td { padding: .25rem .6rem; border-bottom: 1px solid #d5dce3; text-align: end; }
      th { font-weight: 600; color: #56646f; } .plan td, .plan th { text-align: start; vertical-align: top; }
      .confusion td { min-width: 1.6rem; border: 1px solid #fff; } .confusion tr > th { border: 0; }
      pre { overflow-x: auto; background: #f6f8fa; padding: 1rem; border-radius: .5rem; font-size: .8rem; }
      details { margin: .5rem 0; } summary { cursor: pointer; }
      @media print { body { margin: 0; } details:not([open]) { display: none; } }
      """;

  private final Experiment experiment;
  private final Run run;
  private final RunHistory history;
  private final Messages texts;
  private final Locale locale;
  private final StringBuilder html = new StringBuilder();

  private Report(Experiment experiment, Run run, RunHistory history, Language language) {
    this.experiment = experiment;
    this.run = run;
    this.history = history;
    texts = Messages.in(language);
    locale = language.locale();
    html.append("<!DOCTYPE html>\n<html lang=\"")
        .append(language.code())
        .append("\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'\">");
  }

  /**
   * Writes the report.
   *
   * @param run of {@code experiment}; what it lacks, the report lacks
   */
  public static String html(Experiment experiment, Run run, RunHistory history, Language language) {
    return new Report(experiment, run, history, language).write();
  }

  private String write() {
    html.append("<title>")
        .append(Html.escape(experiment.name()))
        .append(" · Digit Lab</title><style>")
        .append(STYLE)
        .append("</style></head>\n<body>\n<h1>")
        .append(Html.escape(experiment.name()))
        .append("</h1>\n");
    paragraph("muted", experiment.plan().network().toString());
    paragraph(
        "muted", text("report.made", moment(Instant.now()), text("status." + status()), run.id()));
    Message note = run.note();
    if (note != null) {
      paragraph("", texts.get(note));
    }
    addResult();
    addCurves();
    addPlan();
    addEpochs();
    addScripts();
    return html.append("</body></html>\n").toString();
  }

  private String status() {
    return run.status().name().toLowerCase(Locale.ROOT);
  }

  private void addResult() {
    Run.TestResult test = run.result();
    if (test == null) {
      return;
    }
    heading(text("result.title"));
    paragraph("figure", percent(test.accuracy()));
    ConfusionMatrix confusion = test.confusion();
    paragraph(
        "",
        text(
            "result.words",
            decimal(confusion.correct(), 0),
            decimal(confusion.total(), 0),
            decimal(test.loss(), 4)));
    html.append("<div class=\"scroll\"><table class=\"confusion\"><caption class=\"muted\">")
        .append(Html.escape(text("confusion.title")))
        .append("</caption>\n<tr><th></th>");
    for (int said = 0; said < confusion.classes(); said++) {
      html.append("<th scope=\"col\">").append(said).append("</th>");
    }
    html.append("</tr>\n");
    for (int shown = 0; shown < confusion.classes(); shown++) {
      addConfusionRow(confusion, shown);
    }
    html.append("</table></div>\n");
  }

  /** Blue is right, orange is wrong; a share of 5 % of mistakes is already a lot. */
  private void addConfusionRow(ConfusionMatrix confusion, int shown) {
    html.append("<tr><th scope=\"row\">").append(shown).append("</th>");
    for (int said = 0; said < confusion.classes(); said++) {
      int count = confusion.get(shown, said);
      double share = count / Math.max(1.0, confusion.total(shown));
      boolean right = shown == said;
      html.append(
              String.format(
                  Locale.ROOT,
                  "<td style=\"background:rgba(%s,%.3f)\">",
                  right ? "8,119,189" : "245,147,34",
                  right ? 0.45 * share : 0.7 * Math.min(1, 20 * share)))
          .append(count == 0 ? "·" : decimal(count, 0))
          .append("</td>");
    }
    html.append("</tr>\n");
  }

  private void addCurves() {
    List<EpochRecord> epochs = history.epochs();
    Curve.Part loss = history.loss(0, 0);
    if (loss.mean().length == 0 && epochs.isEmpty()) {
      return;
    }
    heading(text("report.curves"));
    html.append("<div class=\"charts\">");
    addChart("chart.loss", false, loss, EpochRecord::validationLoss);
    addChart("chart.accuracy", true, history.accuracy(0, 0), EpochRecord::validationAccuracy);
    html.append("</div>\n");
  }

  private void addChart(
      String title,
      boolean percent,
      Curve.Part steps,
      Function<EpochRecord, @Nullable Double> validation) {
    double stepsPerEpoch =
        Math.max(1.0, (double) run.progress().allSteps() / experiment.plan().epochs());
    double[] at = new double[steps.mean().length];
    double[] mean = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = (i + 1) * steps.width() / stepsPerEpoch;
      mean[i] = steps.mean()[i];
    }
    List<EpochRecord> validated =
        history.epochs().stream().filter(epoch -> validation.apply(epoch) != null).toList();
    String svg =
        new SvgChart(
                text(title),
                percent,
                locale,
                List.of(
                    new SvgChart.Series(text("chart.training"), TRAINING, "", at, mean),
                    new SvgChart.Series(
                        text("chart.validation"),
                        VALIDATION,
                        "",
                        validated.stream().mapToDouble(EpochRecord::epoch).toArray(),
                        validated.stream()
                            .mapToDouble(epoch -> value(validation, epoch))
                            .toArray())))
            .svg();
    html.append("<figure><figcaption>")
        .append(Html.escape(text(title)))
        .append("</figcaption>")
        .append(svg)
        .append("</figure>\n");
  }

  private static double value(
      Function<EpochRecord, @Nullable Double> validation, EpochRecord epoch) {
    Double value = validation.apply(epoch);
    return value == null ? Double.NaN : value;
  }

  private void addPlan() {
    TrainingPlan plan = experiment.plan();
    heading(text("experiment.setup"));
    Run.Setup setup = run.setup();
    if (setup != null) {
      paragraph(
          "",
          text(
              "experiment.engine",
              setup.engine(),
              texts.get(setup.engineDescription()),
              texts.get(setup.engineWhy())));
      paragraph("", text("experiment.data", texts.get(setup.data())));
    }
    html.append("<table class=\"plan\">\n");
    for (String field : PlanText.FIELDS) {
      row(text("plan.field." + field), PlanText.value(plan, field));
    }
    row(
        text("plan.field.parameters"),
        plan.network().parameterFormula() + " = " + decimal(plan.network().parameterCount(), 0));
    html.append("</table>\n");
  }

  private void row(String name, String value) {
    html.append("<tr><th scope=\"row\">")
        .append(Html.escape(name))
        .append("</th><td>")
        .append(Html.escape(value))
        .append("</td></tr>\n");
  }

  private void addEpochs() {
    if (history.epochs().isEmpty()) {
      return;
    }
    heading(text("report.epochs"));
    html.append("<div class=\"scroll\"><table>\n<tr>");
    for (String key : List.of("chart.epoch", "chart.training", "chart.validation")) {
      html.append("<th colspan=\"")
          .append(key.equals("chart.epoch") ? 1 : 2)
          .append("\">")
          .append(Html.escape(text(key)))
          .append("</th>");
    }
    html.append("</tr>\n");
    for (EpochRecord epoch : history.epochs()) {
      html.append("<tr><td>").append(epoch.epoch()).append("</td><td>");
      html.append(decimal(epoch.trainLoss(), 4)).append("</td><td>");
      html.append(percent(epoch.trainAccuracy())).append("</td><td>");
      Double loss = epoch.validationLoss();
      Double accuracy = epoch.validationAccuracy();
      html.append(loss == null ? "–" : decimal(loss, 4)).append("</td><td>");
      html.append(accuracy == null ? "–" : percent(accuracy)).append("</td></tr>\n");
    }
    html.append("</table></div>\n");
  }

  private void addScripts() {
    TrainingPlan plan = experiment.plan();
    Parameters initial = Parameters.initial(plan.network(), plan.initializer(), plan.seed());
    TrainedModel model = new TrainedModel(experiment.name(), initial, plan, false);
    heading(text("scripts.title"));
    for (ExportFormat format : ExportFormat.values()) {
      if (format.isScript() && Exporter.obstacles(plan, format).isEmpty()) {
        html.append("<details><summary>")
            .append(Html.escape(text("handover.format." + format)))
            .append("</summary><pre>")
            .append(Html.escape(Exporter.script(model, format)))
            .append("</pre></details>\n");
      }
    }
  }

  private void heading(String text) {
    html.append("<h2>").append(Html.escape(text)).append("</h2>\n");
  }

  private void paragraph(String style, String text) {
    html.append("<p class=\"").append(style).append("\">").append(Html.escape(text));
    html.append("</p>\n");
  }

  private String text(String key, Object... arguments) {
    return texts.get(key, arguments);
  }

  private String percent(double share) {
    return decimal(100 * share, 2) + "\u00A0%";
  }

  private String decimal(double value, int digits) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(value);
  }

  private String moment(Instant instant) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
        .withLocale(locale)
        .format(instant.atZone(ZoneId.systemDefault()));
  }
}
