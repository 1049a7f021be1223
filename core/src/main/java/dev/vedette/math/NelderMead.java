package dev.vedette.math;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Minimisation without derivatives by a simplex that crawls downhill (Nelder and Mead 1965,
 * doi:10.1093/comjnl/7.4.308). Finds a local minimum of a function of a few variables; NaN counts
 * as infinitely bad. Deterministic.
 */
public final class NelderMead {
  private NelderMead() {}

  /** A function of several variables. */
  @FunctionalInterface
  public interface Function {
    double at(double[] point);
  }

  /**
   * The lowest point found, never worse than {@code start}.
   *
   * @param steps how far the first simplex reaches from {@code start} along each axis, not 0
   * @param tolerance stops when the values at the corners differ by less
   * @param most evaluations of {@code function}, about
   */
  public static double[] minimise(
      Function function, double[] start, double[] steps, double tolerance, int most) {
    int n = start.length;
    if (n == 0) {
      return start.clone();
    }
    double[][] simplex = new double[n + 1][];
    for (int i = 0; i <= n; i++) {
      double[] corner = Arrays.copyOf(start, n + 1); // the last number is the value there
      if (i > 0) {
        corner[i - 1] += steps[i - 1];
      }
      simplex[i] = valued(function, corner);
    }
    int left = most - n - 1;
    Arrays.sort(simplex, Comparator.comparingDouble(corner -> corner[n]));
    while (left > 0 && simplex[n][n] - simplex[0][n] > tolerance) {
      left -= crawl(function, simplex);
      Arrays.sort(simplex, Comparator.comparingDouble(corner -> corner[n]));
    }
    return Arrays.copyOf(simplex[0], n);
  }

  /** One step; the number of evaluations it took. */
  private static int crawl(Function function, double[][] simplex) {
    int n = simplex.length - 1;
    double[] center = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        center[j] += simplex[i][j] / n;
      }
    }
    double[] worst = simplex[n];
    double[] reflected = along(function, center, worst, -1);
    if (reflected[n] < simplex[0][n]) {
      double[] farther = along(function, center, worst, -2);
      simplex[n] = farther[n] < reflected[n] ? farther : reflected;
      return 2;
    }
    if (reflected[n] < simplex[n - 1][n]) {
      simplex[n] = reflected;
      return 1;
    }
    boolean outside = reflected[n] < worst[n];
    double[] nearer = along(function, center, worst, outside ? -0.5 : 0.5);
    if (nearer[n] < Math.min(reflected[n], worst[n])) {
      simplex[n] = nearer;
      return 2;
    }
    for (int i = 1; i <= n; i++) {
      simplex[i] = along(function, simplex[0], simplex[i], 0.5);
    }
    return n + 2;
  }

  private static double[] along(Function function, double[] from, double[] to, double share) {
    int n = to.length - 1;
    double[] point = new double[n + 1];
    for (int j = 0; j < n; j++) {
      point[j] = from[j] + share * (to[j] - from[j]);
    }
    return valued(function, point);
  }

  private static double[] valued(Function function, double[] corner) {
    int n = corner.length - 1;
    double value = function.at(Arrays.copyOf(corner, n));
    corner[n] = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    return corner;
  }
}
