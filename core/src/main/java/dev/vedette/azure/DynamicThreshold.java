package dev.vedette.azure;

import dev.vedette.math.Quantiles;

/** A series without a season: what is far from the middle is anomalous, expected is its trend. */
final class DynamicThreshold {
  private DynamicThreshold() {}

  static Judgement judge(double[] values, double ratio, Tuning tuning) {
    var budget = new Budget(values.length, ratio);
    budget.addExtreme(values, tuning.alpha());
    budget.addBeyond(values, 3, Quantiles.median(values));
    return judged(values, budget);
  }

  /** For the sake of the last point, by its distance alone. */
  static Judgement judgeLast(double[] values, double ratio) {
    var budget = new Budget(values.length, ratio);
    budget.addBeyond(values, 3, Quantiles.median(values));
    return judged(values, budget);
  }

  private static Judgement judged(double[] values, Budget budget) {
    boolean[] anomaly = budget.anomaly();
    boolean none = budget.empty();
    double[] trend =
        none
            ? SplineTrend.of(values, values.length / 3)
            : SplineTrend.of(Interpolation.across(values, anomaly));
    return new Judgement(Judgement.DYNAMIC, trend, trend, anomaly, new double[0]);
  }
}
