package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/** One side of {@link Spot}: the values that calibrate, then the peaks over their quantile. */
final class PeakTail {
  /** So many refused values in a row are a new normal. */
  static final int TOLERATED = 50;

  private static final int LEAST_KNOWN = 20;
  private static final int LEAST_PEAKS = 5;
  private static final double STEEPEST = 0.9;
  private static final double RAREST = 30;

  private final Spot detector;
  private final double[] values;
  private final double[] peaks;
  private double total;
  private double over;
  private double threshold;
  private double shape;
  private double scale;

  /**
   * What was learned.
   *
   * @param values the calibrating ones; empty when they were complete
   * @param peaks the latest excesses over the threshold; peak i at i modulo their largest number
   * @param total how many values there were
   * @param over how many of them were peaks
   * @param threshold of the peaks, once calibrated
   */
  record State(double[] values, double[] peaks, double total, double over, double threshold) {
    static final State NONE = new State(new double[0], new double[0], 0, 0, 0);

    State {
      Require.finite("a value", values);
      Require.finite("a peak", peaks);
      Require.that(over >= 0 && total >= over && total <= 1e15, "a count is damaged");
      Require.finite("a threshold", new double[] {threshold});
    }
  }

  PeakTail(State state, Spot detector) {
    this.detector = detector;
    Require.range("values", state.values.length, 0, detector.calibration());
    Require.range("peaks", state.peaks.length, 0, detector.peaks());
    values = Arrays.copyOf(state.values, detector.calibration());
    peaks = Arrays.copyOf(state.peaks, detector.peaks());
    total = state.total;
    over = state.over;
    threshold = state.threshold;
    if (calibrated()) {
      fit();
    } else {
      collect();
    }
  }

  private boolean calibrated() {
    return total >= detector.calibration();
  }

  State snapshot() {
    return new State(
        calibrated() ? new double[0] : Arrays.copyOf(values, (int) total),
        calibrated() ? Arrays.copyOf(peaks, (int) Math.min(over, peaks.length)) : new double[0],
        total,
        calibrated() ? over : 0,
        calibrated() ? threshold : 0);
  }

  long bytes() {
    return (long) (values.length + peaks.length) * Double.BYTES + 64;
  }

  /** −log₁₀ P(X ≥ value) for values over the threshold of the peaks; 0 for others. */
  double surprise(double value) {
    if (total < LEAST_KNOWN || value <= threshold) {
      return 0;
    }
    if (over == 0) {
      return Math.log10(total + 1);
    }
    double excess = (value - threshold) / scale;
    double log = shape < 1e-6 ? excess : Math.log1p(shape * excess) / shape;
    double surprise = Math.max(0, log / Math.log(10) - Math.log10(over / total));
    return surprise <= RAREST
        ? surprise
        : RAREST + Math.log10(1 + (Math.min(Double.MAX_VALUE, surprise) - RAREST));
  }

  void learn(double value) {
    if (!calibrated()) {
      values[(int) total] = value;
      total++;
      collect();
      return;
    }
    total++;
    if (value > threshold) {
      peaks[(int) (over % peaks.length)] = value - threshold;
      over++;
      fit();
    }
  }

  /** While values are collected, threshold and peaks are those of the values there are. */
  private void collect() {
    if (total < LEAST_KNOWN) {
      return;
    }
    double[] sorted = Arrays.copyOf(values, (int) total);
    Arrays.sort(sorted);
    int wanted = Math.max(LEAST_PEAKS, (int) (detector.share() * total));
    threshold = sorted[sorted.length - 1 - Math.min(wanted, peaks.length)];
    over = 0;
    for (double each : sorted) {
      if (each > threshold) {
        peaks[(int) over] = each - threshold;
        over++;
      }
    }
    fit();
  }

  /** By probability-weighted moments, from the sorted peaks. */
  private void fit() {
    int count = (int) Math.min(over, peaks.length);
    if (count == 0) {
      return;
    }
    double[] sorted = Arrays.copyOf(peaks, count);
    Arrays.sort(sorted);
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < count; i++) {
      mean += sorted[i];
      weighted += sorted[i] * (1 - (i + 1 - 0.35) / count);
    }
    mean /= count;
    weighted /= count;
    double denominator = mean - 2 * weighted;
    double raw = denominator > 0 ? 2 - mean / denominator : 0;
    shape = Math.clamp(raw, 0, STEEPEST);
    scale = Math.max(mean * (1 - shape), 1e-9 * Math.abs(threshold) + 1e-300);
  }
}
