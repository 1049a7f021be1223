package dev.vedette.math;

import dev.vedette.Require;

/** Student's t distribution with whole degrees of freedom. */
public final class StudentT {
  private StudentT() {}

  /**
   * P(|T| &gt; t): the finite series of Abramowitz and Stegun, Handbook of Mathematical Functions,
   * 26.7.3 and 26.7.4. Exact to about 1e-15 absolutely; O(freedom).
   */
  public static double twoSidedTail(double t, int freedom) {
    Require.range("freedom", freedom, 1, Integer.MAX_VALUE);
    double angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
    double cosine = Math.cos(angle);
    double square = cosine * cosine;
    boolean even = freedom % 2 == 0;
    double term = even ? 1 : cosine;
    double sum = freedom == 1 ? 0 : term;
    for (int k = even ? 2 : 3; k <= freedom - 2; k += 2) {
      term *= square * (k - 1) / k;
      sum += term;
      if (term < 1e-17 * sum) {
        break;
      }
    }
    double inside = even ? Math.sin(angle) * sum : 2 / Math.PI * (angle + Math.sin(angle) * sum);
    return Math.max(0, 1 - inside);
  }

  /**
   * The t with P(T &gt; t) = {@code upper}, by secants of the logarithm of the tail.
   *
   * @param upper above 1e-13, at most 0.5
   */
  public static double upperQuantile(double upper, int freedom) {
    Require.range("upper", upper, 1e-13, 0.5);
    if (upper == 0.5) {
      return 0;
    }
    double goal = Math.log(2 * upper);
    double low = 0;
    double high = 1;
    while (twoSidedTail(high, freedom) > 2 * upper) {
      low = high;
      high *= 2;
    }
    double atLow = Math.log(twoSidedTail(low, freedom)) - goal;
    double atHigh = Math.log(Math.max(1e-300, twoSidedTail(high, freedom))) - goal;
    for (int step = 0; step < 100 && high - low > 1e-12 * high; step++) {
      double secant = low + (high - low) * atLow / (atLow - atHigh);
      double margin = 0.01 * (high - low);
      boolean halve = step % 3 == 2;
      double at =
          halve ? (low + high) / 2 : Math.clamp(secant, low + 1e-3 * margin, high - 1e-3 * margin);
      double off = Math.log(Math.max(1e-300, twoSidedTail(at, freedom))) - goal;
      if (off > 0) {
        low = at;
        atLow = off;
      } else {
        high = at;
        atHigh = off;
      }
    }
    return (low + high) / 2;
  }
}
