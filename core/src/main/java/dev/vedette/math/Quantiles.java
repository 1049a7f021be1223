package dev.vedette.math;

import dev.vedette.data.Matrix;
import java.util.Arrays;

/** Order statistics; missing values (NaN) are left out. */
public final class Quantiles {
  private Quantiles() {}

  /** The values that are not NaN, in ascending order, as a new array. */
  public static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted); // NaN goes last
    int present = sorted.length;
    while (present > 0 && Double.isNaN(sorted[present - 1])) {
      present--;
    }
    return present == sorted.length ? sorted : Arrays.copyOf(sorted, present);
  }

  /**
   * The quantile of ascending values by linear interpolation between order statistics (type 7 of
   * Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566).
   *
   * @param level from 0 (smallest) to 1 (largest)
   * @return NaN when there are no values
   */
  public static double of(double[] sorted, double level) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = level * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    double weight = position - below;
    double step = sorted[above] - sorted[below];
    return Double.isInfinite(step)
        ? sorted[below] * (1 - weight) + sorted[above] * weight
        : Math.min(sorted[above], sorted[below] + step * weight); // never falls as the level rises
  }

  /** The median of {@code values}; NaN when there are none. */
  public static double median(double[] values) {
    return of(sorted(values), 0.5);
  }

  /**
   * The median of each column, from at most {@code most} rows spread evenly over the matrix; NaN
   * for a column without values.
   */
  public static double[] medians(Matrix matrix, int most) {
    int step = Math.max(1, (matrix.rows() + most - 1) / most);
    int size = (matrix.rows() + step - 1) / step;
    double[] medians = new double[matrix.columns()];
    for (int j = 0; j < medians.length; j++) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = matrix.get(i * step, j);
      }
      medians[j] = median(values);
    }
    return medians;
  }
}
