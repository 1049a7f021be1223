package dev.vedette.series;

import org.jspecify.annotations.Nullable;

/**
 * Locally weighted regression over equally spaced points: a constant or a line through the {@code
 * window} nearest, weighted by the tricube of their distance. Where {@code jump} is more than 1
 * only every jump-th point is fitted and the rest lies on lines between.
 *
 * <p>Cost O(n · window / jump). Cleveland et al. 1990, section 2.
 */
final class Loess {
  private final int window;
  private final int half;
  private final int degree;
  private final int jump;

  /** Tricube weights of the distances 0, 1, ... inside the series, where all windows are alike. */
  private final double[] tricube;

  private double[] weight = new double[0];

  /**
   * @param window odd, 3 or more: how many points take part; more than there are stretches the
   *     distances accordingly
   * @param degree 0 or 1
   */
  Loess(int window, int degree, int jump, int longest) {
    this.window = window;
    this.degree = degree;
    this.jump = jump;
    this.half = window / 2;
    this.tricube = new double[window <= longest ? half + 1 : 0];
    for (int r = 0; r < tricube.length; r++) {
      tricube[r] = tricube(r, half);
    }
  }

  /** Smooths the first {@code n} of {@code y} into {@code out} from {@code at} on. */
  void smooth(double[] y, int n, double @Nullable [] robustness, double[] out, int at) {
    if (n < 2) {
      out[at] = y[0];
      return;
    }
    int step = Math.min(jump, n - 1);
    int left = 0;
    int last = 0;
    for (int i = 0; i < n; i += step) {
      left = left(i, n);
      out[at + i] = fit(y, n, robustness, i, left);
      last = i;
    }
    for (int i = 0; i + step < n; i += step) {
      between(out, at + i, at + i + step);
    }
    if (last != n - 1) {
      // The window is still that of the last point fitted, as in the authors' program.
      out[at + n - 1] = fit(y, n, robustness, n - 1, left);
      between(out, at + last, at + n - 1);
    }
  }

  private int left(int i, int n) {
    return Math.max(0, Math.min(i - half, n - window));
  }

  private static void between(double[] out, int from, int to) {
    double slope = (out[to] - out[from]) / (to - from);
    for (int j = from + 1; j < to; j++) {
      out[j] = out[from] + slope * (j - from);
    }
  }

  /** The fit one place before the first point. */
  double before(double[] y, int n, double @Nullable [] robustness, double otherwise) {
    double fit = at(y, n, robustness, -1, 0);
    return Double.isNaN(fit) ? otherwise : fit;
  }

  /** The fit one place after the last point. */
  double after(double[] y, int n, double @Nullable [] robustness, double otherwise) {
    double fit = at(y, n, robustness, n, Math.max(0, n - window));
    return Double.isNaN(fit) ? otherwise : fit;
  }

  private double fit(double[] y, int n, double @Nullable [] robustness, int x, int left) {
    double fit = at(y, n, robustness, x, left);
    return Double.isNaN(fit) ? y[x] : fit;
  }

  /** The fit at {@code x}, NaN where no point has a weight. */
  private double at(double[] y, int n, double @Nullable [] robustness, int x, int left) {
    int right = Math.min(n, left + window);
    if (weight.length < n) {
      weight = new double[n];
    }
    double width = Math.max(x - left, right - 1 - x);
    if (window > n) {
      int beyond = (window - n) / 2; // whole, as in the authors' program
      width += beyond;
    }
    boolean inside = tricube.length > 0 && width == half && x >= 0 && x < n;
    double sum = 0;
    double first = 0;
    double product = 0;
    for (int j = left; j < right; j++) {
      int r = Math.abs(j - x);
      double w = inside ? tricube[r] : tricube(r, width);
      if (robustness != null) {
        w *= robustness[j];
      }
      weight[j] = w;
      sum += w;
      first += w * j;
      product += w * y[j];
    }
    if (!(sum > 0)) {
      return Double.NaN;
    }
    double fit = product / sum;
    if (degree == 0 || !(width > 0)) {
      return fit;
    }
    double centre = first / sum;
    double spread = 0;
    double slope = 0;
    for (int j = left; j < right; j++) {
      double away = weight[j] * (j - centre);
      spread += away * (j - centre);
      slope += away * y[j];
    }
    // A line through points all in one place has no slope.
    boolean wide = Math.sqrt(spread / sum) > 0.001 * (n - 1);
    return wide ? fit + (x - centre) * slope / spread : fit;
  }

  private static double tricube(double distance, double width) {
    if (distance > 0.999 * width) {
      return 0;
    }
    if (distance <= 0.001 * width) {
      return 1;
    }
    double share = distance / width;
    double rest = 1 - share * share * share;
    return rest * rest * rest;
  }
}
