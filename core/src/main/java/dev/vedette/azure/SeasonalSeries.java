package dev.vedette.azure;

import dev.vedette.series.Decomposition;
import dev.vedette.series.Stl;

/** A series with a season: what is far out once the season, or season and trend, are taken away. */
final class SeasonalSeries {
  private SeasonalSeries() {}

  static Judgement judge(double[] values, int period, double ratio, Tuning tuning) {
    Decomposition parts = new Stl(period).decompose(values);
    int n = values.length;
    double[] level = new double[n];
    for (int i = 0; i < n; i++) {
      level[i] = values[i] - parts.seasonal()[i];
    }
    var budget = new Budget(n, ratio);
    int most = budget.most();
    budget.add(Deviates.extreme(level, most, tuning.alpha(), true));
    budget.add(Deviates.extreme(level, most, tuning.alpha(), false));
    budget.add(Deviates.beyond(level, 3));
    budget.add(Deviates.extreme(parts.remainder(), most, tuning.alpha(), true));
    budget.add(Deviates.extreme(parts.remainder(), most, tuning.alpha(), false));
    double[] trend = Interpolation.across(parts.trend(), budget.anomaly());
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = trend[i] + parts.seasonal()[i];
    }
    return new Judgement(Judgement.SEASONAL, expected, trend, budget.anomaly(), new double[0]);
  }
}
