package dev.vedette.report;

import dev.vedette.report.SeriesReport.Chart;
import dev.vedette.report.SeriesReport.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A series as a picture: value, expected value and band, flags and labels, panels below. */
final class SeriesChart {
  private static final int HEIGHT = 260;
  private static final int PANEL = 90;

  /** More flagged points are drawn as one mark per column. */
  private static final int MOST_DOTS = 400;

  private final Markup out;
  private final Chart chart;
  private final int number;
  private final int[] kept;

  /**
   * @param most how many points are drawn about
   */
  SeriesChart(Markup out, Chart chart, int number, int most) {
    this.out = out;
    this.chart = chart;
    this.number = number;
    boolean[] stay = chart.marks().flags().clone();
    for (int i = 0; i < chart.marks().labels().length; i++) {
      stay[i] |= chart.marks().labels()[i];
    }
    long marked = IntStream.range(0, stay.length).filter(i -> stay[i]).count();
    this.kept =
        Outline.thinned(chart.values(), marked > most ? new boolean[stay.length] : stay, most);
  }

  private double[] pick(double[] values) {
    return values.length == 0 ? values : Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
  }

  private double gap() {
    long step = Outline.step(chart.times());
    return Outline.gap(step, (double) chart.times().length / Math.max(1, kept.length));
  }

  private long[] times() {
    return Arrays.stream(kept).mapToLong(i -> chart.times()[i]).toArray();
  }

  void draw() {
    out.raw("<figure class=\"card series\" id=\"chart" + number + "\" data-chart=\"" + number);
    out.raw("\"><figcaption><h3>").data(chart.name(), 120).raw("</h3>");
    legend();
    out.raw("</figcaption>\n");
    if (!chart.note().isEmpty()) {
      out.raw("<p class=\"note\">").data(chart.note(), 400).raw("</p>\n");
    }
    controls();
    main();
    for (int k = 0; k < chart.panels().size(); k++) {
      panel(chart.panels().get(k), k);
    }
    if (kept.length < chart.times().length) {
      out.raw("<p class=\"note\">Drawn from " + Figures.count(kept.length) + " of ")
          .raw(Figures.count(chart.times().length, "point"))
          .raw(": the lowest and the highest of each few neighbours, and every flagged one.</p>\n");
    }
    out.raw("</figure>\n");
  }

  private void legend() {
    out.raw("<ul class=\"keys\"><li><i class=\"k value\"></i>value</li>");
    if (Arrays.stream(chart.band().expected()).anyMatch(e -> !Double.isNaN(e))) {
      out.raw("<li><i class=\"k expected\"></i>expected</li>");
    }
    if (chart.band().lower().length > 0) {
      out.raw("<li><i class=\"k band\"></i>").text(chart.band().name()).raw("</li>");
    }
    if (any(chart.marks().flags())) {
      out.raw("<li><i class=\"k flag\"></i>flagged</li>");
    }
    if (any(chart.marks().labels())) {
      out.raw("<li><i class=\"k label\"></i>labelled</li>");
    }
    out.raw("</ul>");
  }

  private static boolean any(boolean[] flags) {
    return IntStream.range(0, flags.length).anyMatch(i -> flags[i]);
  }

  private void controls() {
    out.raw("<p class=\"zoom needs\">");
    String[][] buttons = {
      {"all", "Whole"}, {"in", "Closer"}, {"out", "Wider"}, {"left", "Earlier"}, {"right", "Later"}
    };
    for (String[] button : buttons) {
      out.raw("<button type=\"button\" data-do=\"" + button[0] + "\">" + button[1] + "</button>");
    }
    if (any(chart.marks().flags())) {
      out.raw("<button type=\"button\" data-do=\"next\">Next flag</button>");
    }
    out.raw("</p>\n<output class=\"readout needs\" aria-live=\"polite\">")
        .raw("Drag over the chart to look closer, or focus it: arrows, + and −.</output>\n");
  }

  private void main() {
    double[] values = pick(chart.values());
    Axis axis = axis(values);
    out.raw("<div class=\"view\" tabindex=\"0\">");
    Plot plot = open(HEIGHT, axis, 5, chart.name(), description());
    var outline = new Outline(times(), gap(), axis, HEIGHT);
    marks(plot);
    nested(HEIGHT);
    if (chart.band().lower().length > 0) {
      path("fan", outline.area(pick(chart.band().lower()), pick(chart.band().upper())));
    }
    path("expected", outline.line(pick(chart.band().expected())));
    path("value", outline.line(values));
    out.raw("</svg>");
    dots(plot, axis, HEIGHT, chart.values());
    plot.close();
    out.raw("</div>\n");
  }

  private Plot open(int height, Axis axis, int ticks, String title, String description) {
    Plot plot = new Plot(out, height);
    plot.open(title, description);
    out.raw("<g class=\"ys\">");
    for (Axis.Tick tick : axis.ticks(ticks)) {
      plot.yMark(new Plot.Mark(height * (1 - tick.at()), tick.label()));
    }
    out.raw("</g><g class=\"xs\">");
    plot.xAxis(TimeAxis.of(chart.times()).ticks(8));
    out.raw("</g>");
    return plot;
  }

  private void nested(int height) {
    out.raw("<svg class=\"curves\" width=\"100%\" height=\"100%\" viewBox=\"0 0 ")
        .raw(Outline.COLUMNS + " " + height)
        .raw("\" preserveAspectRatio=\"none\">");
  }

  private void path(String kind, String path) {
    out.raw("<path class=\"" + kind + "\" d=\"" + path + "\"/>");
  }

