package dev.vedette.report;

import java.util.List;
import java.util.Locale;

/** The ROC curves of all models in one picture, a few of them marked. */
final class RocsChart {
  private static final int HEIGHT = 420;
  private static final int GRID = 600;

  /** How many curves are marked at first. */
  private static final int MARKED = 3;

  private RocsChart() {}

  static void draw(Markup out, List<CompareReport.Model> models) {
    out.raw("<figure class=\"card\"><div class=\"rocs\"><div>");
    out.raw("<p class=\"axis y\">↑ share of anomalies found</p>");
    var plot = new Plot(out, HEIGHT);
    plot.open(
        "ROC curves of all models",
        "One curve for each of "
            + models.size()
            + " models; the closer to the top left corner, the better. The areas are in the table.");
    for (int quarter = 0; quarter <= 4; quarter++) {
      plot.yMark(new Plot.Mark(HEIGHT * (1 - quarter / 4.0), quarter * 25 + " %"));
    }
    plot.xAxis(
        List.of(0, 25, 50, 75, 100).stream()
            .map(percent -> new Axis.Tick(percent / 100.0, percent + " %"))
            .toList());
    plot.line("guess", 0, HEIGHT, 1, 0);
    out.raw("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 " + GRID + " " + GRID)
        .raw("\" preserveAspectRatio=\"none\">");
    for (int m = models.size() - 1; m >= 0; m--) { // the best on top
      curve(out, models.get(m), m);
    }
    out.raw("</svg>");
    plot.close();
    out.raw("<p class=\"axis\">share of normal rows flagged by mistake →</p></div>\n");
    legend(out, models);
    out.raw("</div></figure>\n");
  }

  private static void curve(Markup out, CompareReport.Model model, int m) {
    Report.Curve roc = roc(model);
    out.raw("<g><title>")
        .text(model.name() + ", AUC " + area(model))
        .raw("</title><path id=\"roc" + m + "\" class=\"curve " + mark(m) + "\" d=\"")
        .raw(CurveChart.steps(roc.x(), roc.y()))
        .raw("\"/></g>");
  }

  private static String mark(int m) {
    return m < MARKED ? "m" + m : "plain";
  }

  private static void legend(Markup out, List<CompareReport.Model> models) {
    out.raw(
        "<div><p class=\"small needs\">Press a name to mark its curve.</p><ul class=\"picks\">");
    for (int m = 0; m < models.size(); m++) {
      out.raw("<li><button type=\"button\" data-model=\"" + m + "\" aria-pressed=\"")
          .raw(
              (m < MARKED)
                  + "\"><svg class=\"dash\" aria-hidden=\"true\"><line x2=\"100%\" y1=\"5\"")
          .raw(" y2=\"5\" class=\"curve " + mark(m) + "\"/></svg>")
          .data(models.get(m).name(), 40)
          .raw("<span class=\"soft num\">")
          .text(area(models.get(m)))
          .raw("</span></button></li>\n");
    }
    out.raw("</ul></div>");
  }

  static String area(CompareReport.Model model) {
    return String.format(Locale.ROOT, "%.4f", roc(model).area());
  }

  static Report.Curve roc(CompareReport.Model model) {
    Report.Curve roc = model.quality().roc();
    if (roc == null) {
      throw new IllegalStateException("a model compared has a ROC curve");
    }
    return roc;
  }
}
