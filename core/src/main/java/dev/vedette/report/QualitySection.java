package dev.vedette.report;

import dev.vedette.evaluate.Confusion;
import dev.vedette.report.Report.Curve;
import dev.vedette.report.Report.Metric;
import dev.vedette.report.Report.Quality;
import java.util.List;

/** How flags and scores compare with the labels. */
final class QualitySection {
  private QualitySection() {}

  static boolean isPresent(Quality quality) {
    return !quality.equals(Quality.none());
  }

  static void draw(Markup out, Quality quality) {
    if (!isPresent(quality)) {
      return;
    }
    out.raw("<section id=\"quality\"><h2>How well it agrees with the labels</h2>\n");
    Confusion confusion = quality.confusion();
    Curve roc = quality.roc();
    Curve precisionRecall = quality.precisionRecall();
    if (roc != null || precisionRecall != null) {
      out.raw("<p class=\"sub\">Every possible threshold is a point on these curves.</p>\n");
      out.raw("<div class=\"pair\">\n");
      if (roc != null) {
        CurveChart.roc(roc, confusion).draw(out);
      }
      if (precisionRecall != null) {
        CurveChart.precisionRecall(precisionRecall, confusion).draw(out);
      }
      out.raw("</div>\n");
    }
    if (confusion != null) {
      confusion(out, confusion);
    }
    if (!quality.metrics().isEmpty()) {
      metrics(out, quality.metrics());
    }
    out.raw("</section>\n");
  }

  private static void confusion(Markup out, Confusion counts) {
    out.raw(
        """
        <div class="card"><table class="confusion"><caption>Flags against labels, in rows</caption>
        <thead><tr><td></td><th scope="col">Flagged</th><th scope="col">Not flagged</th></tr></thead>
        <tbody>
        """);
    out.raw("<tr><th scope=\"row\">Labelled anomaly</th>");
    cell(out, "good", counts.tp(), "found");
    cell(out, "bad", counts.fn(), "missed");
    out.raw("</tr>\n<tr><th scope=\"row\">Labelled normal</th>");
    cell(out, "bad", counts.fp(), counts.fp() == 1 ? "false alarm" : "false alarms");
    cell(out, "good", counts.tn(), "left in peace");
    out.raw("</tr>\n</tbody></table></div>\n");
  }

  private static void cell(Markup out, String kind, long count, String meaning) {
    out.raw("<td class=\"" + kind + "\"><b>" + Figures.count(count) + "</b><span>" + meaning);
    out.raw("</span></td>");
  }

  private static void metrics(Markup out, List<Metric> metrics) {
    boolean sure = metrics.stream().anyMatch(metric -> metric.interval() != null);
    out.raw("<div class=\"card\"><table class=\"stack metrics\" role=\"table\">");
    out.raw("<caption>The numbers and what they mean</caption>\n<thead role=\"rowgroup\">");
    out.raw("<tr role=\"row\">");
    Cells.head(out, "Measure");
    Cells.head(out, "Value");
    if (sure) {
      Cells.head(out, "Likely range");
    }
    Cells.head(out, "In plain words");
    out.raw("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (Metric metric : metrics) {
      out.raw("<tr role=\"row\">");
      Cells.name(out).data(metric.name(), 60).raw("</th>");
      Cells.cell(out, "num", "").data(metric.value(), 40).raw("</td>");
      String interval = metric.interval();
      if (sure) {
        Cells.cell(out, "range", "Likely range").data(interval == null ? "" : interval, 60);
        out.raw("</td>");
      }
      Cells.cell(out, "meaning", "").data(metric.meaning(), 300).raw("</td></tr>\n");
    }
    out.raw("</tbody></table></div>\n");
  }
}
