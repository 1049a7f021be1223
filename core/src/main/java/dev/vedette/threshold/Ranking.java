package dev.vedette.threshold;

import dev.vedette.DataException;
import java.util.Arrays;

/**
 * Labelled scores in groups of equal score, from the highest score to the lowest. Everything that
 * is measured or decided on labelled scores depends on these groups only, so equal scores are
 * treated alike.
 *
 * <p>Cost: O(n log n) time and O(n) memory for n rows. Immutable.
 */
public final class Ranking {
  private final double[] scores;
  private final int[] anomalies;
  private final int[] normals;
  private final int anomalyTotal;
  private final int normalTotal;

  private Ranking(double[] anomalous, double[] normal) {
    anomalyTotal = anomalous.length;
    normalTotal = normal.length;
    double[] distinct = new double[anomalyTotal + normalTotal];
    int[] anomalyCounts = new int[distinct.length];
    int[] normalCounts = new int[distinct.length];
    int groups = 0;
    int a = anomalyTotal - 1;
    int b = normalTotal - 1;
    while (a >= 0 || b >= 0) {
      double score = b < 0 || (a >= 0 && anomalous[a] >= normal[b]) ? anomalous[a] : normal[b];
      distinct[groups] = score;
      for (; a >= 0 && anomalous[a] == score; a--) {
        anomalyCounts[groups]++;
      }
      for (; b >= 0 && normal[b] == score; b--) {
        normalCounts[groups]++;
      }
      groups++;
    }
    scores = Arrays.copyOf(distinct, groups);
    anomalies = Arrays.copyOf(anomalyCounts, groups);
    normals = Arrays.copyOf(normalCounts, groups);
  }

  /**
   * Ranks {@code scores}; {@code labels} are true where the row is an anomaly.
   *
   * @throws DataException when there are no scores, a score is not a finite number, the lengths
   *     differ, or the rows are all normal or all anomalies
   */
  public static Ranking of(double[] scores, boolean[] labels) {
    Ranking ranking = new Ranking(part(scores, labels, true), part(scores, labels, false));
    if (ranking.anomalyTotal == 0) {
      throw new DataException(
          "none of the %d rows is labelled an anomaly; at least one anomaly and one normal row are needed"
              .formatted(scores.length));
    }
    if (ranking.normalTotal == 0) {
      throw new DataException(
          "all %d rows are labelled anomalies; at least one anomaly and one normal row are needed"
              .formatted(scores.length));
    }
    return ranking;
  }

  /** The number of different scores. */
  public int groups() {
    return scores.length;
  }

  /** The score of a group; group 0 has the highest. */
  public double score(int group) {
    return scores[group];
  }

  /** The number of anomalies in a group. */
  public int anomalies(int group) {
    return anomalies[group];
  }

  /** The number of normal rows in a group. */
  public int normals(int group) {
    return normals[group];
  }

  /** The number of anomalies. */
  public int anomalies() {
    return anomalyTotal;
  }

  /** The number of normal rows. */
  public int normals() {
    return normalTotal;
  }

  /** The number of groups whose score is above {@code cut}. */
  public int above(double cut) {
    int low = 0;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] > cut) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What a cut is worth; higher is better. */
  @FunctionalInterface
  interface Worth {
    /** The worth of flagging {@code caught} anomalies and {@code alarms} normal rows. */
    double of(int caught, int alarms);
  }

  /** The cut of the highest worth; of several, the one that flags the fewest rows. */
  double bestCut(Worth worth) {
    int best = 0;
    double bestWorth = worth.of(0, 0);
    int caught = 0;
    int alarms = 0;
    for (int group = 0; group < scores.length; group++) {
      caught += anomalies[group];
      alarms += normals[group];
      double value = worth.of(caught, alarms);
      if (value > bestWorth) {
        bestWorth = value;
        best = group + 1;
      }
    }
    return cutAfter(best);
  }

  /** A cut that flags the first {@code flagged} groups and no other. */
  private double cutAfter(int flagged) {
    if (flagged == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (flagged == scores.length) {
      return below(scores[flagged - 1]);
    }
    double low = scores[flagged];
    double high = scores[flagged - 1];
    double middle = low / 2 + high / 2;
    return middle >= low && middle < high ? middle : low;
  }

  /** The highest finite cut that flags {@code score}. */
  static double below(double score) {
    return Math.max(Math.nextDown(score), -Double.MAX_VALUE);
  }

  /**
   * A copy of {@code scores} in ascending order.
   *
   * @throws DataException when there are none or one is not a finite number
   */
  static double[] sorted(double[] scores) {
    double[] sorted = new double[scores.length];
    requireSome(scores);
    for (int i = 0; i < scores.length; i++) {
      sorted[i] = finite(scores, i);
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** The scores of the rows labelled {@code label}, in ascending order. */
  static double[] part(double[] scores, boolean[] labels, boolean label) {
    if (scores.length != labels.length) {
      throw new DataException(
          "%d scores but %d labels; each row needs one of both"
              .formatted(scores.length, labels.length));
    }
    requireSome(scores);
    double[] part = new double[scores.length];
    int size = 0;
    for (int i = 0; i < scores.length; i++) {
      double score = finite(scores, i);
      if (labels[i] == label) {
        part[size++] = score;
      }
    }
    part = Arrays.copyOf(part, size);
    Arrays.sort(part);
    return part;
  }

  private static void requireSome(double[] scores) {
    if (scores.length == 0) {
      throw new DataException("there are no scores; at least one row is needed");
    }
  }

  private static double finite(double[] scores, int row) {
    double score = scores[row];
    if (!Double.isFinite(score)) {
      throw new DataException(
          "the score of row %d is %s; scores must be finite numbers".formatted(row, score));
    }
    return score + 0.0; // turns -0.0, which sorts below 0.0, into 0.0
  }
}
