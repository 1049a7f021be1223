package dev.vedette.row;

import dev.vedette.math.Parallel;
import java.util.Arrays;

/**
 * How likely some of the points of a {@link Kde} are under all the others.
 *
 * @param squared distances of each of some points to all points, itself at {@link
 *     Exponentials#NEVER}
 * @param columns of the points
 */
record LeftOut(double[][] squared, int columns) {
  private static final int ASKED = 256;

  /** Each shrinks the range by the golden ratio; together to a hundred-thousandth. */
  private static final int STEPS = 24;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Asks some of {@code points} (columns × points), spread evenly. */
  static LeftOut of(double[][] points) {
    int count = points[0].length;
    int asked = Math.min(ASKED, count);
    double[][] squared = new double[asked][count];
    Parallel.each(
        asked,
        i -> {
          int p = (int) ((long) i * count / asked);
          double[] point = Arrays.stream(points).mapToDouble(column -> column[p]).toArray();
          Tile.squaredDistances(point, points, squared[i]);
          squared[i][p] = Exponentials.NEVER;
        });
    return new LeftOut(squared, points.length);
  }

  /**
   * The width between {@code least} and {@code most} with the greatest likelihood, by golden
   * section on a logarithmic scale.
   */
  double likeliest(double least, double most) {
    double low = Math.log(least);
    double high = Math.log(most);
    double a = high - GOLDEN * (high - low);
    double b = low + GOLDEN * (high - low);
    double atA = logLikelihood(Math.exp(a));
    double atB = logLikelihood(Math.exp(b));
    for (int step = 0; step < STEPS; step++) {
      if (atA > atB) {
        high = b;
        b = a;
        atB = atA;
        a = high - GOLDEN * (high - low);
        atA = logLikelihood(Math.exp(a));
      } else {
        low = a;
        a = b;
        atA = atB;
        b = low + GOLDEN * (high - low);
        atB = logLikelihood(Math.exp(b));
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Up to what does not depend on the width. */
  double logLikelihood(double width) {
    double scale = -0.5 / (width * width);
    double[] logs = new double[squared.length];
    Parallel.blocks(
        logs.length,
        32,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double[] terms = squared[i].clone();
            double nearest = Exponentials.least(terms);
            Exponentials.ofScaled(terms, nearest, scale);
            logs[i] = Math.log(Exponentials.sum(terms)) + scale * nearest;
          }
        });
    return Arrays.stream(logs).sum() - logs.length * columns * Math.log(width);
  }
}
