package dev.vedette.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A chart that fits any width: across, everything is placed in parts of the width, from 0 to 1;
 * down, in pixels from the top. Text keeps its size.
 */
final class Plot {
  /** A labelled line across the chart. */
  record Mark(double y, String label) {}

  private final Markup out;
  private final int height;

  Plot(Markup out, int height) {
    this.out = out;
    this.height = height;
  }

  void open(String title, String description) {
    out.raw("<svg class=\"plot\" role=\"img\" height=\"" + height + "\">");
    out.raw("<title>").text(title).raw("</title><desc>").text(description).raw("</desc>");
  }

  void close() {
    out.raw("</svg>\n");
  }

  /** Opens a group whose parts show {@code title} when pointed at. */
  void group(String title) {
    out.raw("<g><title>").text(title).raw("</title>");
  }

  void endGroup() {
    out.raw("</g>\n");
  }

  /** Ticks below the chart; every second one of many is left out where there is little room. */
  void xAxis(List<Axis.Tick> ticks) {
    for (int k = 0; k < ticks.size(); k++) {
      Axis.Tick tick = ticks.get(k);
      String minor = ticks.size() > 5 && k % 2 == 1 ? " minor" : "";
      line("tick" + minor, tick.at(), height, tick.at(), height + 5);
      String anchor =
          ticks.size() > 2 || tick.label().length() < 8 ? "mid" : k == 0 ? "start" : "end";
      text("tl " + anchor + minor, percent(tick.at()), height + 19, tick.label());
    }
    line("base", 0, height, 1, height);
  }

  void yMark(Mark mark) {
    line("grid", 0, mark.y(), 1, mark.y());
    text("tl end", "-8", mark.y() + 4, mark.label());
  }

  /** Text beside a place, towards the right or the left. */
  void label(double x, double y, boolean towardsRight, String text) {
    text("lb " + (towardsRight ? "start" : "end"), percent(x), y, text);
  }

  void rect(String kind, double x, double y, double width, double high) {
    out.raw("<rect class=\"" + kind + "\" x=\"" + percent(x) + "\" y=\"" + px(y))
        .raw("\" width=\"" + percent(width) + "\" height=\"" + px(high) + "\"/>");
  }

  void line(String kind, double x1, double y1, double x2, double y2) {
    out.raw("<line class=\"" + kind + "\" x1=\"" + percent(x1) + "\" y1=\"" + px(y1))
        .raw("\" x2=\"" + percent(x2) + "\" y2=\"" + px(y2) + "\"/>");
  }

  void dot(double x, double y) {
    out.raw("<circle class=\"dot\" r=\"5.5\" cx=\"" + percent(x) + "\" cy=\"" + px(y) + "\"/>");
  }

  private void text(String kind, String x, double y, String text) {
    out.raw("<text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + px(y) + "\">")
        .text(text)
        .raw("</text>");
  }

  static String percent(double fraction) {
    return round(fraction * 100, 2) + "%";
  }

  private static String px(double value) {
    return round(value, 1);
  }

  private static String round(double value, int decimals) {
    BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
