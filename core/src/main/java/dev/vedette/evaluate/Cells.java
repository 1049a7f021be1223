package dev.vedette.evaluate;

import dev.vedette.math.Parallel;
import dev.vedette.math.Seeds;
import dev.vedette.threshold.Ranking;
import java.util.Arrays;

/**
 * A {@link Ranking} with neighbouring groups that hold only normal rows put together, as far as the
 * threshold does not part them. No measure tells such groups apart, and there are at most two cells
 * per different score of an anomaly.
 */
final class Cells {
  private final int[] anomalies;
  private final int[] normals;
  private final int flagged;

  /**
   * @param flaggedGroups the first so many groups of the ranking are flagged
   */
  Cells(Ranking ranking, int flaggedGroups) {
    int[] a = new int[ranking.groups()];
    int[] b = new int[ranking.groups()];
    int cells = 0;
    int flaggedCells = 0;
    for (int group = 0; group < ranking.groups(); group++) {
      boolean joins =
          group > 0 && group != flaggedGroups && ranking.anomalies(group) == 0 && a[cells - 1] == 0;
      if (!joins) {
        cells++;
      }
      a[cells - 1] += ranking.anomalies(group);
      b[cells - 1] += ranking.normals(group);
      if (group < flaggedGroups) {
        flaggedCells = cells;
      }
    }
    anomalies = Arrays.copyOf(a, cells);
    normals = Arrays.copyOf(b, cells);
    flagged = flaggedCells;
  }

  /** What is measured in one pass over the cells. */
  record Measures(double rocAuc, double averagePrecision, Confusion confusion) {}

  /** The measures of the rows as they are. */
  Measures measure() {
    return measure(anomalies, normals, flagged);
  }

  /** The measures of each resample. */
  Measures[] resample(Bootstrap bootstrap) {
    var anomalyDraw = new Multinomial(anomalies);
    var normalDraw = new Multinomial(normals);
    var measures = new Measures[bootstrap.resamples()];
    Parallel.blocks(
        measures.length,
        16,
        (from, to) -> {
          int[] a = new int[anomalies.length];
          int[] b = new int[normals.length];
          for (int r = from; r < to; r++) {
            var random = Seeds.stream(bootstrap.seed(), r);
            anomalyDraw.draw(random, a);
            normalDraw.draw(random, b);
            measures[r] = measure(a, b, flagged);
          }
        });
    return measures;
  }

  private static Measures measure(int[] a, int[] b, int flaggedCells) {
    int caught = 0;
    int alarms = 0;
    int tp = 0;
    int fp = 0;
    long pairsLost = 0; // twice: 2 for a normal row above an anomaly, 1 for a tie
    double precisions = 0;
    for (int cell = 0; cell < a.length; cell++) {
      pairsLost += a[cell] * (2L * alarms + b[cell]);
      caught += a[cell];
      alarms += b[cell];
      if (a[cell] > 0) {
        precisions += a[cell] * ((double) caught / ((long) caught + alarms));
      }
      if (cell == flaggedCells - 1) {
        tp = caught;
        fp = alarms;
      }
    }
    long pairs = 2L * caught * alarms;
    return new Measures(
        (double) (pairs - pairsLost) / pairs,
        precisions / caught,
        new Confusion(tp, fp, caught - tp, alarms - fp));
  }
}
