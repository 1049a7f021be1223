package dev.vedette.series;

import dev.vedette.math.Quantiles;

/** A series laid over itself by a period: the usual value of each phase, and how much repeats. */
final class Fold {
  /** Periods shorter than this that are not whole are folded in half points. */
  private static final int FINE_BELOW = 50;

  private static final int LEAST_CYCLES_FINE = 12;

  private final double period;
  private final int phases;

  Fold(double period, int points) {
    this.period = period;
    int whole = (int) Math.max(2, Math.rint(period));
    boolean fine = period != whole && period < FINE_BELOW && points / whole >= LEAST_CYCLES_FINE;
    phases = fine ? 2 * whole : whole;
  }

  int phase(long point) {
    return phase(point, period, phases);
  }

  /** The phase of a point, of {@code phases} in a period. */
  static int phase(long point, double period, int phases) {
    double cycles = point / period;
    return Math.min((int) ((cycles - Math.floor(cycles) + 1e-9) * phases), phases - 1);
  }

  /**
   * The share of the variance that the other cycles tell of each value: 1 − Σ (x − mean of the
   * others in its phase)² / Σ x². Around 0 or below where nothing repeats.
   */
  double repeats(double[] values) {
    int[] count = new int[phases];
    double[] mean = new double[phases];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        int phase = phase(i);
        mean[phase] += values[i];
        count[phase]++;
      }
    }
    for (int j = 0; j < phases; j++) {
      mean[j] /= Math.max(1, count[j]);
    }
    double left = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      int phase = phase(i);
      if (!Double.isNaN(values[i]) && count[phase] > 1) {
        double off = (values[i] - mean[phase]) * count[phase] / (count[phase] - 1.0);
        left += off * off;
        all += values[i] * values[i];
      }
    }
    return all > 0 ? 1 - left / all : 0;
  }

  /**
   * The usual value of each phase: the mean of its values, those far from their median drawn in.
   */
  double[] usual(double[] values) {
    double[][] cycles = cycles(values);
    double[] usual = new double[phases];
    for (int j = 0; j < phases; j++) {
      double median = Quantiles.median(cycles[j]);
      usual[j] = Double.isNaN(median) ? 0 : median;
    }
    double[] off = new double[values.length];
    for (int i = 0; i < off.length; i++) {
      off[i] = Math.abs(values[i] - usual[phase(i)]);
    }
    double most = 3 * 1.482602218505602 * Quantiles.median(off);
    for (int j = 0; j < phases; j++) {
      double sum = 0;
      for (double value : cycles[j]) {
        sum += Math.clamp(value - usual[j], -most, most);
      }
      usual[j] += sum / Math.max(1, cycles[j].length);
    }
    return usual;
  }

  /** The values of each phase, NaN left out. */
  private double[][] cycles(double[] values) {
    int[] count = new int[phases];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        count[phase(i)]++;
      }
    }
    double[][] cycles = new double[phases][];
    for (int j = 0; j < phases; j++) {
      cycles[j] = new double[count[j]];
    }
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Double.isNaN(values[i])) {
        int phase = phase(i);
        cycles[phase][--count[phase]] = values[i];
      }
    }
    return cycles;
  }

  /** {@code values} without what is usual in their phases. */
  double[] without(double[] values) {
    double[] usual = usual(values);
    double[] rest = new double[values.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = values[i] - usual[phase(i)];
    }
    return rest;
  }

  /**
   * The median of all values whose phase is at most half a window away, the last next to the first.
   */
  double[] pooled(double[] values, int window) {
    double[][] cycles = cycles(values);
    int half = Math.min(window, phases - 1) / 2;
    int most = 0;
    for (double[] cycle : cycles) {
      most = Math.max(most, cycle.length);
    }
    var near = new SortedWindow((2 * half + 2) * most);
    for (int j = -half; j < half; j++) {
      near.addAll(cycles[Math.floorMod(j, phases)]);
    }
    double[] pooled = new double[phases];
    for (int j = 0; j < phases; j++) {
      near.addAll(cycles[(j + half) % phases]);
      double median = near.medianWithout(Double.NaN);
      pooled[j] = Double.isNaN(median) ? 0 : median;
      near.removeAll(cycles[Math.floorMod(j - half, phases)]);
    }
    return pooled;
  }
}
