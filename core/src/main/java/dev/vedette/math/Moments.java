package dev.vedette.math;

/** Mean and spread of a column, by sums that do not lose digits to a large mean. */
public final class Moments {
  private Moments() {}

  /** The mean. */
  public static double mean(double[] values) {
    double shift = values[0];
    double sum = 0;
    for (double value : values) {
      sum += value - shift;
    }
    return shift + sum / values.length;
  }

  /**
   * The standard deviation with divisor n, as scikit-learn's scaler and NumPy have it; exactly 0
   * for a constant.
   */
  public static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
