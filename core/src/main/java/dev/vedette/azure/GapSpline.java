package dev.vedette.azure;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cubic spline through the values that are there, each at its index, whose first two pieces are
 * one cubic, and whose last two ("not a knot", de Boor, "A Practical Guide to Splines", chapter
 * IV). O(n) to make, O(log n) for a value.
 */
final class GapSpline {
  private final int[] knots;
  private final double[] values;
  private final double[] curvature;

  private GapSpline(int[] knots, double[] values) {
    this.knots = knots;
    this.values = values;
    this.curvature = curvature();
  }

  static GapSpline through(double[] values, boolean[] missing) {
    int[] knots = IntStream.range(0, values.length).filter(i -> !missing[i]).toArray();
    double[] there = Arrays.stream(knots).mapToDouble(i -> values[i]).toArray();
    return new GapSpline(knots, there);
  }

  /** The second derivatives at the knots, by elimination from the first to the last and back. */
  private double[] curvature() {
    int n = knots.length;
    double[] found = new double[n];
    double[] carry = new double[n];
    double first = width(0) / width(1);
    double last = width(n - 2) / width(n - 3);
    for (int i = 1; i < n - 1; i++) {
      double before = width(i - 1);
      double after = width(i);
      double pivot = 2 * (before + after);
      double next = after;
      double previous = before;
      if (i == 1) {
        pivot += before * (1 + first);
        next -= before * first;
        previous = 0;
      }
      if (i == n - 2) {
        pivot += after * (1 + last);
        previous -= after * last;
        next = 0;
      }
      double right =
          6 * ((values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before);
      pivot -= previous * carry[i - 1];
      carry[i] = next / pivot;
      found[i] = (right - previous * found[i - 1]) / pivot;
    }
    for (int i = n - 3; i > 0; i--) {
      found[i] -= carry[i] * found[i + 1];
    }
    found[0] = found[1] - first * (found[2] - found[1]);
    found[n - 1] = found[n - 2] + last * (found[n - 2] - found[n - 3]);
    return found;
  }

  private double width(int piece) {
    return knots[piece + 1] - knots[piece];
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
