package dev.vedette.series;

import dev.vedette.math.Quantiles;
import java.util.Arrays;

/** How far values usually are from 0, unmoved by outliers. */
final class Spread {
  private static final double OF_MEDIAN = 1.482602218505602;
  private static final double OF_MEAN = 1.2533141373155001;

  /** A median below so much of the mean is that of rounding. */
  private static final double LEAST = 1e-9;

  private Spread() {}

  /**
   * 1.4826 times the median size, or, where that is 0 as most are, 1.2533 times the mean size: a
   * standard deviation of normal values. 0 when all are; NaN is left out.
   */
  static double of(double[] values) {
    double[] sizes = new double[values.length];
    int count = 0;
    double sum = 0;
    for (double value : values) {
      double size = Math.abs(value);
      sizes[count] = size;
      if (!Double.isNaN(size)) {
        count++;
        sum += size;
      }
    }
    if (count == 0) {
      return 0;
    }
    double median = Quantiles.median(Arrays.copyOf(sizes, count));
    double mean = sum / count;
    return median > LEAST * mean ? OF_MEDIAN * median : OF_MEAN * mean;
  }

  /** As {@link #of}, of sizes in order. */
  static double of(SortedWindow sizes) {
    double median = sizes.medianWithout(Double.NaN);
    if (median > LEAST * sizes.largest()) { // no mean is larger
      return OF_MEDIAN * median;
    }
    double mean = sizes.meanWithout(Double.NaN);
    return Double.isNaN(mean) ? 0 : median > LEAST * mean ? OF_MEDIAN * median : OF_MEAN * mean;
  }

  /** As {@link #of}, around the median. */
  static double around(double[] values) {
    return around(values, Quantiles.median(values));
  }

  /** As {@link #of}, around {@code center}. */
  static double around(double[] values, double center) {
    double[] off = new double[values.length];
    Arrays.setAll(off, i -> values[i] - center);
    return of(off);
  }
}
