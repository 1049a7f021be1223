package dev.vedette.row;

import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What each column has to do with the score of a row by a {@link Kde}. The density over some of the
 * columns alone is the mean of the kernels over these.
 */
final class Surprise {
  private final Kde.Fitted model;
  private final int own;
  private final int counted;
  private final int count;

  /** For a row that is {@code trainingRow}; −1 for a fresh one. */
  Surprise(Kde.Fitted model, int trainingRow) {
    this.model = model;
    count = model.members().length;
    own = model.place(trainingRow);
    counted = own < 0 ? count : count - 1;
  }

  /**
   * What each column adds to −ln density at {@code z} when it joins those before it, on average
   * over {@code orders} of the columns, an even number; sums to the score.
   */
  double[] shares(double[] z, int orders) {
    double[] shares = new double[z.length];
    SplittableRandom random = Seeds.stream(model.detector().seed(), 1);
    for (int pair = 0; pair < orders / 2; pair++) {
      int[] order = Seeds.sample(random, z.length, z.length);
      add(z, order, shares);
      int[] back = new int[order.length];
      Arrays.setAll(back, i -> order[order.length - 1 - i]);
      add(z, back, shares);
    }
    for (int j = 0; j < shares.length; j++) {
      shares[j] /= orders;
    }
    return shares;
  }

  private void add(double[] z, int[] order, double[] shares) {
    double[] squared = start();
    double before = 0;
    double logUnits = 0;
    for (int i = 0; i < order.length; i++) {
      int j = order[i];
      addSquares(z[j], model.points()[j], 1, squared);
      logUnits += Math.log(model.unit()[j]);
      double after = model.surprise(squared.clone(), counted, i + 1, logUnits);
      shares[j] += after - before;
      before = after;
    }
  }

  private double[] start() {
    double[] squared = new double[count];
    if (own >= 0) {
      squared[own] = Exponentials.NEVER;
    }
    return squared;
  }

  private static void addSquares(double z, double[] column, int times, double[] squared) {
    for (int p = 0; p < squared.length; p++) {
      double away = column[p] - z;
      squared[p] = Math.fma(times * away, away, squared[p]);
    }
  }

  /** What the other columns let expect in each column. */
  double[] expected(double[] z) {
    double[] all = start();
    for (int j = 0; j < z.length; j++) {
      addSquares(z[j], model.points()[j], 1, all);
    }
    double[] expected = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      double[] terms = all.clone();
      addSquares(z[j], model.points()[j], -1, terms);
      Exponentials.ofScaled(
          terms, Exponentials.least(terms), -0.5 / (model.width() * model.width()));
      double sum = Exponentials.sum(terms);
      double mean = 0;
      for (int p = 0; p < count; p++) {
        mean += terms[p] / sum * model.points()[j][p];
      }
      expected[j] = model.center()[j] + model.unit()[j] * mean;
    }
    return expected;
  }
}
