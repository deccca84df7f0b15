package dev.leadline.evals;

import dev.leadline.evals.Figure.Value;
import dev.leadline.evals.Run.Bin;
import dev.leadline.evals.Run.Result;
import dev.leadline.evals.Run.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as one page without scripts: figures with their intervals, what was confused with what, how sure it was. */
final class Report {

  private static final String STYLE = """
      :root{color-scheme:light dark}
      body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1.5rem}
      h1,h2,h3{line-height:1.2}h2{margin-top:3rem;border-top:1px solid #8885;padding-top:1.5rem}
      table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #8883}
      th:first-child,td:first-child{text-align:left}.scroll{overflow-x:auto}
      svg{max-width:100%;height:auto;font:12px system-ui,sans-serif}svg text{fill:currentColor}
      summary{cursor:pointer}li{overflow-wrap:anywhere}.quiet{opacity:.7}
      """;

  private final Run run;

  Report(Run run) {
    this.run = run;
  }

  String html() {
    return """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Evaluation</title>
        <meta name="viewport" content="width=device-width"><style>%s</style></head><body>
        <h1>Evaluation</h1>
        <p>%s · every case %s · whiskers are 95 %% intervals · more is better everywhere</p>
        %s</body></html>
        """.formatted(
        STYLE, run.at(), run.repetitions() == 1 ? "once" : run.repetitions() + " times",
        run.steps().stream().map(this::section).collect(Collectors.joining("\n")));
  }

  private String section(Step step) {
    var text = new StringBuilder("<section><h2>%s</h2><p>by %s</p>".formatted(safe(step.step()), safe(step.by())));
    text.append(bars(step.figures())).append(table(step.figures()));
    if (step.confusion() != null && !step.confusion().isEmpty()) text.append(confusion(step.confusion()));
    if (step.calibration() != null && !step.calibration().isEmpty()) text.append(calibration(step));
    text.append(cost(step)).append(mistakes(step.figures()));
    return text.append("</section>").toString();
  }

  private static String bars(List<Result> figures) {
    int width = 720;
    int left = 230;
    int row = 44;
    double scale = width - left - 60;
    var svg = new StringBuilder("<svg role=\"img\" aria-label=\"Figures with intervals\" viewBox=\"0 0 %d %d\" width=\"%d\">"
        .formatted(width, figures.size() * row + 24, width));
    for (int tick = 0; tick <= 4; tick++) {
      double x = left + scale * tick / 4;
      svg.append(shape("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#8884\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.2f</text>",
          x, x, figures.size() * row, x, figures.size() * row + 16, tick / 4.0));
    }
    for (int i = 0; i < figures.size(); i++) {
      Result figure = figures.get(i);
      int y = i * row + 6;
      svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>".formatted(left - 8, y + 18, safe(figure.name())));
      svg.append(bar(figure.tuned(), left, y, scale, "#3b82c4", "tuned on"));
      svg.append(bar(figure.heldOut(), left, y + 16, scale, "#d98324", "held out"));
      svg.append(shape("<text x=\"%.1f\" y=\"%d\">%.2f</text>", left + scale + 10, y + 18, figure.all().value()));
    }
    return svg.append("</svg><p class=\"quiet\">Blue: cases that rules and prompts were tuned on. Orange: held out. The number is over all.</p>").toString();
  }

  private static String bar(Value value, int left, int y, double scale, String colour, String what) {
    if (value.cases() == 0) return "";
    return shape(
        "<g><title>%s: %.3f (%.3f to %.3f, %d cases)</title><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"12\" fill=\"%s\"/>"
            + "<path d=\"M%.1f %d V%d M%.1f %d H%.1f M%.1f %d V%d\" stroke=\"currentColor\" fill=\"none\"/></g>",
        what, value.value(), value.low(), value.high(), value.cases(), left, y, scale * value.value(), colour,
        left + scale * value.low(), y + 2, y + 10, left + scale * value.low(), y + 6, left + scale * value.high(),
        left + scale * value.high(), y + 2, y + 10);
  }

  private String table(List<Result> figures) {
    return "<div class=\"scroll\"><table><tr><th>Figure</th><th>All</th><th>95 %</th><th>Tuned on</th><th>Held out</th>"
        + "<th>Always right (pass^" + run.repetitions() + ")</th><th>Cases</th></tr>"
        + figures.stream().map(figure -> shape(
            "<tr><td>%s</td><td>%.3f</td><td>%.3f–%.3f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%d</td></tr>",
            safe(figure.name()), figure.all().value(), figure.all().low(), figure.all().high(), figure.tuned().value(),
            figure.heldOut().value(), figure.all().alwaysRight(), figure.all().cases())).collect(Collectors.joining())
        + "</table></div>";
  }

