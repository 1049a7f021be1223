package dev.vedette.report;

import dev.vedette.DataException;
import dev.vedette.data.Draft;
import dev.vedette.evaluate.Confusion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * A report as one HTML file that needs nothing else: no network, no script, no further files. The
 * same report gives the same bytes.
 */
public final class Html {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
    try (Draft draft = Draft.of(file)) {
      try {
        Files.writeString(draft.path(), render(report), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  private String page() {
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")
        .raw(hash(Style.CSS))
        .raw("'; base-uri 'none'; form-action 'none'\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.raw("<title>").text(report.source().title()).raw("</title>\n");
    out.raw("<style>").raw(Style.CSS).raw("</style>\n</head>\n<body>\n");
    out.raw(HATCH);
    out.raw("<div class=\"page\">\n");
    header();
    out.raw("<main>\n");
    notices();
    AnomalySection.draw(out, report);
    scores();
    QualitySection.draw(out, report.quality());
    ProfileSection.draw(out, report);
    OriginSection.draw(out, report, UTC.format(report.source().made()));
    out.raw("</main>\n</div>\n</body>\n</html>\n");
    return out.toString();
  }

  /** Stripes, so that anomalies differ from normal rows without colour. */
  private static final String HATCH =
      """
      <svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="stripes" width="5" height="5" \
      patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="s1"/>\
      <rect width="2" height="5" class="s2"/></pattern></defs></svg>
      """;

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
    fact("File", source.file(), 60);
    fact(
        "Size",
        Figures.count(source.rows(), "row") + " × " + Figures.count(source.columns(), "column"),
        60);
    fact("Detector", detection.detector(), 120);
    fact("Threshold", detection.threshold().sentence(), 200);
    out.raw("</dl>\n");
    navigation();
    out.raw("</header>\n");
  }

  private void fact(String name, String value, int max) {
    out.raw("<div><dt>").text(name).raw("</dt><dd>").data(value, max).raw("</dd></div>\n");
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

  private void notices() {
    if (report.background().notices().isEmpty()) {
      return;
    }
    out.raw("<section class=\"notices\" aria-label=\"Notices\"><h2>Good to know</h2><ul>\n");
    for (String notice : report.background().notices()) {
      out.raw("<li>").data(notice, 400).raw("</li>\n");
    }
    out.raw("</ul></section>\n");
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
