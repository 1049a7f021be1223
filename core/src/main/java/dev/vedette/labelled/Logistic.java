package dev.vedette.labelled;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * A logistic regression whose weights are not negative and are drawn towards given ones: log-odds =
 * intercept + Σ weight · input.
 *
 * <p>It minimises −log likelihood + l2/2 · Σ (weight − prior)², weight ≥ 0; the intercept is free.
 * Newton's method (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed.,
 * section 4.4.1) with the bounds kept in each step. The function is convex, so there is one
 * solution. O(rows · inputs²) for each of a few steps.
 */
record Logistic(double[] weights, double intercept) {
  private static final int STEPS = 100;
  private static final int SWEEPS = 10_000;
  private static final double EXACT = 1e-12;

  Logistic {
    Require.finite("the weights", weights);
    Require.that(Double.isFinite(intercept), "the intercept is " + intercept);
  }

  double logOdds(double[] inputs) {
    double sum = intercept;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * inputs[j];
    }
    return sum;
  }

  /**
   * Fits.
   *
   * @param inputs rows × inputs
   * @param positive for each row whether it is of the class the odds speak of; there are both
   * @param prior the weights that need no evidence, each 0 or more
   * @param l2 how strongly weights are drawn there, more than 0
   */
  static Logistic fit(double[][] inputs, boolean[] positive, double[] prior, double l2) {
    return new Fitting(inputs, positive, prior, l2).run();
  }

  /** ln(share / (1 − share)) of the rows that are true. */
  private static double priorLogOdds(boolean[] positive) {
    int count = 0;
    for (boolean one : positive) {
      count += one ? 1 : 0;
    }
    return Math.log((double) count / (positive.length - count));
  }

  /** The work of one fit. Weight 0 is the intercept, at inputs moved to their means. */
  private static final class Fitting {
    private final double[][] inputs;
    private final boolean[] positive;
    private final double[] prior;
    private final double l2;
    private final double[] centre;
    private final int size;

    Fitting(double[][] inputs, boolean[] positive, double[] prior, double l2) {
      this.inputs = inputs;
      this.positive = positive;
      this.prior = prior;
      this.l2 = l2;
      this.size = prior.length + 1;
      this.centre = new double[prior.length];
      for (double[] row : inputs) {
        for (int j = 0; j < centre.length; j++) {
          centre[j] += row[j] / inputs.length;
        }
      }
    }

    Logistic run() {
      double[] at = new double[size];
      System.arraycopy(prior, 0, at, 1, prior.length);
      at[0] = priorLogOdds(positive);
      double loss = loss(at);
      for (int step = 0; step < STEPS; step++) {
        double[] way = way(at);
        double[] next = at;
        double nextLoss = loss;
        boolean moved = false;
        for (double length = 1; length > EXACT && !moved; length /= 2) {
          next = moved(at, way, length);
          nextLoss = loss(next);
          moved = nextLoss < loss;
        }
        if (!moved) {
          break;
        }
        at = next;
        loss = nextLoss;
      }
      double intercept = at[0];
      for (int j = 0; j < centre.length; j++) {
        intercept -= at[j + 1] * centre[j];
      }
      return new Logistic(Arrays.copyOfRange(at, 1, size), intercept);
    }

    private static double[] moved(double[] at, double[] way, double length) {
      double[] next = at.clone();
      for (int j = 0; j < next.length; j++) {
        next[j] += length * way[j];
      }
      return next;
    }

    private double margin(double[] at, double[] row) {
      double sum = at[0];
      for (int j = 0; j < centre.length; j++) {
        sum += at[j + 1] * (row[j] - centre[j]);
      }
      return sum;
    }

    private double loss(double[] at) {
      double loss = 0;
      for (int j = 0; j < prior.length; j++) {
        double off = at[j + 1] - prior[j];
        loss += l2 / 2 * off * off;
      }
      for (int i = 0; i < inputs.length; i++) {
        double margin = margin(at, inputs[i]);
        double wrong = positive[i] ? -margin : margin;
        loss += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
      }
      return loss;
    }

    /** To the lowest point, within the bounds, of the parabola that touches the loss here. */
    private double[] way(double[] at) {
      double[] gradient = new double[size];
      double[][] curvature = new double[size][size];
      for (int j = 1; j < size; j++) {
        gradient[j] = l2 * (at[j] - prior[j - 1]);
        curvature[j][j] = l2;
      }
      double[] row = new double[size];
      row[0] = 1;
      for (int i = 0; i < inputs.length; i++) {
        for (int j = 1; j < size; j++) {
          row[j] = inputs[i][j - 1] - centre[j - 1];
        }
        double chance = 1 / (1 + Math.exp(-margin(at, inputs[i])));
        double off = positive[i] ? chance - 1 : chance;
        double bend = chance * (1 - chance);
        for (int j = 0; j < size; j++) {
          gradient[j] += off * row[j];
          for (int k = 0; k <= j; k++) {
            curvature[j][k] += bend * row[j] * row[k];
          }
        }
      }
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < j; k++) {
          curvature[k][j] = curvature[j][k];
        }
      }
      return descend(at, gradient, curvature);
    }

    /** Coordinate by coordinate, until none moves. */
    private double[] descend(double[] at, double[] gradient, double[][] curvature) {
      double[] way = new double[size];
      double[] slope = gradient.clone();
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        double largest = 0;
        for (int j = 0; j < size; j++) {
          double least = j == 0 ? Double.NEGATIVE_INFINITY : -at[j];
          double bend = Math.max(curvature[j][j], Double.MIN_NORMAL);
          double to = Math.max(least, way[j] - slope[j] / bend);
          double move = to - way[j];
          if (move != 0) {
            way[j] = to;
            for (int k = 0; k < size; k++) {
              slope[k] += move * curvature[j][k];
            }
            largest = Math.max(largest, Math.abs(move) / (1 + Math.abs(at[j])));
          }
        }
        if (largest < EXACT) {
          break;
        }
      }
      return way;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Logistic that
        && intercept == that.intercept
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(weights) + Double.hashCode(intercept);
  }
}
