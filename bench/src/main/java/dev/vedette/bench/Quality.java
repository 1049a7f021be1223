package dev.vedette.bench;

import dev.vedette.evaluate.Evaluate;
import java.util.List;

/**
 * How well scores rank the anomalies, in percent.
 *
 * @param auc area under the ROC curve
 * @param precision average precision
 * @param spread the largest less the smallest area over the seeds
 * @param seconds wall time of one fit and scoring
 */
record Quality(double auc, double precision, double spread, double seconds) {
  static final Quality UNKNOWN = new Quality(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  static Quality of(double[] scores, boolean[] labels, double seconds) {
    double auc = 100 * Evaluate.rocAuc(scores, labels);
    return new Quality(auc, 100 * Evaluate.averagePrecision(scores, labels), 0, seconds);
  }

  /** Over the seeds of one detector, or over sets. */
  static Quality mean(List<Quality> parts) {
    double auc = 0;
    double precision = 0;
    double seconds = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Quality part : parts) {
      auc += part.auc / parts.size();
      precision += part.precision / parts.size();
      seconds += part.seconds / parts.size();
      least = Math.min(least, part.auc);
      most = Math.max(most, part.auc);
    }
    return new Quality(auc, precision, most - least, seconds);
  }
}
