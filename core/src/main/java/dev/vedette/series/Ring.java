package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/** The last values of a stream; the array grows to its most as values come. */
final class Ring {
  private static final int START = 16;

  private final int most;
  private double[] values;
  private int next;
  private int size;

  /**
   * A ring that holds {@code kept}, the oldest first.
   *
   * @param most values it holds
   */
  Ring(int most, double[] kept) {
    Require.that(kept.length <= most, "more values are kept than there may be");
    this.most = most;
    int room = Math.min(START, most);
    while (room < kept.length) {
      room = more(room);
    }
    values = Arrays.copyOf(kept, room);
    size = kept.length;
    next = size % room;
  }

  private int more(int room) {
    return Math.min(most, 2 * room);
  }

  /** Adds a value; the one that falls out for it, NaN where none does. */
  double add(double value) {
    if (size == values.length && size < most) {
      values = Arrays.copyOf(oldestFirst(), more(size));
      next = size;
    }
    double out = size == values.length ? values[next] : Double.NaN;
    values[next] = value;
    next = (next + 1) % values.length;
    size = Math.min(size + 1, values.length);
    return out;
  }

  int size() {
    return size;
  }

  double[] oldestFirst() {
    return last(size);
  }

  /** The last {@code count} values, the oldest first. */
  double[] last(int count) {
    double[] last = new double[count];
    int from = Math.floorMod(next - count, values.length);
    int first = Math.min(count, values.length - from);
    System.arraycopy(values, from, last, 0, first);
    System.arraycopy(values, 0, last, first, count - first);
    return last;
  }

  long bytes() {
    return (long) values.length * Double.BYTES + 48;
  }
}
