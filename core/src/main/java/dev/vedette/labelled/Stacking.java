package dev.vedette.labelled;

import dev.vedette.Attribution;
import dev.vedette.LabelledDetector;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.ensemble.Ensemble;
import java.util.List;

/**
 * Learns from labels how much to believe each of several unsupervised detectors: a logistic
 * regression on their strengths.
 *
 * <p>The score is the log-odds of an anomaly, as rare as among the training rows: 0 is as likely as
 * not, −4.6 one in a hundred. Weights are never negative, so what all members find rarer never
 * scores lower. They are drawn towards equal ones: with few labels the ranking is near that of the
 * {@link Ensemble} of the same members, and labels have to show that another one is better.
 * Strengths beyond 3, which are extrapolated, grow as their logarithm.
 *
 * <p>The members learn from the rows not known as anomalies. The strengths the regression learns
 * from, and the scores of training rows, come from members (and, for the scores, a regression) that
 * have not seen the row. Anomalies nobody labelled count as normal: they lower all scores, and
 * hardly change their order.
 *
 * <p>Fit costs {@code folds} + 1 times what the members cost, a row what they cost. Wolpert,
 * "Stacked generalization", Neural Networks 5 (1992), doi:10.1016/S0893-6080(05)80023-1; weights
 * that are not negative: Breiman, "Stacked regressions", Machine Learning 24 (1996),
 * doi:10.1007/BF00117832.
 *
 * @param members as in {@link Ensemble}
 * @param folds for the strengths, 2 to 100; so many anomalies have to be known
 * @param l2 how strongly the weights are drawn towards equal ones, 10<sup>−6</sup> to
 *     10<sup>6</sup>
 * @param seed of the folds, and of the members that draw lots and do not name a seed
 */
public record Stacking(String members, int folds, double l2, long seed)
    implements LabelledDetector {
  /** For {@link BoostedTrees} on the columns alone. */
  static final String NONE = "none";

  private static final String DEFAULT = "bagged-neighbor+gmm:components=1+iforest";

  public Stacking {
    Require.range("folds", folds, 2, 100);
    Require.range("l2", l2, 1e-6, 1e6);
    if (!members.equals(DEFAULT) && !members.equals(NONE)) { // as in Ensemble
      new Ensemble(members, seed).detectors();
    }
  }

  /** Three different members, five folds. */
  public Stacking() {
    this(DEFAULT, 5, 1, 42);
  }

  public Stacking members(String members) {
    return new Stacking(members, folds, l2, seed);
  }

  public Stacking folds(int folds) {
    return new Stacking(members, folds, l2, seed);
  }

  public Stacking l2(double l2) {
    return new Stacking(members, folds, l2, seed);
  }

  public Stacking seed(long seed) {
    return new Stacking(members, folds, l2, seed);
  }

  /** The members, in order. */
  public List<RowDetector> detectors() {
    return members.equals(NONE) ? List.of() : new Ensemble(members, seed).detectors();
  }

  @Override
  public boolean acceptsMissing() {
    return detectors().stream().allMatch(RowDetector::acceptsMissing);
  }

  @Override
  public Fitted fit(Matrix rows, boolean[] anomalies) {
    Require.that(!members.equals(NONE), "stacking needs members");
    rows.requireUsable(rows.columns(), acceptsMissing());
    requireBoth(anomalies, rows.rows(), folds);
    CrossFit cross = CrossFit.of(this, rows, anomalies);
    Logistic stack = cross.stack(l2);
    float[] held = new float[rows.rows()];
    for (int f = 0; f < folds; f++) {
      Logistic without = cross.aligned(cross.stackWithout(f, l2), stack);
      for (int row : cross.rows(f, true)) {
        held[row] = (float) without.logOdds(cross.strengths()[row]);
      }
    }
    Members all = Members.fit(detectors(), CrossFit.normal(rows, anomalies));
    return new Fitted(this, all, stack, held);
  }

  /**
   * A fitted {@link Stacking}.
   *
   * @param fitted the members
   * @param stack from their strengths to the log-odds
   * @param held the scores of the training rows, each without the row
   */
  public record Fitted(Stacking detector, Members fitted, Logistic stack, float[] held)
      implements RowModel {
    public Fitted {
      Require.that(
          fitted.count() > 0 && fitted.count() == stack.weights().length,
          "one weight for each of the members");
      Held.check(held);
    }

    @Override
    public int columns() {
      return fitted.models()[0].columns();
    }

    @Override
    public double score(double[] row) {
      return stack.logOdds(fitted.strengths(row));
    }

    @Override
    public double[] score(Matrix rows) {
      double[][] strengths = fitted.strengths(rows);
      double[] scores = new double[strengths.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = stack.logOdds(strengths[i]);
      }
      return scores;
    }

    @Override
    public double[] scoreTraining(Matrix training) {
      return Held.scores(held, training);
    }

    /** The weight of each member times its own attribution, in strength. */
    @Override
    public Attribution attribute(double[] row) {
      return fitted.combine(fitted.attribute(row), stack, row.length);
    }

    /** As for any row; what it differs by from the score without the row is in the base. */
    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return Held.moved(attribute(training.row(row)), Held.scores(held, training)[row]);
    }
  }
}
