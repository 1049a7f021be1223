package dev.vedette.row;

/** Sums of exponentials over arrays, in loops that HotSpot vectorises. */
final class Exponentials {
  private Exponentials() {}

  /** A squared distance that adds nothing. */
  static final double NEVER = 1e300;

  /** e to less is nothing beside 1. */
  private static final double LEAST = -700;

  /** Squaring this often turns the power by 2<sup>−10</sup> of the exponent into that by all. */
  private static final double PART = 1.0 / 1024;

  static double least(double[] values) {
    double a = values[0];
    double b = a;
    double c = a;
    double d = a;
    int i = 0;
    for (; i + 4 <= values.length; i += 4) {
      a = Math.min(a, values[i]);
      b = Math.min(b, values[i + 1]);
      c = Math.min(c, values[i + 2]);
      d = Math.min(d, values[i + 3]);
    }
    for (; i < values.length; i++) {
      a = Math.min(a, values[i]);
    }
    return Math.min(Math.min(a, b), Math.min(c, d));
  }

  /**
   * Replaces each value v by e to scale · (v − least), which is at most 1, to a relative error of
   * 10<sup>−12</sup> down to e<sup>−100</sup>: e to the 1,024th part by its Taylor polynomial,
   * squared ten times.
   *
   * @param least of the values
   * @param scale at most 0
   */
  static void ofScaled(double[] values, double least, double scale) {
    for (int i = 0; i < values.length; i++) {
      double x = Math.max(LEAST, scale * (values[i] - least)) * PART;
      double e = Math.fma(x, 1.0 / 362880, 1.0 / 40320);
      e = Math.fma(x, e, 1.0 / 5040);
      e = Math.fma(x, e, 1.0 / 720);
      e = Math.fma(x, e, 1.0 / 120);
      e = Math.fma(x, e, 1.0 / 24);
      e = Math.fma(x, e, 1.0 / 6);
      e = Math.fma(x, e, 0.5);
      e = Math.fma(x, e, 1);
      e = Math.fma(x, e, 1);
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      values[i] = e;
    }
  }

  /** The sum, in four sums that do not wait for each other. */
  static double sum(double[] values) {
    int i = 0;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (; i + 4 <= values.length; i += 4) {
      s0 += values[i];
      s1 += values[i + 1];
      s2 += values[i + 2];
      s3 += values[i + 3];
    }
    for (; i < values.length; i++) {
      s0 += values[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
