package dev.vedette.report;

import java.util.List;

/** On which rows the models agree, and which models are alike. */
final class AgreementSection {
  /** Shades of the cells, from "nothing in common" to "the same". */
  private static final int SHADES = 10;

  private final Markup out;
  private final List<CompareReport.Model> models;
  private final Agreement agreement;
  private final double[][] alike;

  AgreementSection(Markup out, CompareReport report, Agreement agreement) {
    this.out = out;
    this.models = report.models();
    this.agreement = agreement;
    this.alike = alike(agreement);
  }

  private static double[][] alike(Agreement agreement) {
    double[][] alike = new double[agreement.models()][agreement.models()];
    for (int a = 0; a < alike.length; a++) {
      for (int b = 0; b <= a; b++) {
        alike[a][b] = a == b ? 1 : agreement.alike(a, b);
        alike[b][a] = alike[a][b];
      }
    }
    return alike;
  }

  double alike(int a, int b) {
    return alike[a][b];
  }

  void draw() {
    out.raw("<section id=\"agreement\"><h2>Where they agree and where they do not</h2>\n");
    out.raw("<p class=\"sub\">").text(extremes()).raw("</p>\n");
    votes();
    matrix();
    out.raw("</section>\n");
  }

  private String extremes() {
    int[] most = {0, 1};
    int[] least = {0, 1};
    for (int a = 0; a < models.size(); a++) {
      for (int b = a + 1; b < models.size(); b++) {
        most = alike[a][b] > alike[most[0]][most[1]] ? new int[] {a, b} : most;
        least = alike[a][b] < alike[least[0]][least[1]] ? new int[] {a, b} : least;
      }
    }
    if (models.size() == 2) {
      return "The order in which the two place the rows has a rank correlation of %s."
          .formatted(two(alike[0][1]));
    }
    return "Most alike in the order of the rows are %s and %s (rank correlation %s), least %s and %s (%s)."
        .formatted(
            models.get(most[0]).name(),
            models.get(most[1]).name(),
            two(alike[most[0]][most[1]]),
            models.get(least[0]).name(),
            models.get(least[1]).name(),
            two(alike[least[0]][least[1]]));
  }

  private static String two(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value + 0.0);
  }

  /** How many models flag a row. */
  private void votes() {
    int[] anomalies = agreement.byModels(true);
    int[] normal = agreement.byModels(false);
    int all = models.size();
    out.raw(
        "<div class=\"card\"><table class=\"votes\"><caption>Rows by how many models flag them,");
    out.raw(" each at its own threshold</caption>\n<thead><tr><th scope=\"col\">Flagged by</th>");
    out.raw("<th scope=\"col\" class=\"num\">Anomalies</th>");
    out.raw("<th scope=\"col\" class=\"num\">Normal rows</th></tr></thead>\n<tbody>\n");
    vote("all " + all + " models", anomalies, normal, all, all);
    vote("more than half of them", anomalies, normal, all / 2 + 1, all - 1);
    vote("two to half of them", anomalies, normal, 2, all / 2);
    vote("one of them", anomalies, normal, 1, Math.min(1, all - 1));
    vote("none", anomalies, normal, 0, 0);
    out.raw("</tbody></table><p class=\"note\">Anomalies that none flags are missed by all;");
    out.raw(" normal rows that all flag may be worth a second look at their label.</p></div>\n");
  }

  private void vote(String who, int[] anomalies, int[] normal, int from, int to) {
    if (from > to) {
      return;
    }
    out.raw("<tr><th scope=\"row\">").text(who).raw("</th>");
    for (int[] counts : List.of(anomalies, normal)) {
      long sum = 0;
      for (int k = from; k <= to; k++) {
        sum += counts[k];
      }
      out.raw("<td class=\"num\">").text(Figures.count(sum)).raw("</td>");
    }
    out.raw("</tr>\n");
  }

  private void matrix() {
    out.raw("<div class=\"card\"><h3 id=\"order\">How alike they order the rows</h3>");
    out.raw("<p class=\"small soft\">100 is the same order, 0 nothing in common,");
    out.raw(" below 0 rather the other way round.</p>\n");
    out.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"order\">");
    out.raw("<table class=\"matrix\" aria-labelledby=\"order\"><thead><tr><td></td>");
    for (int m = 0; m < models.size(); m++) {
      out.raw("<th scope=\"col\"><abbr title=\"").text(models.get(m).name());
      out.raw("\">" + (m + 1) + "</abbr></th>");
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for (int a = 0; a < models.size(); a++) {
      out.raw("<tr><th scope=\"row\">" + (a + 1) + " ").data(models.get(a).name(), 28).raw("</th>");
      for (int b = 0; b < models.size(); b++) {
        cell(alike[a][b], a == b);
      }
      out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div></div>\n");
  }

  private void cell(double value, boolean own) {
    if (own) {
      out.raw("<td class=\"own\"></td>");
      return;
    }
    int shade = (int) Math.clamp(Math.floor(value * SHADES), 0, SHADES - 1);
    out.raw("<td class=\"h" + shade + "\">" + Math.round(value * 100) + "</td>");
  }
}
