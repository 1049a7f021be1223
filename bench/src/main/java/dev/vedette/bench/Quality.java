package dev.vedette.bench;

import dev.vedette.evaluate.Evaluate;
import java.util.List;

/**
 * How well scores rank the anomalies, in percent.
 *
 * @param auc area under the ROC curve
 * @param precision average precision
 * @param deviation the standard deviation of the area over the seeds
 * @param seconds wall time of one fit and scoring
 */
record Quality(double auc, double precision, double deviation, double seconds) {
  static Quality of(double[] scores, boolean[] labels, double seconds) {
    double auc = 100 * Evaluate.rocAuc(scores, labels);
    return new Quality(auc, 100 * Evaluate.averagePrecision(scores, labels), 0, seconds);
  }

  /** Over the seeds of one detector, or over sets. */
  static Quality mean(List<Quality> parts) {
    double auc = parts.stream().mapToDouble(Quality::auc).average().orElseThrow();
    double precision = parts.stream().mapToDouble(Quality::precision).average().orElseThrow();
    double seconds = parts.stream().mapToDouble(Quality::seconds).average().orElseThrow();
    double squares = 0;
    for (Quality part : parts) {
      squares += (part.auc - auc) * (part.auc - auc);
    }
    double deviation = parts.size() < 2 ? 0 : Math.sqrt(squares / (parts.size() - 1));
    return new Quality(auc, precision, deviation, seconds);
  }
}
