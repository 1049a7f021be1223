package dev.vedette.report;

import dev.vedette.DataException;
import dev.vedette.report.CompareReport.Model;
import dev.vedette.report.Report.Metric;
import java.nio.file.Path;
import java.util.List;

/**
 * A comparison as one HTML file that needs nothing else: no network, no further files. It runs one
 * script of its own, which is all that it may run. The same report gives the same bytes.
 */
public final class CompareHtml {
  private static final int OPEN = 3;

  private final CompareReport report;
  private final List<Model> models;
  private final Markup out = new Markup();

  private CompareHtml(CompareReport report) {
    this.report = report;
    this.models = report.models();
  }

  /**
   * The whole page. O(models² · rows + models · rows · log rows) in time; its length grows with the
   * models, and little with the rows.
   */
  public static String render(CompareReport report) {
    return new CompareHtml(report).page();
  }

  /**
   * Writes the page as UTF-8 to {@code file}, which is complete or not there.
   *
   * @throws DataException when it cannot be written
   */
  public static void write(CompareReport report, Path file) {
    Page.write(render(report), file);
  }

  private String page() {
    Page.open(out, report.source().title(), Style.CSS + CompareStyle.CSS, CompareScript.JS);
    out.raw("<div class=\"page\">\n");
    header();
    out.raw("<main>\n");
    Page.notices(out, report.background().notices());
    table();
    curves();
    if (models.size() > 1) {
      Agreement agreement = Agreement.of(report);
      var section = new AgreementSection(out, report, agreement);
      section.draw();
      new PairSection(out, report, agreement).draw(0, leastAlike(section));
    }
    each();
    origin();
    out.raw("</main>\n</div>\n<script>").raw(CompareScript.JS).raw("</script>\n</body>\n</html>\n");
    return out.toString();
  }

  /** The model that differs most from the best, among the better half where there are many. */
  private int leastAlike(AgreementSection section) {
    int least = 1;
    for (int m = 2; m < Math.max(2, models.size() / 2); m++) {
      least = section.alike(0, m) < section.alike(0, least) ? m : least;
    }
    return least;
  }

  private void header() {
    Report.Source source = report.source();
    out.raw("<header>\n<p class=\"eyebrow\">").data(source.title(), 120).raw("</p>\n<h1>");
    out.text(headline()).raw("</h1>\n<p class=\"lead\">");
    out.text(
        "All learned from the same rows and were judged by the same others. AUC is how often an"
            + " anomaly scores above a normal row: 1 is perfect, 0.5 is guessing.");
    out.raw("</p>\n<dl class=\"facts\">\n");
    Page.fact(out, "File", source.file(), 60);
    Page.fact(
        out,
        "Judged by",
        Figures.count(source.rows(), "row") + " × " + Figures.count(source.columns(), "column"),
        60);
    long anomalies = 0;
    for (boolean label : report.judged().table().labels().orElseThrow()) {
      anomalies += label ? 1 : 0;
    }
    Page.fact(
        out,
        "Anomalies",
        Figures.count(anomalies) + " (" + Figures.percent(anomalies, source.rows()) + ")",
        60);
    long learned = models.isEmpty() ? 0 : models.getFirst().detection().trainingRows();
    Page.fact(out, "Learned from", Figures.count(learned, "row"), 60);
    out.raw("</dl>\n<nav aria-label=\"On this page\"><a href=\"#table\">Table</a>");
    out.raw("<a href=\"#curves\">ROC curves</a>");
    if (models.size() > 1) {
      out.raw("<a href=\"#agreement\">Agreement</a><a href=\"#pairs\">Two models</a>");
    }
    out.raw("<a href=\"#each\">Each model</a><a href=\"#origin\">Origin</a></nav>\n</header>\n");
  }

  private String headline() {
    if (models.isEmpty()) {
      return "No model could be judged";
    }
    Model best = models.getFirst();
    return models.size() == 1
        ? best.name() + " has an AUC of " + RocsChart.area(best)
        : "Of %d models, %s is best, with an AUC of %s"
            .formatted(models.size(), best.name(), RocsChart.area(best));
  }

  private void table() {
    out.raw("<section id=\"table\"><h2>All models</h2>\n<p class=\"sub\">");
    out.text(
        "The best by AUC first. From accuracy on, the numbers are those at the model's own threshold,"
            + " the one with the best accuracy on these rows. Times are those of one core.");
    out.raw("</p>\n<div class=\"card\"><div class=\"wide\" tabindex=\"0\" role=\"region\"");
    out.raw(" aria-label=\"All models\"><table class=\"all\"><thead><tr><th scope=\"col\">#</th>");
    out.raw("<th scope=\"col\">Model</th>");
    if (!models.isEmpty()) {
      columns(models.getFirst())
          .forEach(
              column -> {
                out.raw("<th scope=\"col\" class=\"num\"><abbr title=\"").text(column.meaning());
                out.raw("\">").text(column.name()).raw("</abbr></th>");
              });
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for (int m = 0; m < models.size(); m++) {
      out.raw("<tr><td class=\"soft\">" + (m + 1) + "</td><th scope=\"row\"><a href=\"#model" + m);
      out.raw("\">").data(models.get(m).name(), 40).raw("</a></th>");
      columns(models.get(m))
          .forEach(column -> out.raw("<td class=\"num\">").data(column.value(), 20).raw("</td>"));
      out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div></div></section>\n");
  }

  private static List<Metric> columns(Model model) {
    return java.util.stream.Stream.concat(
            model.quality().metrics().stream(), model.costs().stream())
        .toList();
  }

  private void curves() {
    out.raw("<section id=\"curves\"><h2>All ROC curves</h2>\n<p class=\"sub\">");
    out.text(
        "Every possible threshold is a point on a curve. The closer a curve hugs the top left corner,"
            + " the better; the dashed line is guessing.");
    out.raw("</p>\n");
    RocsChart.draw(out, models);
    out.raw("</section>\n");
  }

  private void each() {
    out.raw("<section id=\"each\"><h2>Each model</h2>\n<p class=\"sub\">");
    out.raw("How its scores spread, and its ROC curve. Normal rows point up, anomalies down;");
    out.raw(" the further apart along the line, the better.</p>\n");
    for (int m = 0; m < models.size(); m++) {
      Model model = models.get(m);
      out.raw("<details class=\"model\" id=\"model" + m + "\"" + (m < OPEN ? " open>" : ">"));
      out.raw("<summary>" + (m + 1) + " ").data(model.name(), 60).raw(" <span class=\"soft\">AUC ");
      out.text(RocsChart.area(model)).raw("</span></summary>\n<p class=\"note\">");
      out.data(model.detection().detector(), 300).raw("</p>\n<div class=\"pair\">");
      out.raw("<figure class=\"card\"><figcaption><h3>Scores</h3></figcaption>\n");
      new HistogramChart(model.detection().scores(), model.detection().threshold()).draw(out);
      out.raw("</figure>\n");
      CurveChart.roc(RocsChart.roc(model), model.quality().confusion()).draw(out);
      out.raw("</div></details>\n");
    }
    out.raw("</section>\n");
  }

  private void origin() {
    out.raw("<section id=\"origin\"><h2>Where this comes from</h2>\n<div class=\"card\">");
    out.raw("<dl class=\"origin\">\n");
    Page.fact(out, "Made", Page.utc(report.source().made()), 60);
    for (Report.Fact fact : report.background().origin()) {
      Page.fact(out, fact.name(), fact.text(), 300);
    }
    out.raw("</dl></div></section>\n");
  }
}
