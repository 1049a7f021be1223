package dev.vedette.evaluate;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.evaluate.Cells.Measures;
import dev.vedette.threshold.Ranking;
import dev.vedette.threshold.Threshold;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Measures scores against labels. Labels are true where the row is an anomaly; both classes are
 * needed. Equal scores are treated alike, whatever the order of the rows.
 *
 * <p>Every method throws {@link DataException} when a score is not a finite number, the numbers of
 * scores and labels differ, or a class is missing.
 */
public final class Evaluate {
  private Evaluate() {}

  /** Everything about these scores and this threshold, with intervals of the default bootstrap. */
  public static Evaluation report(double[] scores, boolean[] labels, Threshold threshold) {
    return report(scores, labels, threshold, new Bootstrap());
  }

  /**
   * Everything about these scores and this threshold. O(n log n) for n rows, and O(n) at most for
   * each resample.
   */
  public static Evaluation report(
      double[] scores, boolean[] labels, Threshold threshold, Bootstrap bootstrap) {
    Ranking ranking = Ranking.of(scores, labels);
    Cells cells = new Cells(ranking, ranking.above(threshold.cut()));
    Measures measured = cells.measure();
    Measures[] resampled = cells.resample(bootstrap);
    return new Evaluation(
        threshold,
        measured.confusion(),
        estimate(measured, resampled, Measures::rocAuc),
        estimate(measured, resampled, Measures::averagePrecision),
        estimate(measured, resampled, m -> m.confusion().precision()),
        estimate(measured, resampled, m -> m.confusion().recall()),
        estimate(measured, resampled, m -> m.confusion().f1()),
        precisionAt(ranking, ranking.anomalies()),
        bootstrap);
  }

  /**
   * The area under the ROC curve: the chance that an anomaly scores higher than a normal row, where
   * a tie counts half. 0.5 is chance, 1 is perfect.
   */
  public static double rocAuc(double[] scores, boolean[] labels) {
    return new Cells(Ranking.of(scores, labels), 0).measure().rocAuc();
  }

  /**
   * The mean over the anomalies of the precision among the rows that score at least as high: Σ (Rₙ
   * − Rₙ₋₁) Pₙ over the different scores, without interpolation. The share of anomalies is chance,
   * 1 is perfect.
   */
  public static double averagePrecision(double[] scores, boolean[] labels) {
    return new Cells(Ranking.of(scores, labels), 0).measure().averagePrecision();
  }

  /**
   * The share of anomalies among the {@code k} highest scores. Where equal scores straddle place
   * {@code k}, the mean over all their orders.
   *
   * @param k from 1 to the number of rows
   */
  public static double precisionAt(double[] scores, boolean[] labels, int k) {
    return precisionAt(Ranking.of(scores, labels), k);
  }

  private static double precisionAt(Ranking ranking, int k) {
    Require.range("k", k, 1, ranking.anomalies() + ranking.normals());
    double caught = 0;
    int left = k;
    for (int group = 0; left > 0; group++) {
      int rows = ranking.anomalies(group) + ranking.normals(group);
      int taken = Math.min(left, rows);
      caught += (double) ranking.anomalies(group) * taken / rows;
      left -= taken;
    }
    return caught / k;
  }

  private static Estimate estimate(
      Measures measured, Measures[] resampled, ToDoubleFunction<Measures> value) {
    return Estimate.of(
        value.applyAsDouble(measured), Arrays.stream(resampled).mapToDouble(value).toArray());
  }
}
