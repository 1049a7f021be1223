package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One or several variables over time, immutable: points in ascending order of time, no two at the
 * same. Times are milliseconds since 1970-01-01T00:00Z; they need not be regular. NaN means
 * missing; infinities are refused.
 */
public final class Series {
  /** Twice as far is no overflow either, and so is no distance of two times. */
  private static final long FARTHEST = 1L << 61;

  private final List<String> names;
  private final long[] times;
  private final double[][] values;
  private final boolean @Nullable [] labels;

  private Series(List<String> names, long[] times, double[][] values, boolean @Nullable [] labels) {
    this.names = names;
    this.times = times;
    this.values = values;
    this.labels = labels;
  }

  /** A copy of one variable, whose name is "value". */
  public static Series of(long[] times, double[] values) {
    return of(List.of("value"), times, new double[][] {values});
  }

  /**
   * A copy of several variables (variables × points).
   *
   * @throws DataException naming the point whose time does not follow, or is farther than 2⁶¹ from
   *     0, or whose value is infinite
   */
  public static Series of(List<String> names, long[] times, double[][] values) {
    Require.that(!names.isEmpty(), "a series needs at least one variable");
    Require.that(names.size() == values.length, "a series needs one name per variable");
    if (times.length > 0) {
      requireNear(0, times[0]);
      requireNear(times.length - 1, times[times.length - 1]);
    }
    for (int i = 1; i < times.length; i++) {
      if (times[i] <= times[i - 1]) {
        throw new DataException(
            "point %s is at %s, not after point %s at %s; sort the points and merge duplicates first"
                .formatted(
                    i, Instant.ofEpochMilli(times[i]), i - 1, Instant.ofEpochMilli(times[i - 1])));
      }
    }
    double[][] copy = new double[values.length][];
    for (int v = 0; v < values.length; v++) {
      copy[v] = checked(names.get(v), values[v].clone(), times.length);
    }
    return new Series(List.copyOf(names), times.clone(), copy, null);
  }

  private static void requireNear(int point, long time) {
    if (Math.abs((double) time) > FARTHEST) {
      throw new DataException(
          "point %s is at %s, more than 70 million years from 1970; give times in milliseconds"
              .formatted(point, Instant.ofEpochMilli(time)));
    }
  }

  private static double[] checked(String name, double[] values, int points) {
    if (values.length != points) {
      throw new DataException(
          "variable '%s' has %s values for %s times".formatted(name, values.length, points));
    }
    for (int i = 0; i < points; i++) {
      if (Double.isInfinite(values[i])) {
        throw new DataException(
            "point %s, variable '%s' is %s; only finite numbers can be used"
                .formatted(i, name, values[i]));
      }
    }
    return values;
  }

  /** The same points; {@code labels} are true where a point is an anomaly. */
  public Series withLabels(boolean[] labels) {
    if (labels.length != points()) {
      throw new DataException(
          "there are %s labels for %s points".formatted(labels.length, points()));
    }
    return new Series(names, times, values, labels.clone());
  }

  public int points() {
    return times.length;
  }

  public int variables() {
    return values.length;
  }

  /** The names of the variables. */
  public List<String> names() {
    return names;
  }

  /** When point {@code point} was, in milliseconds since 1970-01-01T00:00Z. */
  public long time(int point) {
    return times[point];
  }

  /** All times, as a new array. */
  public long[] times() {
    return times.clone();
  }

  public double value(int variable, int point) {
    return values[variable][point];
  }

  /** The values of one variable, as a new array. */
  public double[] values(int variable) {
    return values[variable].clone();
  }

  public Optional<boolean[]> labels() {
    return Optional.ofNullable(labels).map(boolean[]::clone);
  }

  /** The points {@code [from, to)}. */
  public Series slice(int from, int to) {
    return new Series(
        names,
        Arrays.copyOfRange(times, from, to),
        Arrays.stream(values).map(v -> Arrays.copyOfRange(v, from, to)).toArray(double[][]::new),
        labels == null ? null : Arrays.copyOfRange(labels, from, to));
  }

  /** One variable alone. */
  public Series only(int variable) {
    return new Series(
        List.of(names.get(variable)), times, new double[][] {values[variable]}, labels);
  }

  /** The points as rows (points × variables). */
  public Matrix matrix() {
    return Matrix.fill(
        names,
        points(),
        (i, into) -> {
          for (int v = 0; v < into.length; v++) {
            into[v] = values[v][i];
          }
        });
  }

  /**
   * Checks at the door of a model.
   *
   * @throws DataException when there are other than {@code variables} variables, or a value is
   *     missing and may not be
   */
  public void requireUsable(int variables, boolean missingAllowed) {
    if (variables() != variables) {
      throw new DataException(
          "the series has %s variables %s, expected %s".formatted(variables(), names, variables));
    }
    if (!missingAllowed) {
      requireComplete();
    }
  }

  private void requireComplete() {
    for (int v = 0; v < values.length; v++) {
      for (int i = 0; i < times.length; i++) {
        if (Double.isNaN(values[v][i])) {
          throw new DataException(
              "point %s at %s, variable '%s' is missing; impute it first"
                  .formatted(i, Instant.ofEpochMilli(times[i]), names.get(v)));
        }
      }
    }
  }

  /**
   * The usual distance between neighbouring points in milliseconds: the median of the differences,
   * the lower of two; 0 for fewer than two points.
   */
  public long step() {
    return step(times);
  }

  static long step(long[] times) {
    long[] steps =
        IntStream.range(1, times.length).mapToLong(i -> times[i] - times[i - 1]).sorted().toArray();
    return steps.length == 0 ? 0 : steps[(steps.length - 1) / 2];
  }

  @Override
  public String toString() {
    return points() == 0
        ? "no points of " + names
        : "%s points of %s from %s to %s"
            .formatted(
                points(),
                names,
                Instant.ofEpochMilli(times[0]),
                Instant.ofEpochMilli(times[points() - 1]));
  }
}
