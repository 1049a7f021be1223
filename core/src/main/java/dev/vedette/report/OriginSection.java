package dev.vedette.report;

import dev.vedette.report.Report.Fact;
import dev.vedette.report.Report.Timing;
import java.time.Instant;
import java.util.List;

/** How long it took and where the result comes from. */
final class OriginSection {
  private OriginSection() {}

  static void draw(Markup out, Report report, String made) {
    out.raw("<section id=\"origin\"><h2>Where this comes from</h2>\n<div class=\"pair\">\n");
    out.raw("<div class=\"card\"><h3>Origin</h3><dl class=\"origin\">\n");
    fact(out, "Made", made);
    fact(out, "File", report.source().file());
    fact(out, "Detector", report.detection().detector());
    fact(out, "Fitted on", Figures.count(report.detection().trainingRows(), "row"));
    fact(out, "Threshold", report.detection().threshold().sentence());
    for (Fact fact : report.background().origin()) {
      fact(out, fact.name(), fact.text());
    }
    out.raw("</dl></div>\n");
    if (!report.background().timings().isEmpty()) {
      timings(out, report.background().timings());
    }
    out.raw("</div></section>\n");
  }

  /** The same for a page that has said the rest before. */
  static void draw(Markup out, List<Fact> facts, List<Timing> timings, Instant made) {
    out.raw("<section id=\"origin\"><h2>Where this comes from</h2>\n<div class=\"pair\">\n");
    out.raw("<div class=\"card\"><h3>Origin</h3><dl class=\"origin\">\n");
    fact(out, "Made", Page.utc(made));
    facts.forEach(fact -> fact(out, fact.name(), fact.text()));
    out.raw("</dl></div>\n");
    if (!timings.isEmpty()) {
      timings(out, timings);
    }
    out.raw("</div></section>\n");
  }

  private static void fact(Markup out, String name, String text) {
    out.raw("<div><dt>").data(name, 60).raw("</dt><dd>").data(text, 300).raw("</dd></div>\n");
  }

  private static void timings(Markup out, List<Timing> timings) {
    long total = timings.stream().mapToLong(Timing::milliseconds).sum();
    out.raw("<div class=\"card\"><table class=\"timings\"><caption>Time taken</caption>\n");
    out.raw("<thead class=\"vh\"><tr><th scope=\"col\">Phase</th><th scope=\"col\">Part</th>");
    out.raw("<th scope=\"col\">Time</th></tr></thead>\n<tbody>\n");
    for (Timing timing : timings) {
      out.raw("<tr><th scope=\"row\">").data(timing.phase(), 60).raw("</th><td class=\"grow\">");
      AnomalySection.bar(out, total == 0 ? 0 : (double) timing.milliseconds() / total, "part");
      out.raw("</td><td class=\"num\">").text(Figures.duration(timing.milliseconds()));
      out.raw("</td></tr>\n");
    }
    out.raw("</tbody><tfoot><tr><th scope=\"row\">Total</th><td></td><td class=\"num\">");
    out.text(Figures.duration(total)).raw("</td></tr></tfoot></table></div>\n");
  }
}
