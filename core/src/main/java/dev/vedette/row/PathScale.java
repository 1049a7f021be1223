package dev.vedette.row;

import dev.vedette.Attribution;

/** How the path lengths of a row in the trees of an isolation forest become its score. */
record PathScale(int trees, int sample) {
  /** The score of a row whose path lengths in all trees sum to {@code sum} (Eq. 2). */
  double score(double sum) {
    return Math.pow(2, -(sum / trees) / IsolationForest.averagePath(sample));
  }

  /**
   * A change of path length turned into a change of score by the logarithmic mean, so that the
   * contributions sum to the score exactly.
   *
   * @param start the sum of the expected path lengths before the first split
   * @param end the sum of the row's path lengths
   * @param change what each column changed between the two
   */
  Attribution attribution(
      double start, double end, double score, double[] change, double[] normal) {
    double base = score(start);
    double unit = -Math.log(2) / (IsolationForest.averagePath(sample) * trees);
    double logRatio = unit * (end - start); // ln(score / base)
    double mean = Math.abs(logRatio) < 1e-12 ? base : (score - base) / logRatio;
    double[] contributions = new double[change.length];
    for (int j = 0; j < change.length; j++) {
      contributions[j] = change[j] * unit * mean;
    }
    return new Attribution(score, base, contributions, normal);
  }
}
