package dev.vedette.azure;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The natural cubic spline through the values that are there, each at its index. O(n) to make,
 * O(log n) for a value.
 */
final class NaturalSpline {
  private final int[] knots;
  private final double[] values;
  private final double[] curvature;

  private NaturalSpline(int[] knots, double[] values) {
    this.knots = knots;
    this.values = values;
    this.curvature = curvature();
  }

  static NaturalSpline through(double[] values, boolean[] missing) {
    int[] knots = IntStream.range(0, values.length).filter(i -> !missing[i]).toArray();
    double[] there = Arrays.stream(knots).mapToDouble(i -> values[i]).toArray();
    return new NaturalSpline(knots, there);
  }

  /** The second derivatives at the knots, by elimination from the first to the last and back. */
  private double[] curvature() {
    int n = knots.length;
    double[] found = new double[n];
    double[] carry = new double[n];
    for (int i = 1; i < n - 1; i++) {
      double before = knots[i] - knots[i - 1];
      double after = knots[i + 1] - knots[i];
      double right =
          6 * ((values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before);
      double pivot = 2 * (before + after) - before * carry[i - 1];
      carry[i] = after / pivot;
      found[i] = (right - before * found[i - 1]) / pivot;
    }
    for (int i = n - 2; i > 0; i--) {
      found[i] -= carry[i] * found[i + 1];
    }
    return found;
  }

  /** The value at {@code x}, between the first and the last knot. */
  double at(double x) {
    int place = Arrays.binarySearch(knots, (int) x);
    int i = Math.min(place >= 0 ? place : -place - 2, knots.length - 2);
    double width = knots[i + 1] - knots[i];
    double b = (x - knots[i]) / width;
    double a = 1 - b;
    return a * values[i]
        + b * values[i + 1]
        + ((a * a * a - a) * curvature[i] + (b * b * b - b) * curvature[i + 1]) * width * width / 6;
  }
}
