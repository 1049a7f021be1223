package dev.vedette.azure;

import dev.vedette.series.ChangePoint;
import dev.vedette.series.Decomposition;
import dev.vedette.series.Pelt;
import dev.vedette.series.Stl;
import org.jspecify.annotations.Nullable;

/**
 * Where a series takes up another trend, by a method of our own, as that of the service was never
 * published: the season is taken off and what is left is cut into straight lines ({@link Pelt}). A
 * lower threshold makes a cut dearer, so there are fewer.
 */
final class ChangePoints {
  private static final double PENALTY = 1;
  private static final double THRESHOLD = 0.9;

  private ChangePoints() {}

  static ChangePointResult find(ChangePointRequest request, int longest) {
    Points points = request.points();
    Integer given = request.period();
    var linear = new Imputation(Imputation.Mode.LINEAR);
    Gaps series = Gaps.fill(points, linear, 0, longest);
    double[] values = series.values();
    int period =
        given != null ? given : PeriodSearch.find(values, points.granularity(), points.every());
    double[] level = period > 1 && values.length > 2 * period ? level(values, period) : values;
    int window = window(request.stableTrendWindow(), points.granularity(), values.length);
    @Nullable Double threshold = request.threshold();
    double penalty = PENALTY * THRESHOLD / (threshold == null ? THRESHOLD : threshold);
    boolean[] changes = new boolean[points.count()];
    double[] confidence = new double[points.count()];
    if (varies(level)) {
      for (ChangePoint change : new Pelt(Pelt.Cost.SLOPE, penalty, window).find(level)) {
        int at = firstSent(series.at(), change.index());
        changes[at] = true;
        confidence[at] = Math.max(confidence[at], change.confidence());
      }
    }
    return new ChangePointResult(period, changes, confidence);
  }

  private static double[] level(double[] values, int period) {
    Decomposition parts = new Stl(period).decompose(values);
    double[] level = new double[values.length];
    for (int i = 0; i < level.length; i++) {
      level[i] = values[i] - parts.seasonal()[i];
    }
    return level;
  }

  private static boolean varies(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return true;
      }
    }
    return false;
  }

  private static int window(@Nullable Integer given, Granularity granularity, int points) {
    return given != null
        ? given
        : Math.max(3, Math.min(granularity.trendWindow(), (points - 1) / 4));
  }

  /** The first point sent that does not lie before {@code place} on the grid. */
  private static int firstSent(int[] at, int place) {
    int point = 0;
    while (point < at.length - 1 && at[point] < place) {
      point++;
    }
    return point;
  }
}
