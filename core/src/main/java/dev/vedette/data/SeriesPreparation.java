package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.math.Quantiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From points in any order, with duplicates and gaps, to a regular series: sort and merge, put on a
 * regular step, fill gaps, make coarser. Pure functions. Labels are carried along: a merged or
 * coarser point is labelled where one of its points was, a point made up for a gap is not.
 */
public final class SeriesPreparation {
  /** A gap is refused where it would make more points than this for each one there is. */
  private static final long MOST_POINTS_PER_POINT = 1000;

  /** A step of less than so many times the distance of the points is finer than they are. */
  private static final double FINER = 0.9;

  /** A step of more than so many times the distance of the points is coarser than they are. */
  private static final double ALIKE = 1.1;

  private SeriesPreparation() {}

  /** What becomes of several values at the same time. */
  public enum Duplicates {
    /** Their mean, missing values left out. */
    MEAN,
    /** The one given last. */
    LAST,
    /** None: that is an error. */
    REFUSE
  }

  /** What becomes of several points in one coarser step; missing values are left out. */
  public enum Aggregate {
    MEAN,
    SUM,
    MEDIAN,
    MIN,
    MAX,
    LAST,
    /** The number of values. */
    COUNT
  }

  /**
   * Points in the order of time.
   *
   * @param times in any order, also several times the same
   * @param values variables × points
   * @throws DataException when two points have the same time and that is refused
   */
  public static Series sorted(
      List<String> names, long[] times, double[][] values, Duplicates duplicates) {
    return sorted(names, times, values, null, duplicates);
  }

