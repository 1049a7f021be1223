package dev.vedette.report;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scores counted in bars of equal width on the axis. One edge lies on the threshold, so that every
 * bar is flagged as a whole or not at all; a score on an edge belongs to the bar left of it.
 *
 * @param edges where the bars start and end
 * @param normal rows per bar; all rows where nothing is known of labels
 * @param anomalies rows per bar that are labelled anomalies
 * @param below how many rows of the first bar lie left of the axis
 */
record Bins(Axis axis, Edges edges, long[] normal, long[] anomalies, long below) {
  private static final int BARS = 60;

  /** How far the greatest score must lie above the median for a logarithmic axis. */
  private static final double SKEWED = 30;

  static Bins of(Report.Scores scores, double cut) {
    double[] values = scores.values();
    Axis axis = axis(values, cut);
    Edges edges = Edges.of(axis.at(cut));
    long[][] counts = new long[2][BARS];
    long below = 0;
    boolean @Nullable [] labels = scores.labels();
    for (int i = 0; i < values.length; i++) {
      boolean left = axis.log() && values[i] < axis.low();
      counts[labels != null && labels[i] ? 1 : 0][left ? 0 : edges.bar(axis.at(values[i]))]++;
      below += left ? 1 : 0;
    }
    return new Bins(axis, edges, counts[0], counts[1], below);
  }

  /**
   * Where bars start and end, from 0 to 1 along the axis.
   *
   * @param phase where the first bar starts, in bars
   * @param flagged the first bar right of the threshold
   */
  record Edges(double phase, int flagged) {
    static Edges of(double cut) {
      if (cut >= 0 && cut <= 1) {
        int whole = (int) Math.floor(cut * BARS);
        return new Edges(cut * BARS - whole, whole);
      }
      return new Edges(0, cut < 0 || Double.isNaN(cut) ? 0 : BARS);
    }

    int bar(double at) {
      return (int) Math.clamp(Math.ceil(at * BARS - phase) - 1, 0, BARS - 1);
    }

    double from(int bar) {
      return (bar + phase) / BARS;
    }

    double to(int bar) {
      return Math.min((bar + 1 + phase) / BARS, 1);
    }
  }

  /** The greatest count of a bar. */
  long most() {
    return Math.max(
        Arrays.stream(normal).max().orElse(0), Arrays.stream(anomalies).max().orElse(0));
  }

  private static Axis axis(double[] values, double cut) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return new Axis(0, 1, false);
    }
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double median = sorted[sorted.length / 2];
    if (low >= 0 && high > 0 && high / SKEWED >= median) {
      return logarithmic(sorted, median, cut);
    }
    double reach = high / 2 - low / 2;
    boolean near = cut >= low - reach && cut <= high + reach;
    if (Double.isFinite(cut) && (near || low == high)) {
      low = Math.min(low, cut);
      high = Math.max(high, cut);
    }
    double margin = (high / 2 - low / 2) * 0.04;
    if (margin == 0) {
      margin = Math.max(Math.abs(low) * 0.1, low == 0 ? 1 : Math.ulp(low) * 8);
    }
    return new Axis(
        Math.max(low - margin, -Double.MAX_VALUE),
        Math.min(high + margin, Double.MAX_VALUE),
        false);
  }

  private static Axis logarithmic(double[] sorted, double median, double cut) {
    double high = sorted[sorted.length - 1];
    double least = Arrays.stream(sorted).filter(value -> value > 0).findFirst().orElse(high);
    double floor = median > 0 ? median / 1000 : high / 1e6;
    double low = Math.max(Math.max(least, floor), Double.MIN_NORMAL);
    if (cut > 0 && cut <= high * 10) {
      low = Math.min(low, Math.max(cut, low / 10));
      high = Math.max(high, cut);
    }
    if (low >= high) {
      low = high / 10;
    }
    double stretch = Math.pow(high / low, 0.03);
    return new Axis(low / stretch, Math.min(high * stretch, Double.MAX_VALUE), true);
  }
}
