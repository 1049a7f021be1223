package dev.vedette.report;

import dev.vedette.report.Report.Profile;
import java.util.List;

/** The columns of the file. */
final class ProfileSection {
  private static final int MOST = 250;
  private static final int BARS = 24;
  private static final int HEIGHT = 28;

  private ProfileSection() {}

  static void draw(Markup out, Report report) {
    List<Profile> profile = report.background().profile();
    if (profile.isEmpty()) {
      return;
    }
    out.raw("<section id=\"columns\"><h2>What is in the data</h2>\n<div class=\"card\">");
    out.raw(
        "<table class=\"stack profile\" role=\"table\"><caption class=\"vh\">Columns</caption>");
    out.raw("\n<thead role=\"rowgroup\"><tr role=\"row\">");
    for (String head : List.of("Column", "Kind", "Missing", "Different", "Values", "Spread")) {
      Cells.head(out, head);
    }
    out.raw("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (Profile column : profile.subList(0, Math.min(MOST, profile.size()))) {
      row(out, column, report.source().rows());
    }
    out.raw("</tbody></table>");
    if (profile.size() > MOST) {
      out.raw("<p class=\"note\">The first " + MOST + " of " + Figures.count(profile.size()));
      out.raw(" columns are listed.</p>");
    }
    out.raw("</div></section>\n");
  }

  private static void row(Markup out, Profile column, long rows) {
    out.raw("<tr role=\"row\">");
    Cells.name(out).data(column.name(), 60);
    if (!column.note().isEmpty()) {
      out.raw("<span class=\"remark\">").data(column.note(), 160).raw("</span>");
    }
    out.raw("</th>");
    Cells.cell(out, "kind", "").data(column.kind(), 30).raw("</td>");
    long missing = column.counts().missing();
    Cells.cell(out, "num", "Missing").text(Figures.count(missing));
    if (missing > 0) {
      out.raw(" <span class=\"soft\">").text(Figures.percent(missing, rows)).raw("</span>");
    }
    out.raw("</td>");
    Cells.cell(out, "num", "Different").text(Figures.count(column.counts().distinct()));
    out.raw("</td>");
    Cells.cell(out, "values", "").data(column.summary(), 160).raw("</td>");
    Cells.cell(out, "spread", "");
    spark(out, column);
    out.raw("</td></tr>\n");
  }

  private static void spark(Markup out, Profile column) {
    long[] counts = merged(column.counts().histogram());
    long most = 0;
    for (long count : counts) {
      most = Math.max(most, count);
    }
    if (most == 0) {
      return;
    }
    int width = counts.length * 4;
    out.raw("<svg class=\"spark\" role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 ");
    out.raw(width + " " + HEIGHT + "\"><title>How the values of ").text(clip(column.name()));
    out.raw(" are spread, from low to high</title><path d=\"");
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] > 0) {
        long high = Math.max(1, Math.round((double) counts[k] / most * HEIGHT));
        out.raw("M" + k * 4 + " " + HEIGHT + "v-" + high + "h3v" + high + "z");
      }
    }
    out.raw("\"/></svg>");
  }

  private static String clip(String name) {
    return name.codePointCount(0, name.length()) <= 60
        ? name
        : name.substring(0, name.offsetByCodePoints(0, 59)) + "…";
  }

  /** At most {@value #BARS} counts, neighbours added up. */
  static long[] merged(List<Long> histogram) {
    int each = (histogram.size() + BARS - 1) / BARS;
    long[] merged = new long[each == 0 ? 0 : (histogram.size() + each - 1) / each];
    for (int k = 0; k < histogram.size(); k++) {
      merged[k / each] += histogram.get(k);
    }
    return merged;
  }
}
