package dev.vedette.math;

import dev.vedette.data.Matrix;
import java.util.Arrays;

/** Order statistics; missing values (NaN) are left out. */
public final class Quantiles {
  /** A median of a billion values takes about as many. */
  private static final int MOST_ROUNDS = 64;

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
    double[] some = values.clone();
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        some[count++] = value + 0.0; // no −0, which is below 0 where values are sorted
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    int below = (count - 1) / 2;
    double lower = select(some, count, below);
    if (count % 2 == 1) {
      return lower;
    }
    double upper = Double.POSITIVE_INFINITY;
    for (int i = below + 1; i < count; i++) {
      upper = Math.min(upper, some[i]);
    }
    return of(new double[] {lower, upper}, 0.5);
  }

  /**
   * The value that has {@code k} others before it in ascending order; afterwards none before index
   * {@code k} is larger and none after it smaller (Hoare 1961, doi:10.1145/366622.366647). Values
   * in an unlucky order are sorted after a while, so it is never quadratic.
   */
  private static double select(double[] values, int count, int k) {
    int from = 0;
    int to = count - 1;
    for (int round = 0; from < to; round++) {
      if (round == MOST_ROUNDS) {
        Arrays.sort(values, from, to + 1);
        return values[k];
      }
      double pivot = middle(values[from], values[(from + to) >>> 1], values[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (k <= j) {
        to = j;
      } else if (k >= i) {
        from = i;
      } else {
        return values[k];
      }
    }
    return values[k];
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
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
