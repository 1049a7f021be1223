package dev.vedette.report;

import dev.vedette.DataException;
import dev.vedette.evaluate.Confusion;
import java.nio.file.Path;

/**
 * A report as one HTML file that needs nothing else: no network, no script, no further files. The
 * same report gives the same bytes.
 */
public final class Html {
  private final Report report;
  private final Markup out = new Markup();

  private Html(Report report) {
    this.report = report;
  }

  /** The whole page. O(rows · log rows) in time; its length does not grow with the rows. */
  public static String render(Report report) {
    return new Html(report).page();
  }

  /**
   * Writes the page as UTF-8 to {@code file}, which is complete or not there.
   *
   * @throws DataException when it cannot be written
   */
  public static void write(Report report, Path file) {
    Page.write(render(report), file);
  }

  private String page() {
    Page.open(out, report.source().title(), Style.CSS, "");
    out.raw("<div class=\"page\">\n");
    header();
    out.raw("<main>\n");
    Page.notices(out, report.background().notices());
    AnomalySection.draw(out, report);
    scores();
    QualitySection.draw(out, report.quality());
    ProfileSection.draw(out, report);
    OriginSection.draw(out, report, Page.utc(report.source().made()));
    out.raw("</main>\n</div>\n</body>\n</html>\n");
    return out.toString();
  }

  private void header() {
    Report.Source source = report.source();
    Report.Detection detection = report.detection();
    out.raw("<header>\n<p class=\"eyebrow\">").data(source.title(), 120).raw("</p>\n<h1>");
    out.text(Words.headline(detection.threshold().flagged(), source.rows())).raw("</h1>\n");
    out.raw("<p class=\"lead\">");
    Confusion confusion = report.quality().confusion();
    if (confusion != null) {
      out.text(Words.outcome(confusion)).raw(" ");
    }
    if (detection.threshold().value() == Double.POSITIVE_INFINITY) {
      out.raw("With this threshold no score is high enough to be flagged. ");
    }
    out.raw("</p>\n<dl class=\"facts\">\n");
    Page.fact(out, "File", source.file(), 60);
    Page.fact(
        out,
        "Size",
        Figures.count(source.rows(), "row") + " × " + Figures.count(source.columns(), "column"),
        60);
    Page.fact(out, "Detector", detection.detector(), 120);
    Page.fact(out, "Threshold", detection.threshold().sentence(), 200);
    out.raw("</dl>\n");
    navigation();
    out.raw("</header>\n");
  }

  private void navigation() {
    out.raw("<nav aria-label=\"On this page\">");
    if (!report.anomalies().isEmpty()) {
      out.raw("<a href=\"#anomalies\">Anomalies</a>");
    }
    out.raw("<a href=\"#scores\">Scores</a>");
    if (QualitySection.isPresent(report.quality())) {
      out.raw("<a href=\"#quality\">Quality</a>");
    }
    if (!report.background().profile().isEmpty()) {
      out.raw("<a href=\"#columns\">Columns</a>");
    }
    out.raw("<a href=\"#origin\">Origin</a></nav>\n");
  }

  private void scores() {
    Report.Detection detection = report.detection();
    out.raw("<section id=\"scores\"><h2>How the scores are spread</h2>\n");
    out.raw(
        "<p class=\"sub\">Most rows score low and look alike; what stands apart lies right.</p>");
    out.raw("<figure class=\"card\">\n");
    if (report.detection().scores().values().length == 0) {
      out.raw("<p>There are no scores to show.</p>");
    } else {
      new HistogramChart(detection.scores(), detection.threshold()).draw(out);
    }
    out.raw("</figure></section>\n");
  }
}
