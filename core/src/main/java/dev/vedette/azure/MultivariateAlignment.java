package dev.vedette.azure;

import dev.vedette.data.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How variables with times of their own are brought to common times.
 *
 * @param padding the value filled in with {@link Fill#FIXED}
 */
public record MultivariateAlignment(Mode mode, Fill fill, double padding) {
  /** The most points of a variable. */
  public static final int MOST_POINTS = 1_000_000;

  /** Which times are kept. */
  public enum Mode {
    /** Those at which every variable has a point. */
    INNER,
    /** Those at which any variable has a point. */
    OUTER
  }

  /** What is put for a value that is missing. */
  public enum Fill {
    /** The last value before it; the first of all where there is none. */
    PREVIOUS,
    /** The next value after it; the last of all where there is none. */
    SUBSEQUENT,
    /** On the straight line in time between both neighbours; the nearest at both ends. */
    LINEAR,
    ZERO,
    /** The padding. */
    FIXED,
    /** Points with a missing value are left out; only with {@link Mode#INNER}. */
    NOT_FILL
  }

  public MultivariateAlignment {
    MultivariateException.unless(
        fill != Fill.NOT_FILL || mode == Mode.INNER,
        "InvalidFillNAMethod",
        "The 'fillNAMethod' field must be one of the following: 'Previous', 'Subsequent',"
            + " 'Linear', 'Zero', 'Fixed', 'NotFill'. It cannot be 'NotFill' when 'alignMode' is"
            + " 'Outer'.");
    MultivariateException.unless(
        fill != Fill.FIXED || Double.isFinite(padding),
        "RequiredPaddingValue",
        "The 'paddingValue' field is required in the request when 'fillNAMethod' is 'Fixed'.");
  }

  /** All times, straight lines between values: the default of the service. */
  public MultivariateAlignment() {
    this(Mode.OUTER, Fill.LINEAR, 0);
  }

  /**
   * Aligns {@code variables}.
   *
   * @param from the first time asked for, in milliseconds
   * @param to the last
   * @param history how many points before {@code from} are kept, if they are there
   * @throws MultivariateException when there is nothing, or too much, or a time twice
   */
  public MultivariateData align(
      List<MultivariateVariable> variables, long from, long to, int history) {
    return align(variables, from, to, history, MOST_POINTS);
  }

  /**
   * Aligns {@code variables}. Of variables with times of their own, all of them are times of every
   * variable, so that {@code most} is what bounds the memory.
   *
   * @param from the first time asked for, in milliseconds
   * @param to the last
   * @param history how many points before {@code from} are kept, if they are there
   * @param most points from {@code from} on, told before any room is taken for them
   * @throws MultivariateException when there is nothing, or a time twice, or with {@code
   *     DataExceedsLimit} when there are more points
   */
  public MultivariateData align(
      List<MultivariateVariable> variables, long from, long to, int history, int most) {
    check(variables);
    List<MultivariateVariable> sorted = variables.stream().map(each -> sorted(each, to)).toList();
    long[] times = times(sorted, from, most);
    int first = firstAtOrAfter(times, from);
    int start = Math.max(0, first - history);
    MultivariateException.unless(first < times.length, "NoData", "There is no effective data.");
    long[] kept = Arrays.copyOfRange(times, start, times.length);
    double[][] values = new double[sorted.size()][];
    var states = new ArrayList<MultivariateState>();
    for (int v = 0; v < values.length; v++) {
      values[v] = at(sorted.get(v), kept);
      states.add(state(sorted.get(v).name(), values[v], kept, first - start));
      fill(values[v], kept);
    }
    List<String> names = sorted.stream().map(MultivariateVariable::name).toList();
    return new MultivariateData(Series.of(names, kept, values), first - start, List.copyOf(states));
  }

  private static void check(List<MultivariateVariable> variables) {
    MultivariateException.unless(
        !variables.isEmpty(),
        "NoVariablesFound",
        "No variables found. Check that your files are organized as per instruction.");
    MultivariateException.unless(
        variables.size() <= Multivariate.MOST_VARIABLES,
        "TooManyData",
        "Too many variables. Maximum number is %s.".formatted(Multivariate.MOST_VARIABLES));
    var names = new HashSet<String>();
    for (MultivariateVariable variable : variables) {
      MultivariateException.unless(
          names.add(variable.name()),
          "DuplicatedVariables",
          "There are multiple variables with the same name.");
      MultivariateException.unless(
          variable.times().length <= MOST_POINTS,
          "TooManyData",
          "Too many data points. Maximum number is %s per variable.".formatted(MOST_POINTS));
    }
  }

  /** In the order of time, up to {@code to}; what is so already is not copied. */
  private static MultivariateVariable sorted(MultivariateVariable variable, long to) {
    long[] times = variable.times();
    boolean ascending = true;
    for (int i = 1; i < times.length && ascending; i++) {
      ascending = times[i] > times[i - 1];
    }
    if (ascending) {
      int end = firstAfter(times, to);
      return end == times.length
          ? variable
          : new MultivariateVariable(
              variable.name(), Arrays.copyOf(times, end), Arrays.copyOf(variable.values(), end));
    }
    int[] order =
        IntStream.range(0, times.length)
            .filter(i -> times[i] <= to)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] inOrder = Arrays.stream(order).mapToLong(i -> times[i]).toArray();
    for (int n = 1; n < inOrder.length; n++) {
      MultivariateException.unless(
          inOrder[n] > inOrder[n - 1],
          "MergeDataFailed",
          "Failed to merge data. Check data format. Variable %s has the timestamp %s twice."
              .formatted(variable.name(), Instant.ofEpochMilli(inOrder[n])));
    }
    double[] values = Arrays.stream(order).mapToDouble(i -> variable.values()[i]).toArray();
    return new MultivariateVariable(variable.name(), inOrder, values);
  }

  private long[] times(List<MultivariateVariable> variables, long from, int most) {
    long[] times = usable(variables.getFirst());
    for (MultivariateVariable variable : variables.subList(1, variables.size())) {
      times = merged(times, usable(variable));
      if (mode == Mode.OUTER) {
        checkCount(times, from, most);
      }
    }
    checkCount(times, from, most);
    return times;
  }

  private static void checkCount(long[] times, long from, int most) {
    MultivariateException.unless(
        times.length - firstAtOrAfter(times, from) <= most,
        "DataExceedsLimit",
        "The length of data whose timestamp is between startTime and endTime exceeds limit(%s)."
            .formatted(most));
  }

  /** The times of the points that count as there. */
  private long[] usable(MultivariateVariable variable) {
    if (fill != Fill.NOT_FILL) {
      return variable.times();
    }
    return IntStream.range(0, variable.times().length)
        .filter(i -> !Double.isNaN(variable.values()[i]))
        .mapToLong(i -> variable.times()[i])
        .toArray();
  }

  private long[] merged(long[] one, long[] other) {
    if (Arrays.equals(one, other)) {
      return one;
    }
    long[] merged = new long[one.length + other.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < one.length || j < other.length) {
      boolean fromOne = j == other.length || (i < one.length && one[i] <= other[j]);
      boolean fromOther = i == one.length || (j < other.length && other[j] <= one[i]);
      long time = fromOne ? one[i] : other[j];
      i += fromOne ? 1 : 0;
      j += fromOther ? 1 : 0;
      if (mode == Mode.OUTER || (fromOne && fromOther)) {
        merged[size++] = time;
      }
    }
    return Arrays.copyOf(merged, size);
  }

  private static int firstAfter(long[] times, long time) {
    int found = Arrays.binarySearch(times, time);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static int firstAtOrAfter(long[] times, long from) {
    int found = Arrays.binarySearch(times, from);
    return found >= 0 ? found : -found - 1;
  }

  /** The values at {@code times}; NaN where there is none. */
  private static double[] at(MultivariateVariable variable, long[] times) {
    double[] values = new double[times.length];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      while (next < variable.times().length && variable.times()[next] < times[i]) {
        next++;
      }
      boolean there = next < variable.times().length && variable.times()[next] == times[i];
      values[i] = there ? variable.values()[next] : Double.NaN;
    }
    return values;
  }

  private static MultivariateState state(String name, double[] values, long[] times, int first) {
    int[] there =
        IntStream.range(first, times.length).filter(i -> !Double.isNaN(values[i])).toArray();
    int points = times.length - first;
    return new MultivariateState(
        name,
        (double) (points - there.length) / points,
        there.length,
        times[there.length > 0 ? there[0] : first],
        times[there.length > 0 ? there[there.length - 1] : times.length - 1]);
  }

  /** Fills what is NaN; 0 where there is no value at all to go by. */
  private void fill(double[] values, long[] times) {
    int before = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        before = i;
        continue;
      }
      int after = i;
      while (after < values.length && Double.isNaN(values[after])) {
        after++;
      }
      for (int gap = i; gap < after; gap++) {
        values[gap] = filled(values, times, before, gap, after);
      }
      i = after - 1;
    }
  }

  private double filled(double[] values, long[] times, int before, int at, int after) {
    if (fill == Fill.ZERO || fill == Fill.FIXED) {
      return fill == Fill.ZERO ? 0 : padding;
    }
    if (before < 0 || after == values.length) {
      return before >= 0 ? values[before] : after < values.length ? values[after] : 0;
    }
    return switch (fill) {
      case PREVIOUS -> values[before];
      case SUBSEQUENT -> values[after];
      default -> {
        double share = (double) (times[at] - times[before]) / (times[after] - times[before]);
        yield values[before] + share * (values[after] - values[before]);
      }
    };
  }
}