  private static String confusion(Map<String, Map<String, Integer>> confusion) {
    var answers = new LinkedHashSet<>(confusion.keySet());
    confusion.values().forEach(row -> answers.addAll(row.keySet()));
    int most = confusion.values().stream().flatMap(row -> row.values().stream()).mapToInt(Integer::intValue).max().orElse(1);
    var text = new StringBuilder("<h3>Expected (rows) and answered (columns)</h3><div class=\"scroll\"><table><tr><th></th>");
    answers.forEach(answer -> text.append("<th>").append(safe(answer)).append("</th>"));
    for (String expected : answers) {
      text.append("</tr><tr><td>").append(safe(expected)).append("</td>");
      for (String got : answers) {
        int count = confusion.getOrDefault(expected, Map.of()).getOrDefault(got, 0);
        String colour = expected.equals(got) ? "59,130,196" : "217,70,60";
        text.append(shape("<td style=\"background:rgba(%s,%.2f)\">%s</td>", colour, 0.6 * count / most, count == 0 ? "" : count));
      }
    }
    return text.append("</tr></table></div>").toString();
  }

  private static String calibration(Step step) {
    int size = 260;
    var svg = new StringBuilder("<h3>How sure, how right</h3><svg role=\"img\" aria-label=\"Calibration\" viewBox=\"-40 -10 340 310\" width=\"340\">"
        + "<path d=\"M0 0 V260 H260\" stroke=\"#888\" fill=\"none\"/><path d=\"M0 260 L260 0\" stroke=\"#8886\" stroke-dasharray=\"4\"/>"
        + "<text x=\"130\" y=\"290\" text-anchor=\"middle\">share of the questions answered</text>"
        + "<text x=\"-8\" y=\"6\" text-anchor=\"end\">1</text><text x=\"-8\" y=\"262\" text-anchor=\"end\">0</text>");
    for (Bin bin : step.calibration()) {
      var interval = Statistics.wilson(bin.right(), bin.of());
      double x = size * bin.confidence();
      svg.append(shape("<g><title>%d of %d right</title><path d=\"M%.1f %.1f V%.1f\" stroke=\"currentColor\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#3b82c4\"/></g>",
          bin.right(), bin.of(), x, size * (1 - interval.low()), size * (1 - interval.high()), x,
          size * (1 - (double) bin.right() / bin.of()), 3 + Math.sqrt(bin.of())));
    }
    return svg.append(shape("</svg><p>Brier score %.3f (0 is best, 0.25 a coin).</p>", step.brier())).toString();
  }

  private static String cost(Step step) {
    var text = new StringBuilder();
    if (step.millis() != null && !step.millis().isEmpty())
      text.append("<h3>Time and cost</h3><p>The step: ").append(millis(step.millis())).append(".</p>");
    if (step.use() != null) {
      var use = step.use();
      text.append(shape("<p>The model: %d calls, %d answered by rules instead, %d tokens in, %d out%s, %s.</p>", use.calls(),
          use.fellBackToRules(), use.tokensIn(), use.tokensOut(),
          use.money() == null ? "" : shape(", cost %.4f", use.money()), millis(use.millis())));
    }
    return text.toString();
  }

  private static String millis(Map<String, Double> millis) {
    return millis.entrySet().stream()
        .map(entry -> shape("%s %.1f ms", entry.getKey(), entry.getValue())).collect(Collectors.joining(", "));
  }

  private static String mistakes(List<Result> figures) {
    return figures.stream().map(figure -> {
      String wrong = figure.cases().entrySet().stream()
          .filter(one -> one.getValue().wrong() != null && !one.getValue().wrong().isEmpty())
          .map(one -> "<li>%s%s: %s</li>".formatted(
              safe(one.getKey()), one.getValue().heldOut() ? " (held out)" : "",
              safe(String.join(" · ", one.getValue().wrong()))))
          .collect(Collectors.joining());
      return wrong.isEmpty() ? "" : "<details><summary>Wrong: %s</summary><ul>%s</ul></details>".formatted(safe(figure.name()), wrong);
    }).collect(Collectors.joining());
  }

  private static String shape(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String safe(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
