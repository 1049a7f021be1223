package dev.vedette.azure;

import dev.vedette.math.Quantiles;

/** A series without a season: what is far from the middle is anomalous, expected is its trend. */
final class DynamicThreshold {
  private DynamicThreshold() {}

  static Judgement judge(double[] values, double ratio, Tuning tuning) {
    var budget = new Budget(values.length, ratio);
    find(values, budget, tuning);
    return judged(values, budget);
  }

  /**
   * For the sake of the last point. Where most points have one value there can be but few anomalies
   * among the others.
   */
  static Judgement judgeLast(double[] values, double ratio, Tuning tuning) {
    double majority = Majority.share(values);
    if (majority <= Majority.MOST) {
      return judge(values, ratio, tuning);
    }
    int most = (int) Math.max(1, Math.rint(values.length * (1 - majority) * ratio));
    var budget = Budget.of(values.length, most);
    budget.add(true, Deviates.extremeOfFew(values, most, tuning.alpha(), true));
    budget.add(false, Deviates.extremeOfFew(values, most, tuning.alpha(), false));
    budget.addBeyond(values, 3, Quantiles.median(values));
    return judged(values, budget);
  }

  private static void find(double[] values, Budget budget, Tuning tuning) {
    budget.addExtreme(values, tuning.alpha());
    budget.addBeyond(values, 3, Quantiles.median(values));
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
