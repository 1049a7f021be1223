package dev.vedette.report;

import dev.vedette.data.Column;
import dev.vedette.report.Agreement.Alike;
import java.util.List;

/** Where a reader picks two models and sees what they place differently. */
final class PairSection {
  /** How many rows are dots of the picture, of each label. */
  private static final int DOTS = 400;

  private static final int ODDITIES = 6;
  private static final int LONGEST_VALUE = 40;

  private final Markup out;
  private final CompareReport report;
  private final Agreement agreement;

  PairSection(Markup out, CompareReport report, Agreement agreement) {
    this.out = out;
    this.report = report;
    this.agreement = agreement;
  }

  /** Draws it with model {@code first} and {@code second} picked. */
  void draw(int first, int second) {
    Disputes disputes = Disputes.of(agreement);
    out.raw("<section id=\"pairs\"><h2>Two models, row by row</h2>\n<p class=\"sub\">");
    out.text(
        "Pick two models. Place 1 of %s is the row a model finds most anomalous."
            .formatted(Figures.count(agreement.rows())));
    out.raw(
        "</p>\n<noscript><p class=\"card\">This part needs scripts, which are turned off here.");
    out.raw("</p></noscript>\n<div class=\"needs\"><div class=\"card controls\">\n");
    select("first", "First model", first);
    select("second", "Second model", second);
    out.raw("<label>Rows<select id=\"kind\"><option value=\"\">all</option><option value=\"1\">");
    out.raw(
        "labelled anomalies</option><option value=\"0\">labelled normal</option></select></label>");
    out.raw(
        "</div>\n<div class=\"pair\"><figure class=\"card\"><figcaption><h3>Every row a dot</h3>");
    out.raw(
        "</figcaption><p class=\"axis y\" id=\"up\"></p><svg id=\"dots\" class=\"dots\" role=\"img\"");
    out.raw(" viewBox=\"-2 -2 104 104\"></svg><p class=\"axis\" id=\"across\"></p>");
    out.raw("<p class=\"note\" id=\"sampled\"></p></figure>\n");
    out.raw("<div class=\"card\"><h3>At their own thresholds</h3><div id=\"overlap\"></div>");
    out.raw("<p class=\"note\" id=\"alike\"></p></div></div>\n");
    out.raw(
        "<div class=\"pair lists\" aria-live=\"polite\"><div class=\"card\"><h3 id=\"over\"></h3>");
    out.raw("<ol class=\"rows\" id=\"overs\"></ol></div>");
    out.raw(
        "<div class=\"card\"><h3 id=\"under\"></h3><ol class=\"rows\" id=\"unders\"></ol></div></div>\n");
    out.raw("<p class=\"note\">").text(limits(disputes)).raw("</p></div></section>\n");
    out.raw("<script type=\"application/json\" id=\"data\">");
    data(disputes);
    out.raw("</script>\n");
  }

  private static String limits(Disputes disputes) {
    return ("For every two models this page holds the %d labelled anomalies and the %d normal rows with"
            + " the largest difference in place, either way; rows that no model tells apart count as"
            + " one. What is rare about a row is counted among the rows judged, the rarest value"
            + " first; no model has a say in it.")
        .formatted(disputes.most(), disputes.most());
  }

  private void select(String id, String label, int picked) {
    out.raw("<label>" + label + "<select id=\"" + id + "\">");
    for (int m = 0; m < report.models().size(); m++) {
      out.raw("<option value=\"" + m + "\"" + (m == picked ? " selected>" : ">"));
      out.text(m + 1 + " " + report.models().get(m).name()).raw("</option>");
    }
    out.raw("</select></label>\n");
  }

  private void data(Disputes disputes) {
    out.raw("{\"rows\":" + agreement.rows() + ",\"most\":" + disputes.most() + ",\"models\":[");
    for (int m = 0; m < agreement.models(); m++) {
      Report.Detection detection = report.models().get(m).detection();
      out.raw(m == 0 ? "{\"name\":" : ",{\"name\":").json(report.models().get(m).name(), 40);
      out.raw(",\"flagged\":" + detection.threshold().flagged() + "}");
    }
    out.raw("],\"columns\":[");
    List<Column> columns = report.judged().table().columns();
    for (int j = 0; j < columns.size(); j++) {
      out.raw(j == 0 ? "" : ",").json(columns.get(j).name(), LONGEST_VALUE);
    }
    out.raw("],\"labels\":[" + count(true) + "," + count(false) + "],\n\"both\":[");
    overlap(true);
    out.raw(",");
    overlap(false);
    out.raw("],\n\"alike\":");
    alike();
    out.raw(",\n\"dots\":[");
    dots();
    out.raw("],\n\"items\":[");
    items(disputes);
    out.raw("]}");
  }

  private int count(boolean label) {
    int count = 0;
    for (boolean own : agreement.labels()) {
      count += own == label ? 1 : 0;
    }
    return count;
  }

  private void overlap(boolean label) {
    square((a, b) -> String.valueOf(agreement.both(a, b, label)));
  }

  private void alike() {
    square((a, b) -> String.valueOf(Math.round(100 * agreement.alike(a, b))));
  }

  /** A number for two models. */
  private interface OfTwo {
    String of(int a, int b);
  }

  /** Numbers that are the same both ways: a row for each model, up to itself. */
  private void square(OfTwo number) {
    out.raw("[");
    for (int a = 0; a < agreement.models(); a++) {
      out.raw(a == 0 ? "[" : ",[");
      for (int b = 0; b <= a; b++) {
        out.raw(b == 0 ? "" : ",").raw(number.of(a, b));
      }
      out.raw("]");
    }
    out.raw("]");
  }

  /** Rows evenly through the file: the label, then for each model how many in 1000 lie below. */
  private void dots() {
    int[] all = {count(false), count(true)};
    int[] seen = new int[2];
    int[] drawn = new int[2];
    for (int i = 0; i < agreement.rows(); i++) {
      boolean label = agreement.labels()[i];
      int kind = label ? 1 : 0;
      long due = (long) (seen[kind]++ + 1) * Math.min(DOTS, all[kind]) / all[kind];
      if (due > drawn[kind]) {
        out.raw(drawn[0] + drawn[1] == 0 ? "[" + kind : ",[" + kind);
        for (double[] places : agreement.places()) {
          out.raw("," + Math.round(1000 * (agreement.rows() - places[i]) / agreement.rows()));
        }
        out.raw("]");
        drawn[kind]++;
      }
    }
  }

  /** The number of a row, its label, how many are like it, its places and what is rare about it. */
  private void items(Disputes disputes) {
    var oddities = new Oddities(report.judged().table());
    String between = "";
    for (Alike group : disputes.groups()) {
      int row = group.first();
      out.raw(between + "[" + report.judged().numbers().get(row) + ",");
      out.raw((agreement.labels()[row] ? "1," : "0,") + group.rows() + ",[");
      for (int m = 0; m < agreement.models(); m++) {
        out.raw((m == 0 ? "" : ",") + Math.round(agreement.places()[m][row]));
      }
      out.raw("],[");
      String comma = "";
      for (Oddities.Oddity oddity : oddities.of(row, ODDITIES)) {
        Column column = report.judged().table().columns().get(oddity.column());
        out.raw(comma + oddity.column() + ",").json(column.text(row), LONGEST_VALUE);
        comma = ",";
      }
      out.raw("]]");
      between = ",\n";
    }
  }
}
