package dev.vedette.labelled;

import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What members say of rows that they have not learned from. The rows are dealt to folds, each class
 * evenly; the rows of a fold are judged by members that learned from the normal rows of the others.
 *
 * @param anomalies for each row whether it is a known anomaly
 * @param fold of each row, from 0
 * @param strengths rows × members
 */
record CrossFit(boolean[] anomalies, int[] fold, double[][] strengths) {
  /** The odds rise tenfold with each power of ten by which all members find a row rarer. */
  private static final double PRIOR = Math.log(10);

  static CrossFit of(Stacking how, Matrix rows, boolean[] anomalies) {
    int[] fold = deal(anomalies, how.folds(), how.seed());
    List<RowDetector> members = how.detectors();
    double[][] strengths = new double[rows.rows()][members.size()];
    for (int f = 0; f < how.folds() && !members.isEmpty(); f++) {
      int held = f;
      Matrix normal = rows.select(where(anomalies.length, i -> fold[i] != held && !anomalies[i]));
      int[] judged = where(anomalies.length, i -> fold[i] == held);
      double[][] part = Members.fit(members, normal).strengths(rows.select(judged));
      for (int i = 0; i < judged.length; i++) {
        strengths[judged[i]] = part[i];
      }
    }
    return new CrossFit(anomalies.clone(), fold, strengths);
  }

  /** The rows of each class shuffled, then given to one fold after the other. */
  private static int[] deal(boolean[] anomalies, int folds, long seed) {
    SplittableRandom random = Seeds.stream(seed, 0);
    int[] fold = new int[anomalies.length];
    int next = 0;
    for (boolean kind : new boolean[] {true, false}) {
      int[] rows = where(anomalies.length, i -> anomalies[i] == kind);
      for (int at : Seeds.sample(random, rows.length, rows.length)) {
        fold[rows[at]] = next++ % folds;
      }
    }
    return fold;
  }

  static int[] where(int rows, IntPredicate wanted) {
    return IntStream.range(0, rows).filter(wanted).toArray();
  }

  /** The rows taken for normal. */
  static Matrix normal(Matrix rows, boolean[] anomalies) {
    return rows.select(where(anomalies.length, i -> !anomalies[i]));
  }

  /** The rows of fold {@code held}, or all others. */
  int[] rows(int held, boolean inside) {
    return where(fold.length, i -> (fold[i] == held) == inside);
  }

  /** The regression on all rows. */
  Logistic stack(double l2) {
    return regress(strengths, anomalies, l2);
  }

  /** The regression on the rows outside of fold {@code held}. */
  Logistic stackWithout(int held, double l2) {
    int[] rows = rows(held, false);
    double[][] others = Arrays.stream(rows).mapToObj(i -> strengths[i]).toArray(double[][]::new);
    return regress(others, known(rows), l2);
  }

  /**
   * The weights of {@code part}, with the intercept that gives normal rows the log-odds they have
   * by {@code whole} on average. Where classes lie far apart the intercept is nearly free, and
   * would differ from fold to fold.
   */
  Logistic aligned(Logistic part, Logistic whole) {
    int[] normal = where(fold.length, i -> !anomalies[i]);
    double shift = 0;
    for (int row : normal) {
      shift += (whole.logOdds(strengths[row]) - part.logOdds(strengths[row])) / normal.length;
    }
    return new Logistic(part.weights(), part.intercept() + shift);
  }

  /** Which of {@code rows} are anomalies. */
  boolean[] known(int[] rows) {
    boolean[] known = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      known[i] = anomalies[rows[i]];
    }
    return known;
  }

  private static Logistic regress(double[][] strengths, boolean[] anomalies, double l2) {
    double[] prior = new double[strengths[0].length];
    Arrays.fill(prior, PRIOR / prior.length);
    return Logistic.fit(strengths, anomalies, prior, l2);
  }
}
