package dev.vedette.report;

import dev.vedette.DataException;
import dev.vedette.Decision;
import dev.vedette.report.SeriesReport.Anomaly;
import dev.vedette.report.SeriesReport.Chart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A report on series as one HTML file that needs nothing else: no network, no further files. It
 * shows everything without script; the script inside only looks closer. The same report gives the
 * same bytes.
 */
public final class SeriesHtml {
  /** Points drawn of one chart at most, and of all charts together. */
  private static final int MOST_POINTS = 12_000;

  private static final int MOST_OF_ALL = 60_000;

  /** How many anomalies are shown at once; the rest unfolds. */
  private static final int OPEN = 10;

  private final SeriesReport report;
  private final Markup out = new Markup();
  private final List<SeriesChart> charts = new ArrayList<>();

  private SeriesHtml(SeriesReport report) {
    this.report = report;
    int most = Math.max(1000, MOST_OF_ALL / Math.max(1, report.charts().size()));
    for (Chart chart : report.charts()) {
      charts.add(new SeriesChart(out, chart, charts.size(), Math.min(MOST_POINTS, most)));
    }
  }

  /** The whole page. O(points) in time; its length does not grow with the points of a chart. */
  public static String render(SeriesReport report) {
    return new SeriesHtml(report).page();
  }

  /**
   * Writes the page as UTF-8 to {@code file}, which is complete or not there.
   *
   * @throws DataException when it cannot be written
   */
  public static void write(SeriesReport report, Path file) {
    Page.write(render(report), file);
  }

  private String page() {
    Page.open(out, report.source().title(), Style.CSS + SeriesStyle.CSS, SeriesScript.JS);
    out.raw("<div class=\"page\">\n");
    header();
    out.raw("<main>\n");
    Page.notices(out, report.background().notices());
    out.raw("<section id=\"charts\"><h2>Over time</h2>\n");
    out.raw("<p class=\"sub\">Times are in UTC.</p>\n");
    charts.forEach(SeriesChart::draw);
    out.raw("</section>\n");
    anomalies();
    OriginSection.draw(
        out, report.background().origin(), report.background().timings(), report.source().made());
    out.raw("</main>\n</div>\n<script type=\"application/json\" id=\"data\">[");
    for (int i = 0; i < charts.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      charts.get(i).json();
    }
    out.raw("]</script>\n<script>").raw(SeriesScript.JS).raw("</script>\n</body>\n</html>\n");
    return out.toString();
  }

  private void header() {
    out.raw("<header>\n<p class=\"eyebrow\">").data(report.source().title(), 120).raw("</p>\n<h1>");
    out.text(report.source().headline()).raw("</h1>\n<dl class=\"facts\">\n");
    report.source().facts().forEach(fact -> Page.fact(out, fact.name(), fact.text(), 200));
    out.raw("</dl>\n<nav aria-label=\"On this page\"><a href=\"#charts\">Over time</a>");
    if (!report.anomalies().isEmpty()) {
      out.raw("<a href=\"#anomalies\">Anomalies</a>");
    }
    out.raw("<a href=\"#origin\">Origin</a></nav>\n</header>\n");
  }

  private void anomalies() {
    List<Anomaly> anomalies = report.anomalies();
    if (anomalies.isEmpty()) {
      return;
    }
    out.raw("<section id=\"anomalies\"><h2>What stands out</h2>\n");
    out.raw("<p class=\"sub\">The strongest first. Severity runs from 0 to 100.</p>\n");
    int open = anomalies.size() <= OPEN + 2 ? anomalies.size() : OPEN;
    list(anomalies.subList(0, open), 1);
    if (open < anomalies.size()) {
      out.raw("<details><summary>Show " + (anomalies.size() - open) + " more</summary>\n");
      list(anomalies.subList(open, anomalies.size()), open + 1);
      out.raw("</details>\n");
    }
    out.raw("</section>\n");
  }

  private void list(List<Anomaly> anomalies, int first) {
    out.raw("<ol class=\"anomalies\" start=\"" + first + "\">\n");
    anomalies.forEach(this::item);
    out.raw("</ol>\n");
  }

  private void item(Anomaly anomaly) {
    Decision decision = anomaly.decision();
    out.raw("<li class=\"card\"><div class=\"who\"><h3 class=\"when\">").text(anomaly.when());
    out.raw("</h3><p class=\"severity\"><span>severity <b>" + Math.round(decision.severity()));
    out.raw("</b></span>");
    AnomalySection.bar(out, decision.severity() / 100, "fill");
    out.raw("</p><p class=\"small\">score " + Figures.number(decision.score()) + "</p></div>\n");
    out.raw("<div class=\"say\"><p>").data(anomaly.why(), 500).raw("</p>");
    if (anomaly.chart() >= 0) {
      out.raw("<button type=\"button\" class=\"needs\" data-chart=\"" + anomaly.chart());
      out.raw("\" data-from=\"" + anomaly.from() + "\" data-to=\"" + anomaly.to() + "\">");
      out.raw("Look at it</button>");
    }
    out.raw("</div></li>\n");
  }
}
