package dev.vedette.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether the points of a series cover the first and the last of the steps it was put on only in
 * part: they begin after the step does or end before it, and are fewer than it is long.
 *
 * @param first whether the first step is covered only in part
 * @param last whether the last step is
 * @param even whether most of the steps between are covered whole; where they are not, how much of
 *     a step is covered says little of its value
 */
record StepCoverage(boolean first, boolean last, boolean even) {
  /**
   * A step is covered whole where less than this share of its points and of one point is absent.
   */
  private static final double SHARE = 0.01;

  private static final double POINT = 0.75;

  /** Of uneven steps one is covered in part that holds less than this share of what is usual. */
  private static final double UNEVEN = 0.8;

  /**
   * @param series the points before they were put on the step; those without a value cover nothing
   * @param starts of the steps, ascending and at least one
   * @param distance the usual one of neighbouring points, in milliseconds; 0 where not known
   */
  static StepCoverage of(Series series, long[] starts, Step step, long distance) {
    long[] known =
        IntStream.range(0, series.points())
            .filter(i -> hasValue(series, i))
            .mapToLong(series::time)
            .toArray();
    if (distance == 0 || known.length == 0) {
      return new StepCoverage(false, false, true);
    }
    int end = starts.length - 1;
    long[] ends = Arrays.copyOfRange(starts, 1, starts.length + 1);
    ends[end] = step.plus(starts[end], 1);
    double[] wanted = new double[starts.length];
    Arrays.setAll(wanted, k -> (ends[k] - starts[k]) / (double) distance);
    int[] held = held(known, ends);
    boolean even =
        2 * IntStream.range(1, end).filter(k -> whole(held[k], wanted[k])).count() >= end - 1;
    double usual = even ? 1 : UNEVEN * usual(held, wanted);
    return new StepCoverage(
        known[0] - starts[0] >= distance && inPart(held[0], usual * wanted[0]),
        ends[end] - known[known.length - 1] > distance && inPart(held[end], usual * wanted[end]),
        even);
  }

  private static boolean hasValue(Series series, int point) {
    return IntStream.range(0, series.variables())
        .anyMatch(v -> !Double.isNaN(series.value(v, point)));
  }

  /** How many of the times {@code known} lie before each end and not before the one before. */
  private static int[] held(long[] known, long[] ends) {
    int[] held = new int[ends.length];
    int k = 0;
    for (long time : known) {
      while (k < ends.length - 1 && time >= ends[k]) {
        k++;
      }
      held[k]++;
    }
    return held;
  }

  private static boolean inPart(int held, double wanted) {
    return held > 0 && !whole(held, wanted);
  }

  private static boolean whole(int held, double wanted) {
    return wanted - held < Math.max(POINT, SHARE * wanted);
  }

  /** The median share of its points that a step between the first and the last holds. */
  private static double usual(int[] held, double[] wanted) {
    double[] shares =
        IntStream.range(1, held.length - 1)
            .mapToDouble(k -> held[k] / wanted[k])
            .sorted()
            .toArray();
    return shares[shares.length / 2];
  }
}
