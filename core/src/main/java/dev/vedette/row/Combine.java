package dev.vedette.row;

import dev.vedette.math.Shares;
import java.util.Arrays;

/**
 * How the deviations of the columns (all ≥ 0) become one score, and how the score is shared out
 * again.
 */
public enum Combine {
  /** The root of the mean square: every column counts. */
  MEAN {
    @Override
    double add(double total, double deviation) {
      return total + deviation * deviation;
    }

    @Override
    double score(double total, int columns) {
      return Math.sqrt(total / columns);
    }

    @Override
    double[] shares(double[] deviations) {
      double score = combine(deviations);
      double[] shares = new double[deviations.length];
      for (int j = 0; j < shares.length; j++) {
        shares[j] = score == 0 ? 0 : deviations[j] * (deviations[j] / (score * shares.length));
      }
      return shares;
    }
  },

  /** The largest deviation: one column is enough. */
  MAX {
    @Override
    double add(double total, double deviation) {
      return Math.max(total, deviation);
    }

    @Override
    double score(double total, int columns) {
      return total;
    }

    @Override
    double[] shares(double[] deviations) {
      return Shares.ofLargest(deviations);
    }
  };

  /** Adds the deviation of one more column to a total that starts at 0. */
  abstract double add(double total, double deviation);

  /** The score for a total over all columns: 0 when none deviates. */
  abstract double score(double total, int columns);

  /** The score for the deviations of all columns. */
  double combine(double[] deviations) {
    double total = 0;
    for (double deviation : deviations) {
      total = add(total, deviation);
    }
    return score(total, deviations.length);
  }

  /** What each column contributes; sums to the score. */
  abstract double[] shares(double[] deviations);

  /**
   * A unit to measure deviations in: {@code spreads} are tried in order, and 1 where the column is
   * constant.
   */
  static double unit(double... spreads) {
    return Arrays.stream(spreads).filter(spread -> spread > 0).findFirst().orElse(1);
  }
}