  /** As above, with a label for each point, or none. */
  static Series sorted(
      List<String> names,
      long[] times,
      double[][] values,
      boolean @Nullable [] labels,
      Duplicates duplicates) {
    int[] order =
        IntStream.range(0, times.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i]))
            .mapToInt(i -> i)
            .toArray();
    long[] moments = Arrays.stream(order).mapToLong(i -> times[i]).distinct().toArray();
    if (duplicates == Duplicates.REFUSE && moments.length < times.length) {
      refuse(order, times);
    }
    double[][] merged = new double[values.length][];
    for (int v = 0; v < values.length; v++) {
      merged[v] = merged(order, times, values[v], moments.length, duplicates);
    }
    Series series = Series.of(names, moments, merged);
    if (labels == null) {
      return series;
    }
    boolean[] any = new boolean[moments.length];
    int at = -1;
    for (int k = 0; k < order.length; k++) {
      at += k == 0 || times[order[k]] != times[order[k - 1]] ? 1 : 0;
      any[at] |= labels[order[k]];
    }
    return series.withLabels(any);
  }

  private static void refuse(int[] order, long[] times) {
    for (int k = 1; k < order.length; k++) {
      if (times[order[k]] == times[order[k - 1]]) {
        throw new DataException(
            "points %s and %s are both at %s; merge them by mean or last"
                .formatted(order[k - 1], order[k], Instant.ofEpochMilli(times[order[k]])));
      }
    }
  }

  private static double[] merged(
      int[] order, long[] times, double[] values, int moments, Duplicates duplicates) {
    double[] merged = new double[moments];
    int at = -1;
    int count = 0;
    for (int k = 0; k < order.length; k++) {
      double value = values[order[k]];
      if (k == 0 || times[order[k]] != times[order[k - 1]]) {
        merged[++at] = value;
        count = Double.isNaN(value) ? 0 : 1;
      } else if (duplicates == Duplicates.LAST) {
        merged[at] = value;
      } else if (!Double.isNaN(value)) {
        count++;
        merged[at] = count == 1 ? value : merged[at] + (value - merged[at]) / count;
      }
    }
    return merged;
  }

  /**
   * The series with a point at every step from its first to its last, NaN where there was none. A
   * point goes to the nearest step; several in the same are averaged.
   *
   * @throws DataException when there would be a thousand times as many points
   */
  public static Series regular(Series series, Step step) {
    if (series.points() == 0) {
      return series;
    }
    long origin = series.time(0);
    int[] slots = new int[series.points()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot(series, i, step, step.nearest(origin, series.time(i)));
    }
    long[] times = new long[slots[slots.length - 1] + 1];
    Arrays.setAll(times, slot -> step.plus(origin, slot));
    return collected(series, times, slots, Aggregate.MEAN);
  }

  /**
   * The series with a point at every step by the clock, each the aggregate of the points that go to
   * it; NaN where there are none. A point goes to the step it lies in; where the step is a fixed
   * time like the distance of the points themselves, it goes to the nearest one, so that points a
   * little too early or late stay one a step.
   *
   * @param distance how far neighbouring points of such a series usually are from each other, in
   *     milliseconds, as {@link Series#step} tells; 0 where that is not known
   * @throws DataException when the step is finer than the series
   */
  public static Series resampled(Series series, Step step, Aggregate aggregate, long distance) {
    if (step.millis() < FINER * distance) {
      throw new DataException(
          ("a step of %s is finer than the series, whose points are %s apart; what lies between would"
                  + " be made up: take a step at least as long, such as --every %s")
              .formatted(step.text(), Moments.span(distance), new Step.Fixed(distance).text()));
    }
    if (!(step instanceof Step.Fixed) || step.millis() > ALIKE * distance || series.points() == 0) {
      return coarser(series, step, aggregate);
    }
    long first = step.nearest(0, series.time(0));
    int[] slots = new int[series.points()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot(series, i, step, step.nearest(0, series.time(i)) - first);
    }
    long[] times = new long[slots[slots.length - 1] + 1];
    Arrays.setAll(times, slot -> step.plus(0, first + slot));
    return collected(series, times, slots, aggregate);
  }

  /** {@code slot} of point {@code i}, unless it is so far off that the series would burst. */
  private static int slot(Series series, int i, Step step, long slot) {
    if (slot > MOST_POINTS_PER_POINT * series.points()) {
      throw new DataException(
          "point %s at %s is %s steps of %s after the first; the step is too fine for the series"
              .formatted(i, Instant.ofEpochMilli(series.time(i)), slot, step.text()));
    }
    return (int) slot;
  }

  /**
   * The series with values in the place of missing ones, each variable by itself.
   *
   * @see Imputation#fill(long[], double[])
   */
  public static Series filled(Series series, Imputation imputation) {
    double[][] filled = new double[series.variables()][];
    for (int v = 0; v < filled.length; v++) {
      filled[v] = imputation.fill(series.times(), series.values(v));
    }
    Series whole = Series.of(series.names(), series.times(), filled);
    return series.labels().map(whole::withLabels).orElse(whole);
  }

  /**
   * The series by coarser steps, such as hours or the days of a time zone: each value tells of the
   * points from its time up to the next. NaN where there is none, also between the first and last.
   */
  public static Series coarser(Series series, Step step, Aggregate aggregate) {
    if (series.points() == 0) {
      return series;
    }
    long origin = step.floor(series.time(0));
    var times = new ArrayList<Long>();
    int[] slots = new int[series.points()];
    for (int i = 0; i < slots.length; i++) {
      while (times.isEmpty() || step.plus(origin, times.size()) <= series.time(i)) {
        times.add(step.plus(origin, times.size()));
        if (times.size() > MOST_POINTS_PER_POINT * slots.length) {
          throw new DataException(
              "point %s at %s is too many steps of %s after the first; take a coarser step"
                  .formatted(i, Instant.ofEpochMilli(series.time(i)), step.text()));
        }
      }
      slots[i] = times.size() - 1;
    }
    long[] starts = times.stream().mapToLong(time -> time).toArray();
    return collected(series, starts, slots, aggregate);
  }

  private static Series collected(Series series, long[] times, int[] slots, Aggregate aggregate) {
    double[][] values = new double[series.variables()][times.length];
    for (int v = 0; v < values.length; v++) {
      double[] all = series.values(v);
      int from = 0;
      for (int slot = 0; slot < times.length; slot++) {
        int to = from;
        while (to < slots.length && slots[to] == slot) {
          to++;
        }
        values[v][slot] = one(Arrays.copyOfRange(all, from, to), aggregate);
        from = to;
      }
    }
    Series collected = Series.of(series.names(), times, values);
    return series
        .labels()
        .map(labels -> collected.withLabels(any(labels, slots, times.length)))
        .orElse(collected);
  }

  /** For each slot whether one of its points is labelled. */
  private static boolean[] any(boolean[] labels, int[] slots, int count) {
    boolean[] any = new boolean[count];
    for (int i = 0; i < slots.length; i++) {
      any[slots[i]] |= labels[i];
    }
    return any;
  }

  private static double one(double[] values, Aggregate aggregate) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    if (aggregate == Aggregate.COUNT) {
      return known.length;
    }
    if (known.length == 0) {
      return Double.NaN;
    }
    return switch (aggregate) {
      case MEAN -> Arrays.stream(known).average().orElseThrow();
      case SUM -> Arrays.stream(known).sum();
      case MIN -> Arrays.stream(known).min().orElseThrow();
      case MAX -> Arrays.stream(known).max().orElseThrow();
      case LAST -> known[known.length - 1];
      case MEDIAN, COUNT -> Quantiles.median(known);
    };
  }
}