  /** Stripes behind the curves where points are labelled. */
  private void marks(Plot plot) {
    boolean[] labels = chart.marks().labels();
    TimeAxis axis = TimeAxis.of(chart.times());
    double half = Outline.step(chart.times()) / 2.0 / Math.max(1, axis.to() - axis.from());
    out.raw("<g class=\"labels\">");
    for (int i = 0; i < labels.length; i++) {
      if (labels[i]) {
        int from = i;
        while (i + 1 < labels.length && labels[i + 1]) {
          i++;
        }
        double left = Math.max(0, axis.at(chart.times()[from]) - half);
        double right = Math.min(1, axis.at(chart.times()[i]) + half);
        plot.rect("truth", left, 0, Math.max(0.002, right - left), HEIGHT);
      }
    }
    out.raw("</g>");
  }

  private void dots(Plot plot, Axis axis, int height, double[] values) {
    TimeAxis across = TimeAxis.of(chart.times());
    boolean[] flags = chart.marks().flags();
    int flagged = (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
    int last = -1;
    out.raw("<g class=\"dots\">");
    for (int i = 0; i < flags.length; i++) {
      double value = values[i];
      int column = (int) (across.at(chart.times()[i]) * 250);
      if (flags[i] && !Double.isNaN(value) && (flagged <= MOST_DOTS || column != last)) {
        plot.dot(across.at(chart.times()[i]), height * (1 - axis.at(value)));
        last = column;
      }
    }
    out.raw("</g>");
  }

  /** All values, and of the band as much as leaves them half of the height. */
  private Axis axis(double[] values) {
    double[] sorted = sorted(values);
    double[] expected = sorted(chart.band().expected());
    double low = Math.min(first(sorted), first(expected));
    double high = Math.max(last(sorted), last(expected));
    if (!(low <= high)) {
      return new Axis(0, 1, false);
    }
    double width = high - low;
    double bandLow = first(sorted(chart.band().lower()));
    double bandHigh = last(sorted(chart.band().upper()));
    low = bandLow < low ? Math.max(bandLow, low - width / 2) : low;
    high = bandHigh > high ? Math.min(bandHigh, high + width / 2) : high;
    double margin = (high - low) * 0.05;
    if (margin == 0) {
      margin = Math.max(Math.abs(low) * 0.1, low == 0 ? 1 : Math.ulp(low) * 8);
    }
    return new Axis(low - margin, high + margin, false);
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
  }

  private static double first(double[] sorted) {
    return sorted.length == 0 ? Double.POSITIVE_INFINITY : sorted[0];
  }

  private static double last(double[] sorted) {
    return sorted.length == 0 ? Double.NEGATIVE_INFINITY : sorted[sorted.length - 1];
  }

  private void panel(Panel panel, int index) {
    double[] values = pick(panel.values());
    double[] sorted = sorted(values);
    if (sorted.length == 0) {
      return;
    }
    double width = last(sorted) - first(sorted);
    double margin = width == 0 ? Math.max(1, Math.abs(first(sorted)) * 0.1) : width * 0.06;
    Axis axis = new Axis(first(sorted) - margin, last(sorted) + margin, false);
    out.raw("<div class=\"panel\"><h4>").text(panel.name());
    out.raw("</h4><div class=\"view\" data-panel=\"" + index + "\">");
    Plot plot = open(PANEL, axis, 4, panel.name(), panel.name() + " of " + chart.name());
    nested(PANEL);
    path("value", new Outline(times(), gap(), axis, PANEL).line(values));
    out.raw("</svg>");
    if (panel.dotted()) {
      dots(plot, axis, PANEL, panel.values());
    }
    plot.close();
    out.raw("</div></div>\n");
  }

  private String description() {
    int flagged = 0;
    for (boolean flag : chart.marks().flags()) {
      flagged += flag ? 1 : 0;
    }
    return "%s over time, %s, %s of them flagged."
        .formatted(
            chart.name(), Figures.count(chart.times().length, "point"), Figures.count(flagged));
  }

  /** The points drawn as JSON, for the script. */
  void json() {
    out.raw("{\"step\":" + Outline.step(chart.times()) + ",\"gap\":" + Math.round(gap()));
    out.raw(",\"t\":[");
    long before = 0;
    for (int k = 0; k < kept.length; k++) {
      long time = chart.times()[kept[k]];
      out.raw((k == 0 ? "" : ",") + (time - before)); // differences are short
      before = time;
    }
    out.raw("],\"v\":");
    numbers(chart.values());
    out.raw(",\"e\":");
    numbers(chart.band().expected());
    if (chart.band().lower().length > 0) {
      out.raw(",\"l\":");
      numbers(chart.band().lower());
      out.raw(",\"u\":");
      numbers(chart.band().upper());
    }
    out.raw(",\"f\":");
    places(chart.marks().flags());
    out.raw(",\"g\":");
    places(chart.marks().labels());
    out.raw(",\"p\":[");
    for (int k = 0; k < chart.panels().size(); k++) {
      out.raw(k == 0 ? "" : ",");
      numbers(chart.panels().get(k).values());
    }
    out.raw("]}");
  }

  private void numbers(double[] values) {
    out.raw("[");
    for (int k = 0; k < kept.length; k++) {
      double value = values[kept[k]];
      out.raw(k == 0 ? "" : ",");
      out.raw(Double.isFinite(value) ? short7(value) : "null");
    }
    out.raw("]");
  }

  /** Seven digits are more than can be seen. */
  private static String short7(double value) {
    return dev.vedette.data.Numbers.text(value, 7);
  }

  private void places(boolean[] marks) {
    List<String> places =
        IntStream.range(0, kept.length)
            .filter(k -> marks.length > 0 && marks[kept[k]])
            .mapToObj(Integer::toString)
            .toList();
    out.raw("[" + String.join(",", places) + "]");
  }
}
