package dev.vedette.labelled;

import dev.vedette.Attribution;
import dev.vedette.LabelledDetector;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import java.util.Arrays;

/**
 * Learns from labels what sets known anomalies apart: gradient boosted trees on the columns and on
 * the strengths of unsupervised detectors, which start from a {@link Stacking} and correct it.
 *
 * <p>The score is the log-odds of an anomaly, as with {@link Stacking}. How many trees are grown is
 * decided on rows the trees have not seen, fold by fold; where they do not help there are none, and
 * the score is that of the stacking. Best with many labels: anomalies of a kind nobody has labelled
 * are seen by the members only.
 *
 * <p>A missing value goes where the training rows say it should, when no member is asked.
 *
 * <p>Trees are grown by the optional module {@code vedette-boost}; a model is scored without it.
 * Fit costs {@code folds} + 1 times the members and the trees, a row what the members cost and
 * O(trees · log leaves). Friedman, "Greedy function approximation: a gradient boosting machine",
 * Annals of Statistics 29 (2001), doi:10.1214/aos/1013203451.
 *
 * @param stacking that the trees correct; its members may be {@code none}
 * @param trees at most, 1 to 10,000
 * @param leaves of a tree at most, 2 to 256
 * @param learningRate by which each tree's correction is shrunk, 0.001 to 1
 */
public record BoostedTrees(Stacking stacking, int trees, int leaves, double learningRate)
    implements LabelledDetector {
  public BoostedTrees {
    Require.range("trees", trees, 1, 10_000);
    Require.range("leaves", leaves, 2, 256);
    Require.range("learning-rate", learningRate, 0.001, 1);
  }

  /** At most 200 trees of 8 leaves. */
  public BoostedTrees() {
    this(new Stacking(), 200, 8, 0.05);
  }

  public BoostedTrees stacking(Stacking stacking) {
    return new BoostedTrees(stacking, trees, leaves, learningRate);
  }

  public BoostedTrees trees(int trees) {
    return new BoostedTrees(stacking, trees, leaves, learningRate);
  }

  public BoostedTrees leaves(int leaves) {
    return new BoostedTrees(stacking, trees, leaves, learningRate);
  }

  public BoostedTrees learningRate(double learningRate) {
    return new BoostedTrees(stacking, trees, leaves, learningRate);
  }

  @Override
  public boolean acceptsMissing() {
    return stacking.acceptsMissing();
  }

  @Override
  public Fitted fit(Matrix rows, boolean[] anomalies) {
    return fit(rows, anomalies, TreeLibrary.found());
  }

  /** As {@link #fit(Matrix, boolean[])}, by a library of your own. */
  public Fitted fit(Matrix rows, boolean[] anomalies, TreeLibrary library) {
    rows.requireUsable(rows.columns(), acceptsMissing());
    requireBoth(anomalies, rows.rows(), stacking.folds());
    return new Boosting(this, rows, CrossFit.of(stacking, rows, anomalies), library).fit();
  }

  /**
   * Fitted {@link BoostedTrees}.
   *
   * @param fitted the members
   * @param stack from their strengths to the log-odds before the first tree
   * @param trees on the columns, then the strengths
   * @param normal the middle of each column over the rows taken for normal
   * @param held the scores of the training rows, each without the row
   */
  public record Fitted(
      BoostedTrees detector,
      Members fitted,
      Logistic stack,
      Trees trees,
      double[] normal,
      float[] held)
      implements RowModel {
    private static final int BLOCK = 256;

    public Fitted {
      Require.that(fitted.count() == stack.weights().length, "one weight for each of the members");
      Require.that(
          fitted.count() == 0 || fitted.models()[0].columns() == normal.length,
          "the members and the trees differ in width");
      Require.that(
          trees.highest() < normal.length + fitted.count(), "the trees compare what is not there");
      Held.check(held);
    }

    @Override
    public int columns() {
      return normal.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, columns(), fitted.acceptMissing());
      return score(row, fitted.strengths(row));
    }

    private double score(double[] row, double[] strengths) {
      return stack.logOdds(strengths) + trees.sum(inputs(row, strengths));
    }

    static double[] inputs(double[] row, double[] strengths) {
      double[] inputs = Arrays.copyOf(row, row.length + strengths.length);
      System.arraycopy(strengths, 0, inputs, row.length, strengths.length);
      return inputs;
    }

    @Override
    public double[] score(Matrix rows) {
      rows.requireUsable(columns(), fitted.acceptMissing());
      double[][] strengths = fitted.strengths(rows);
      double[] scores = new double[rows.rows()];
      Parallel.blocks(
          scores.length,
          BLOCK,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              scores[i] = score(rows.row(i), strengths[i]);
            }
          });
      return scores;
    }

    @Override
    public double[] scoreTraining(Matrix training) {
      return Held.scores(held, training);
    }

    /**
     * The attribution of the stacking and the Shapley values of the trees; that of a strength is
     * divided among the columns as the member's own attribution is, where that points the same way.
     */
    @Override
    public Attribution attribute(double[] row) {
      Require.row(row, columns(), fitted.acceptMissing());
      Attribution[] parts = fitted.attribute(row);
      Attribution stacked = fitted.combine(parts, stack, row.length);
      double[] strengths = fitted.strengths(row);
      Trees.Parts grown = trees.parts(inputs(row, strengths));
      double[] contributions = stacked.contributions();
      double[] usual = stacked.normal();
      for (int j = 0; j < contributions.length; j++) {
        contributions[j] += grown.shares()[j];
        usual[j] = Double.isNaN(usual[j]) ? normal[j] : usual[j];
      }
      for (int m = 0; m < parts.length; m++) {
        double share = grown.shares()[columns() + m];
        double[] columnShares = divided(share, parts[m].contributions());
        for (int j = 0; j < contributions.length; j++) {
          contributions[j] += columnShares[j];
        }
      }
      return new Attribution(
          score(row, strengths), stacked.base() + grown.expected(), contributions, usual);
    }

    private static double[] divided(double share, double[] by) {
      double[] weights = new double[by.length];
      for (int j = 0; j < by.length; j++) {
        weights[j] = Math.max(0, Math.signum(share) * by[j]);
      }
      return Attribution.proportional(share, 0, weights, weights).contributions();
    }

    /** As for any row; what it differs by from the score without the row is in the base. */
    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return Held.moved(attribute(training.row(row)), Held.scores(held, training)[row]);
    }
  }

  /** The middle of each column, NaN where all are missing. */
  static double[] middles(Matrix rows) {
    double[] middles = new double[rows.columns()];
    for (int j = 0; j < middles.length; j++) {
      double[] present =
          Arrays.stream(rows.column(j)).filter(v -> !Double.isNaN(v)).sorted().toArray();
      middles[j] = present.length == 0 ? Double.NaN : present[present.length / 2];
    }
    return middles;
  }
}
