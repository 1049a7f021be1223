package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The last points of a stream; the arrays grow to their most as points come. */
final class RollingPoints {
  private static final int START = 16;

  private final int most;
  private final List<String> names;
  private long[] times;
  private final double[][] values;
  private int next;
  private int size;

  /**
   * Holds points, the oldest first.
   *
   * @param values variables × points
   */
  RollingPoints(int most, long[] times, double[][] values) {
    Require.that(times.length <= most, "more points are kept than there may be");
    this.most = most;
    names = IntStream.range(0, values.length).mapToObj(v -> "variable " + v).toList();
    int room = Math.min(START, most);
    while (room < times.length) {
      room = more(room);
    }
    size = times.length;
    next = size % room;
    this.times = Arrays.copyOf(times, room);
    this.values = new double[values.length][];
    for (int v = 0; v < values.length; v++) {
      this.values[v] = Arrays.copyOf(values[v], room);
    }
  }

  private int more(int room) {
    return Math.min(most, 2 * room);
  }

  int variables() {
    return values.length;
  }

  int size() {
    return size;
  }

  /** The time of the last point; {@link Replay#NEVER} where there is none. */
  long last() {
    return size == 0 ? Replay.NEVER : times[Math.floorMod(next - 1, times.length)];
  }

  /** The last value of a variable; NaN where there is none. */
  double last(int variable) {
    return size == 0 ? Double.NaN : values[variable][Math.floorMod(next - 1, times.length)];
  }

  void add(long time, double[] point) {
    if (size == times.length && size < most) {
      grow();
    }
    times[next] = time;
    for (int v = 0; v < values.length; v++) {
      values[v][next] = point[v];
    }
    next = (next + 1) % times.length;
    size = Math.min(size + 1, times.length);
  }

  private void grow() {
    int room = more(size);
    long[] ordered = times(size, 0);
    for (int v = 0; v < values.length; v++) {
      values[v] = Arrays.copyOf(values(v, size, 0), room);
    }
    times = Arrays.copyOf(ordered, room);
    next = size;
  }

  /** The last {@code count} times, the oldest first, and room for {@code more}. */
  long[] times(int count, int more) {
    long[] last = new long[count + more];
    copy(times, last, count);
    return last;
  }

  /** The last {@code count} values of a variable, the oldest first, and room for {@code more}. */
  double[] values(int variable, int count, int more) {
    double[] last = new double[count + more];
    copy(values[variable], last, count);
    return last;
  }

  private void copy(Object from, Object to, int count) {
    int at = Math.floorMod(next - count, times.length);
    int first = Math.min(count, times.length - at);
    System.arraycopy(from, at, to, 0, first);
    System.arraycopy(from, 0, to, first, count - first);
  }

  Series series() {
    double[][] all = new double[values.length][];
    Arrays.setAll(all, v -> values(v, size, 0));
    return Series.of(names, times(size, 0), all);
  }

  /** The last {@code count} points and one more. */
  Series lastAnd(int count, long time, double[] point) {
    long[] at = times(count, 1);
    at[count] = time;
    double[][] all = new double[values.length][];
    for (int v = 0; v < all.length; v++) {
      all[v] = values(v, count, 1);
      all[v][count] = point[v];
    }
    return Series.of(names, at, all);
  }

  long bytes() {
    return (1L + values.length) * (8L * times.length + 16) + 64;
  }
}
