package dev.vedette.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Curves of many points on few columns. Nothing that sticks out is lost: of the points in one
 * column the first, the lowest, the highest and the last are kept.
 */
final class Outline {
  /** Across. */
  static final int COLUMNS = 1000;

  /** A longer distance than so many usual steps is a gap, over which no line is drawn. */
  private static final double GAP = 2.5;

  private final long[] times;
  private final TimeAxis across;
  private final Axis down;
  private final int height;
  private final double gap;

  /**
   * @param gap the distance in milliseconds over which no line is drawn
   */
  Outline(long[] times, double gap, Axis down, int height) {
    this.times = times;
    this.across = TimeAxis.of(times);
    this.down = down;
    this.height = height;
    this.gap = gap;
  }

  /** The distance that parts neighbours, where one in {@code thinning} points is drawn. */
  static double gap(long step, double thinning) {
    return GAP * step * (thinning > 1 ? 2 * thinning : 1);
  }

  /** The usual distance between neighbouring times. */
  static long step(long[] times) {
    long[] steps =
        IntStream.range(1, times.length).mapToLong(i -> times[i] - times[i - 1]).sorted().toArray();
    return steps.length == 0 ? 1 : steps[(steps.length - 1) / 2];
  }

  /** The path of {@code values}, one per time; NaN interrupts it. */
  String line(double[] values) {
    var path = new StringBuilder();
    boolean pen = false;
    for (int from = 0; from < values.length; ) {
      int to = end(from);
      if (from > 0 && times[from] - times[from - 1] > gap) {
        pen = false;
      }
      pen = column(path, values, from, to, pen);
      from = to;
    }
    return path.toString();
  }

  /** The point after the last one in the column of {@code from} that no gap parts from it. */
  private int end(int from) {
    int to = from + 1;
    while (to < times.length && x(to) == x(from) && times[to] - times[to - 1] <= gap) {
      to++;
    }
    return to;
  }

  private boolean column(StringBuilder path, double[] values, int from, int to, boolean down) {
    int low = -1;
    int high = -1;
    int first = -1;
    int last = -1;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(values[i])) {
        first = first < 0 ? i : first;
        low = low < 0 || values[i] < values[low] ? i : low;
        high = high < 0 || values[i] > values[high] ? i : high;
        last = i;
      }
    }
    if (first < 0) {
      return false;
    }
    boolean pen = down && !Double.isNaN(values[from]);
    int before = -1;
    for (int i : new int[] {first, Math.min(low, high), Math.max(low, high), last}) {
      if (i != before) {
        path.append(pen ? 'L' : 'M').append(x(i)).append(' ').append(y(values[i]));
        if (!pen) {
          path.append("h0"); // a point without neighbours is seen, too
        }
        pen = true;
        before = i;
      }
    }
    return !Double.isNaN(values[to - 1]);
  }

  /** The area between {@code lower} and {@code upper}; the widest of each column. */
  String area(double[] lower, double[] upper) {
    var path = new StringBuilder();
    var back = new StringBuilder();
    for (int from = 0; from < times.length; ) {
      int to = end(from);
      double low = Arrays.stream(lower, from, to).min().orElseThrow();
      double high = Arrays.stream(upper, from, to).max().orElseThrow();
      boolean parted = from > 0 && times[from] - times[from - 1] > gap;
      if (Double.isNaN(low) || Double.isNaN(high) || parted) {
        close(path, back);
      }
      if (!Double.isNaN(low) && !Double.isNaN(high)) {
        path.append(back.isEmpty() ? 'M' : 'L').append(x(from)).append(' ').append(y(high));
        back.insert(0, "L" + x(from) + " " + y(low));
      }
      from = to;
    }
    close(path, back);
    return path.toString();
  }

  private static void close(StringBuilder path, StringBuilder back) {
    if (!back.isEmpty()) {
      path.append(back).append('Z');
      back.setLength(0);
    }
  }

  private int x(int point) {
    return (int) Math.rint(across.at(times[point]) * COLUMNS);
  }

  private int y(double value) {
    return (int) Math.rint(height * (1 - Math.clamp(down.at(value), -1, 2)));
  }

  /**
   * At most about {@code most} of {@code n} points: of each run of neighbours the lowest and the
   * highest, and all that must stay.
   */
  static int[] thinned(double[] values, boolean[] stay, int most) {
    int n = values.length;
    if (n <= most) {
      return IntStream.range(0, n).toArray();
    }
    int runs = Math.max(1, most / 2);
    boolean[] kept = stay.clone();
    kept[0] = true;
    kept[n - 1] = true;
    for (int run = 0; run < runs; run++) {
      int from = (int) ((long) run * n / runs);
      int to = (int) ((long) (run + 1) * n / runs);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = values[i] < values[low] || Double.isNaN(values[low]) ? i : low;
        high = values[i] > values[high] || Double.isNaN(values[high]) ? i : high;
      }
      kept[low] = true;
      kept[high] = true;
    }
    return IntStream.range(0, n).filter(i -> kept[i]).toArray();
  }
}
