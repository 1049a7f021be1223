package dev.vedette.evaluate;

import dev.vedette.Require;
import java.util.Arrays;
import java.util.Locale;

/**
 * A measured value and the interval that holds 95 % of its bootstrap resamples.
 *
 * @param value the value on the rows as they are
 * @param low the 2.5 % quantile over the resamples; NaN where none were drawn
 * @param high the 97.5 % quantile over the resamples; NaN where none were drawn
 */
public record Estimate(double value, double low, double high) {
  public Estimate {
    Require.that(!Double.isNaN(value), "an estimate needs a value, is NaN");
    Require.that(
        Double.isNaN(low) == Double.isNaN(high) && !(low > high),
        "the interval from " + low + " to " + high + " is none");
  }

  static Estimate of(double value, double[] resampled) {
    if (resampled.length == 0) {
      return new Estimate(value, Double.NaN, Double.NaN);
    }
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    return new Estimate(value, quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  /** Linear between order statistics (definition 7 of Hyndman and Fan, doi:10.2307/2684934). */
  private static double quantile(double[] sorted, double level) {
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Such as {@code 0.9512 (0.9480 to 0.9544)}. */
  @Override
  public String toString() {
    return Double.isNaN(low)
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.4f   (%.4f to %.4f)", value, low, high);
  }
}
