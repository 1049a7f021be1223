package dev.vedette.report;

import dev.vedette.report.Report.Cut;
import dev.vedette.report.Report.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scores as bars: normal rows upwards and labelled anomalies downwards from one base line, or
 * all rows upwards where there are no labels.
 */
final class HistogramChart {
  private static final int HEIGHT = 230;
  private static final int TICK_GAP = 20;

  private final Bins bins;
  private final Cut cut;
  private final boolean labelled;
  private final long up;
  private final long down;
  private final boolean log;
  private final double base;

  HistogramChart(Scores scores, Cut cut) {
    this.bins = Bins.of(scores, cut.value());
    this.cut = cut;
    this.labelled = scores.labels() != null;
    this.up = Arrays.stream(bins.normal()).max().orElse(0);
    this.down = Arrays.stream(bins.anomalies()).max().orElse(0);
    long least =
        Math.min(
            Arrays.stream(bins.normal()).filter(n -> n > 0).min().orElse(Long.MAX_VALUE),
            Arrays.stream(bins.anomalies()).filter(n -> n > 0).min().orElse(Long.MAX_VALUE));
    this.log = bins.most() > 50 && bins.most() / 40 >= least;
    double whole = length(up) + length(down);
    this.base = whole == 0 ? HEIGHT : HEIGHT * length(up) / whole;
  }

  void draw(Markup out) {
    legend(out);
    Plot plot = new Plot(out, HEIGHT);
    plot.open("Histogram of the scores", description());
    band(plot);
    plot.xAxis(bins.axis().ticks(8));
    for (Plot.Mark mark : countMarks()) {
      plot.yMark(mark);
    }
    bars(plot);
    plot.line("base", 0, base, 1, base);
    threshold(plot);
    plot.close();
    out.raw("<p class=\"axis\">score, higher is more anomalous →</p>");
    caption(out);
  }

  private void legend(Markup out) {
    out.raw("<ul class=\"legend\">");
    long anomalies = Arrays.stream(bins.anomalies()).sum();
    long normal = Arrays.stream(bins.normal()).sum();
    if (labelled) {
      key(out, "quiet", "↑ " + Figures.count(normal, "row") + " labelled normal");
      key(out, "hatch", "↓ " + Figures.count(anomalies, "row") + " labelled anomaly");
    } else {
      key(out, "quiet", Figures.count(normal - cut.flagged(), "row") + " not flagged");
      key(out, "hatch", Figures.count(cut.flagged()) + " flagged");
    }
    out.raw("</ul>");
  }

  private static void key(Markup out, String fill, String text) {
    out.raw("<li><svg class=\"key\" aria-hidden=\"true\"><rect width=\"14\" height=\"14\" rx=\"3\"")
        .raw(" class=\"" + fill + "\"/></svg>")
        .text(text)
        .raw("</li>");
  }

  private void caption(Markup out) {
    List<String> parts = new ArrayList<>();
    if (log || bins.axis().log()) {
      String what = log && bins.axis().log() ? "Scores and counts are" : "Counts are";
      parts.add(
          (log ? what : "Scores are")
              + " on a logarithmic scale: each labelled step is ten times the one before"
              + (log ? ", so that single rows can be seen" : "")
              + ".");
    }
    if (bins.below() > 0) {
      parts.add(
          "The leftmost bar also holds "
              + Figures.count(bins.below(), "row")
              + " with a lower score, down to zero.");
    }
    double at = bins.axis().at(cut.value());
    if (cut.value() == Double.POSITIVE_INFINITY) {
      parts.add("There is no threshold line: with this threshold no score is high enough.");
    } else if (!(at >= 0 && at <= 1)) {
      parts.add(
          "The threshold, %s, lies %s of everything shown."
              .formatted(Figures.number(cut.value()), at > 1 ? "right" : "left"));
    } else {
      parts.add("Rows right of the dashed line are flagged.");
    }
    out.raw("<p class=\"note\">").text(String.join(" ", parts)).raw("</p>");
  }

  private String description() {
    String rows = Figures.count(Arrays.stream(bins.normal()).sum(), "row");
    long anomalies = Arrays.stream(bins.anomalies()).sum();
    return "Bars count the rows by score. "
        + (labelled
            ? rows
                + " labelled normal point up, "
                + Figures.count(anomalies)
                + " labelled anomaly point down. "
            : rows + ". ")
        + Figures.count(cut.flagged(), "row")
        + " flagged; the threshold is "
        + (Double.isFinite(cut.value()) ? Figures.number(cut.value()) : "never reached")
        + ".";
  }

  private void band(Plot plot) {
    double at = bins.axis().at(cut.value());
    if (at >= 0 && at <= 1) {
      plot.rect("band", at, 0, 1 - at, HEIGHT);
    }
  }

  private void threshold(Plot plot) {
    double at = bins.axis().at(cut.value());
    if (at >= 0 && at <= 1) {
      plot.line("cut", at, -6, at, HEIGHT);
      plot.label(at, -12, at <= 0.5, "threshold " + Figures.number(cut.value()));
    }
  }

  private void bars(Plot plot) {
    for (int k = 0; k < bins.normal().length; k++) {
      long rows = bins.normal()[k];
      long anomalies = bins.anomalies()[k];
      if (rows + anomalies == 0) {
        continue;
      }
      double from = bins.edges().from(k);
      double width = bins.edges().to(k) - from;
      plot.group(title(k, rows, anomalies));
      plot.rect("hit", from, 0, width, HEIGHT);
      double height = px(rows);
      if (rows > 0) {
        boolean flagged = !labelled && k >= bins.edges().flagged();
        plot.rect(flagged ? "hatch" : "quiet", from, base - height, width * 0.88, height);
      }
      if (anomalies > 0) {
        plot.rect("hatch", from, base, width * 0.88, px(anomalies));
      }
      plot.endGroup();
    }
  }

  private String title(int k, long rows, long anomalies) {
    String range =
        "Score "
            + Figures.number(bins.axis().value(bins.edges().from(k)))
            + " to "
            + Figures.number(bins.axis().value(bins.edges().to(k)))
            + ": ";
    return labelled
        ? range + Figures.count(rows) + " normal, " + Figures.count(anomalies) + " anomalous"
        : range + Figures.count(rows, "row");
  }

  private double length(long count) {
    return log ? Math.log10(1.0 + count) : count;
  }

  /** The height of a bar; a bar of few rows among very many can still be seen. */
  private double px(long count) {
    return Math.max(1.5, HEIGHT * length(count) / (length(up) + length(down)));
  }

  private List<Plot.Mark> countMarks() {
    List<Plot.Mark> marks = new ArrayList<>();
    marks.add(new Plot.Mark(base, "0"));
    long step = log ? 1 : (long) Math.max(1, Axis.step((up + down) / 6.0));
    for (int side = 0; side < 2; side++) {
      double last = base;
      for (long n = step; n <= (side == 0 ? up : down); n = log ? n * 10 : n + step) {
        double y = side == 0 ? base - px(n) : base + px(n);
        if (Math.abs(y - last) >= TICK_GAP) {
          marks.add(new Plot.Mark(y, Figures.shortCount(n)));
          last = y;
        }
      }
    }
    return marks;
  }
}
