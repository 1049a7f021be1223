package dev.vedette.labelled;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.ensemble.Strength;
import java.util.Arrays;
import java.util.List;

/**
 * Unsupervised models and the scales from their scores to their strengths.
 *
 * @param models all of one width; none is possible
 */
record Members(RowModel[] models, Strength[] scales) {
  /** Rarer than one in a thousand is extrapolated: from there on strength counts less and less. */
  private static final double SEEN = 3;

  Members {
    Require.that(models.length == scales.length, "one scale for each of the members");
    for (RowModel model : models) {
      Require.that(model.columns() == models[0].columns(), "the members differ in width");
    }
  }

  /** Fits the members one after the other on rows that are taken for normal. */
  static Members fit(List<RowDetector> detectors, Matrix normal) {
    RowModel[] models =
        detectors.stream().map(detector -> detector.fit(normal)).toArray(RowModel[]::new);
    Strength[] scales =
        Arrays.stream(models)
            .map(model -> Strength.of(model.scoreTraining(normal)))
            .toArray(Strength[]::new);
    return new Members(models, scales);
  }

  int count() {
    return models.length;
  }

  /** Whether NaN means "missing" to all of them. */
  boolean acceptMissing() {
    for (RowModel model : models) {
      if (!model.detector().acceptsMissing()) {
        return false;
      }
    }
    return true;
  }

  /** The strength of a score, beyond {@value #SEEN} growing as its logarithm. */
  private double strength(int member, double score) {
    double strength = scales[member].at(score);
    return strength <= SEEN ? strength : SEEN * (1 + Math.log(strength / SEEN));
  }

  /** The strength of each member for one row. */
  double[] strengths(double[] row) {
    double[] strengths = new double[models.length];
    for (int m = 0; m < models.length; m++) {
      strengths[m] = strength(m, models[m].score(row));
    }
    return strengths;
  }

  /** The same for many rows, rows × members. */
  double[][] strengths(Matrix rows) {
    double[][] strengths = new double[rows.rows()][models.length];
    for (int m = 0; m < models.length; m++) {
      double[] scores = models[m].score(rows);
      for (int i = 0; i < scores.length; i++) {
        strengths[i][m] = strength(m, scores[i]);
      }
    }
    return strengths;
  }

  Attribution[] attribute(double[] row) {
    return Arrays.stream(models).map(model -> model.attribute(row)).toArray(Attribution[]::new);
  }

  /**
   * {@code intercept + Σ weight · strength} taken apart: each member's attribution on the straight
   * line from the strength of its base to that of its score. Normal is what the member to which the
   * column matters most calls so.
   */
  Attribution combine(Attribution[] parts, Logistic stack, int columns) {
    double[] contributions = new double[columns];
    double[] normal = new double[columns];
    double[] most = new double[columns];
    Arrays.fill(normal, Double.NaN);
    Arrays.fill(most, -1);
    double score = stack.intercept();
    double base = score;
    for (int m = 0; m < parts.length; m++) {
      Attribution part = parts[m];
      double strength = strength(m, part.score());
      double weight = stack.weights()[m];
      double way = part.score() - part.base();
      double slope = way == 0 ? 0 : weight * (strength - strength(m, part.base())) / way;
      score += weight * strength;
      base += weight * strength;
      for (int j = 0; j < contributions.length; j++) {
        double contribution = slope * part.contributions()[j];
        contributions[j] += contribution;
        base -= contribution;
        if (Math.abs(contribution) > most[j]) {
          most[j] = Math.abs(contribution);
          normal[j] = part.normal()[j];
        }
      }
    }
    return new Attribution(score, base, contributions, normal);
  }
}
