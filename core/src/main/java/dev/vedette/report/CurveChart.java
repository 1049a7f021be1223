package dev.vedette.report;

import dev.vedette.evaluate.Confusion;
import dev.vedette.report.Report.Curve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A curve in the unit square, such as ROC, with the place of the threshold on it. */
final class CurveChart {
  private static final int HEIGHT = 260;

  /** The curve is drawn on this many steps each way; finer cannot be seen. */
  private static final int GRID = 600;

  /**
   * What the chart is called and what its axes say.
   *
   * @param area the name of the area under the curve
   */
  record Texts(String title, String x, String y, String area, String meaning) {}

  /** A place in the unit square. */
  record Point(double x, double y) {}

  private static final Texts ROC =
      new Texts(
          "ROC curve",
          "share of normal rows flagged by mistake →",
          "↑ share of anomalies found",
          "ROC AUC",
          "The closer the curve hugs the top left corner, the better; the dashed line is guessing.");
  private static final Texts PRECISION_RECALL =
      new Texts(
          "Precision and recall",
          "share of anomalies found (recall) →",
          "↑ share of flags that are right (precision)",
          "Average precision",
          "The closer the curve stays to the top, the fewer false alarms each find costs.");

  private final Texts texts;
  private final Curve curve;
  private final @Nullable Point threshold;

  private CurveChart(Texts texts, Curve curve, @Nullable Point threshold) {
    this.texts = texts;
    this.curve = curve;
    this.threshold = threshold;
  }

  static CurveChart roc(Curve curve, @Nullable Confusion at) {
    return new CurveChart(
        ROC, curve, at == null ? null : point(share(at.fp(), at.tn()), share(at.tp(), at.fn())));
  }

  static CurveChart precisionRecall(Curve curve, @Nullable Confusion at) {
    return new CurveChart(
        PRECISION_RECALL,
        curve,
        at == null ? null : point(share(at.tp(), at.fn()), share(at.tp(), at.fp())));
  }

  private static double share(long part, long rest) {
    return (double) part / (part + rest);
  }

  private static @Nullable Point point(double x, double y) {
    return Double.isNaN(x) || Double.isNaN(y) ? null : new Point(x, y);
  }

  void draw(Markup out) {
    String area = texts.area() + " " + Figures.number(curve.area());
    out.raw("<figure class=\"card\"><figcaption><h3>").text(texts.title()).raw("</h3>");
    out.raw("<span class=\"area\">").text(area).raw("</span></figcaption>");
    out.raw("<p class=\"axis y\">").text(texts.y()).raw("</p>");
    Plot plot = new Plot(out, HEIGHT);
    plot.open(texts.title(), description(area));
    for (int quarter = 0; quarter <= 4; quarter++) {
      plot.yMark(new Plot.Mark(HEIGHT * (1 - quarter / 4.0), quarter * 25 + " %"));
    }
    plot.xAxis(
        List.of(0, 25, 50, 75, 100).stream()
            .map(percent -> new Axis.Tick(percent / 100.0, percent + " %"))
            .toList());
    if (texts.equals(ROC)) {
      plot.line("guess", 0, HEIGHT, 1, 0);
    }
    path(out);
    if (threshold != null) {
      mark(plot, threshold);
    }
    plot.close();
    out.raw("<p class=\"axis\">").text(texts.x()).raw("</p>");
    out.raw("<p class=\"note\">").text(texts.meaning()).raw("</p></figure>\n");
  }

  private static void mark(Plot plot, Point at) {
    double y = HEIGHT * (1 - at.y());
    plot.dot(at.x(), y);
    boolean right = at.x() <= 0.5;
    double aside = right ? 0.025 : -0.025;
    plot.label(at.x() + aside, y < 30 ? y + 20 : y - 10, right, "threshold");
  }

  private String description(String area) {
    return texts.meaning()
        + " "
        + area
        + "."
        + (threshold == null
            ? ""
            : " The threshold stands at %s across and %s up."
                .formatted(Figures.percent(threshold.x()), Figures.percent(threshold.y())));
  }

  private void path(Markup out) {
    out.raw("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 " + GRID + " " + GRID + "\"")
        .raw(" preserveAspectRatio=\"none\"><path class=\"curve\" d=\"")
        .raw(steps(curve.x(), curve.y()))
        .raw("\"/></svg>");
  }

  /** The curve on the grid; of many points in one grid column the ends and extremes remain. */
  static String steps(double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    int[] last = {-1, -1};
    for (int from = 0; from < x.length; ) {
      int column = grid(x[from]);
      int to = from;
      int low = from;
      int high = from;
      while (to < x.length && grid(x[to]) == column) {
        low = y[to] < y[low] ? to : low;
        high = y[to] > y[high] ? to : high;
        to++;
      }
      int[] kept = {from, Math.min(low, high), Math.max(low, high), to - 1};
      for (int point : kept) {
        step(path, last, column, GRID - grid(y[point]));
      }
      from = to;
    }
    return path.toString();
  }

  private static void step(StringBuilder path, int[] last, int x, int y) {
    if (x != last[0] || y != last[1]) {
      path.append(path.isEmpty() ? 'M' : 'L').append(x).append(' ').append(y);
      last[0] = x;
      last[1] = y;
    }
  }

  private static int grid(double share) {
    return (int) Math.rint(share * GRID);
  }
}
