package dev.vedette.report;

import dev.vedette.Decision;
import dev.vedette.explain.Reason;
import dev.vedette.report.Report.Anomaly;
import java.util.List;

/** The rows that stand out, each with its reasons. */
final class AnomalySection {
  /** How many are shown at once; the rest unfolds. */
  private static final int OPEN = 10;

  private static final int MOST = 200;
  private static final int MOST_REASONS = 5;

  private AnomalySection() {}

  static void draw(Markup out, Report report) {
    List<Anomaly> anomalies = report.anomalies();
    if (anomalies.isEmpty()) {
      return;
    }
    boolean flagged = report.detection().threshold().flagged() > 0;
    out.raw("<section id=\"anomalies\"><h2>")
        .raw(flagged ? "The rows that stand out most" : "The rows that come closest")
        .raw("</h2>\n<p class=\"sub\">");
    if (!flagged) {
      out.raw("No row was flagged; these score highest. ");
    }
    out.raw("Severity runs from 0 to 100. Each bar beside a reason shows how much of the score")
        .raw(" comes from that column.</p>\n");
    int shown = Math.min(anomalies.size(), MOST);
    int open = shown <= OPEN + 2 ? shown : OPEN;
    list(out, anomalies.subList(0, open), 1);
    if (open < shown) {
      out.raw("<details><summary>Show " + (shown - open) + " more</summary>\n");
      list(out, anomalies.subList(open, shown), open + 1);
      out.raw("</details>\n");
    }
    if (shown < anomalies.size()) {
      out.raw("<p class=\"note\">The first " + shown + " of ")
          .raw(Figures.count(anomalies.size()) + " are listed.</p>\n");
    }
    out.raw("</section>\n");
  }

  private static void list(Markup out, List<Anomaly> anomalies, int first) {
    out.raw("<ol class=\"anomalies\" start=\"" + first + "\">\n");
    for (Anomaly anomaly : anomalies) {
      item(out, anomaly);
    }
    out.raw("</ol>\n");
  }

  private static void item(Markup out, Anomaly anomaly) {
    Decision decision = anomaly.decision();
    out.raw("<li class=\"card\"><div class=\"who\"><h3>Row " + Figures.count(anomaly.row()));
    out.raw("</h3><p class=\"badges\">");
    out.raw(
        decision.flagged()
            ? "<span class=\"badge on\">flagged</span>"
            : "<span class=\"badge\">not flagged</span>");
    Boolean label = anomaly.label();
    if (label != null) {
      out.raw("<span class=\"badge\">" + (label ? "labelled anomaly" : "labelled normal"));
      out.raw("</span>");
    }
    out.raw("</p><p class=\"severity\"><span>severity <b>" + severity(decision.severity()));
    out.raw("</b></span>");
    bar(out, decision.severity() / 100, "fill");
    out.raw("</p><p class=\"small\">score " + Figures.number(decision.score()));
    String rarity = Words.rarity(decision.pValue());
    if (!rarity.isEmpty()) {
      out.raw("; ").text(rarity);
    }
    out.raw("</p></div>\n");
    reasons(out, anomaly.reasons());
    out.raw("</li>\n");
  }

  /** Rounded down, so that only the full 100 reads 100. */
  private static String severity(double severity) {
    return Integer.toString((int) severity);
  }

  private static void reasons(Markup out, List<Reason> reasons) {
    if (reasons.isEmpty()) {
      out.raw("<p class=\"why none\">No single column explains it.</p>\n");
      return;
    }
    out.raw("<ul class=\"why\">\n");
    for (Reason reason : reasons.subList(0, Math.min(reasons.size(), MOST_REASONS))) {
      out.raw("<li><span class=\"say\">");
      Words.reason(out, reason.input());
      out.raw("</span>");
      bar(out, reason.share(), "part");
      out.raw("<span class=\"share\">" + Figures.percent(reason.share()));
      out.raw("<span class=\"vh\"> of the score</span></span></li>\n");
    }
    if (reasons.size() > MOST_REASONS) {
      out.raw("<li class=\"small\">and " + (reasons.size() - MOST_REASONS) + " more</li>\n");
    }
    out.raw("</ul>\n");
  }

  /** A bar filled by {@code share}; the number stands beside it, so it is hidden from readers. */
  static void bar(Markup out, double share, String kind) {
    out.raw("<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\"")
        .raw(" height=\"100%\" rx=\"3\"/><rect class=\"" + kind + "\" width=\"")
        .raw(Plot.percent(share))
        .raw("\" height=\"100%\" rx=\"3\"/></svg>");
  }
}
