package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What stands in for missing values. Values before the first or after the last known are held. */
public sealed interface Imputation {
  /**
   * A copy of {@code values}, in which NaN is missing, with values in its place; as of points at
   * equal distances.
   */
  double[] fill(double[] values);

  /**
   * As {@link #fill(double[])}, for points at {@code times} in milliseconds. {@link Linear} weighs
   * by them, and {@link Periodic} without a period takes its own from them; the others count
   * points.
   */
  default double[] fill(long[] times, double[] values) {
    return fill(values);
  }

  /** As {@link #parse} reads it: {@code linear}, {@code periodic=24}, {@code fixed=3}. */
  default String text() {
    return ImputationText.text(this);
  }

  /**
   * Reads {@code previous}, {@code linear}, {@code periodic}, {@code periodic=24}, {@code spline},
   * {@code zero}, {@code fixed=3} or {@code none}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  static Imputation parse(String text) {
    return ImputationText.parse(text);
  }

  /** Missing stays missing. */
  record None() implements Imputation {
    @Override
    public double[] fill(double[] values) {
      return values.clone();
    }
  }

  /** The last known value. */
  record Previous() implements Imputation {
    @Override
    public double[] fill(double[] values) {
      double[] filled = values.clone();
      for (int i = 1; i < filled.length; i++) {
        filled[i] = Double.isNaN(filled[i]) ? filled[i - 1] : filled[i];
      }
      for (int i = filled.length - 2; i >= 0; i--) {
        filled[i] = Double.isNaN(filled[i]) ? filled[i + 1] : filled[i];
      }
      return filled;
    }
  }

  /** A line between the known values on both sides. */
  record Linear() implements Imputation {
    @Override
    public double[] fill(double[] values) {
      return fill(LongStream.range(0, values.length).toArray(), values);
    }

    @Override
    public double[] fill(long[] times, double[] values) {
      double[] filled = values.clone();
      int known = -1;
      for (int i = 0; i < filled.length; i++) {
        if (!Double.isNaN(values[i])) {
          for (int j = known + 1; known >= 0 && j < i; j++) {
            double whole = (double) times[i] - times[known];
            double weight = (times[j] - times[known]) / whole;
            filled[j] = values[known] * (1 - weight) + values[i] * weight;
          }
          known = i;
        }
      }
      return new Previous().fill(filled);
    }
  }

  /**
   * A cubic curve through the known values that never leaves the range of its two neighbours
   * (Fritsch and Butland 1984, doi:10.1137/0905021).
   */
  record Spline() implements Imputation {
    @Override
    public double[] fill(double[] values) {
      int[] at = new int[values.length];
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        if (!Double.isNaN(values[i])) {
          at[count++] = i;
        }
      }
      double[] filled = values.clone();
      for (int k = 0; k + 1 < count; k++) {
        if (at[k + 1] > at[k] + 1) {
          bridge(filled, values, at, count, k);
        }
      }
      return new Previous().fill(filled);
    }

    private static void bridge(double[] filled, double[] values, int[] at, int count, int k) {
      double width = at[k + 1] - at[k];
      double from = values[at[k]];
      double to = values[at[k + 1]];
      double out = slope(values, at, count, k) * width;
      double in = slope(values, at, count, k + 1) * width;
      for (int i = at[k] + 1; i < at[k + 1]; i++) {
        double t = (i - at[k]) / width;
        double s = 1 - t;
        filled[i] =
            from * s * s * (1 + 2 * t)
                + to * t * t * (3 - 2 * t)
                + out * t * s * s
                - in * t * t * s;
      }
    }

    /** The slope at a known value: a harmonic mean of both sides, 0 where it turns. */
    private static double slope(double[] values, int[] at, int count, int k) {
      if (k == 0 || k == count - 1) {
        int j = Math.min(k, count - 2);
        return (values[at[j + 1]] - values[at[j]]) / (at[j + 1] - at[j]);
      }
      double before = (values[at[k]] - values[at[k - 1]]) / (at[k] - at[k - 1]);
      double after = (values[at[k + 1]] - values[at[k]]) / (at[k + 1] - at[k]);
      if (!(before * after > 0)) {
        return 0;
      }
      double weight = (1 + (double) (at[k + 1] - at[k]) / (at[k + 1] - at[k - 1])) / 3;
      return before * after / (weight * after + (1 - weight) * before);
    }
  }

  /**
   * The weighted mean of the values up to three periods before and after, where there are some;
   * what is missing then lies on a line.
   *
   * @param period in points, from 2 to half of all points; 0 for the shortest of a day, a week and
   *     a year that the times divide into two points or more, which must be fewer than there are
   */
  record Periodic(int period) implements Imputation {
    private static final double[] WEIGHTS = {0.6, 0.3, 0.1};
    private static final long DAY = 86_400_000;

    public Periodic {
      if (period != 0) {
        Require.range("period", period, 2, 1_000_000);
      }
    }

    /** By the day, the week or the year. */
    public Periodic() {
      this(0);
    }

    @Override
    public double[] fill(long[] times, double[] values) {
      if (period > 0) {
        return fill(values);
      }
      long step = Series.step(times);
      if (step == 0) {
        return new Previous().fill(values);
      }
      int points = points(step);
      if (points >= values.length) {
        throw tooLong("a day, week or year of " + points, values.length);
      }
      return new Periodic(points).repeat(values);
    }

    /** How many points of such a distance the shortest of day, week and year has. */
    private static int points(long step) {
      for (long cycle : new long[] {DAY, 7 * DAY}) {
        long points = Math.round((double) cycle / step);
        if (points >= 2 && Math.abs(cycle - points * step) <= cycle / 100) {
          return (int) points;
        }
      }
      long year = Math.round(365.2425 * DAY / step);
      if (year >= 2 && step > 3 * DAY) {
        return (int) year;
      }
      throw new DataException(
          "points %s apart have no same time of a day, week or year; give the period in points, such as periodic=24"
              .formatted(Moments.span(step)));
    }

    @Override
    public double[] fill(double[] values) {
      Require.that(period > 0, "a period is needed where there are no times");
      if (2L * period > values.length) {
        throw tooLong("a period of " + period, values.length);
      }
      return repeat(values);
    }

    private static DataException tooLong(String period, int points) {
      return new DataException(
          "%s points is too long to fill a series of %s; take %sanother way to fill, such as linear"
              .formatted(
                  period, points, points < 4 ? "" : "a period of at most " + points / 2 + " or "));
    }

    private double[] repeat(double[] values) {
      double[] filled = values.clone();
      for (int i = 0; i < values.length; i++) {
        if (Double.isNaN(values[i])) {
          filled[i] = around(values, i);
        }
      }
      return new Linear().fill(filled);
    }

    private double around(double[] values, int i) {
      double sum = 0;
      double weights = 0;
      for (int k = 1; k <= WEIGHTS.length; k++) {
        for (long at : new long[] {i - (long) k * period, i + (long) k * period}) {
          if (at >= 0 && at < values.length && !Double.isNaN(values[(int) at])) {
            sum += WEIGHTS[k - 1] * values[(int) at];
            weights += WEIGHTS[k - 1];
          }
        }
      }
      return weights > 0 ? sum / weights : Double.NaN;
    }
  }

  /** Always the same value, such as 0. */
  record Constant(double value) implements Imputation {
    public Constant {
      Require.that(Double.isFinite(value), "the value must be a finite number, is " + value);
    }

    /** Zero. */
    public Constant() {
      this(0);
    }

    @Override
    public double[] fill(double[] values) {
      return Arrays.stream(values).map(x -> Double.isNaN(x) ? value : x).toArray();
    }
  }
}
