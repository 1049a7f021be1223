package dev.vedette.pipeline.feature;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/**
 * Sums over a window of time, kept for each pane of it that is not empty: pane, count, sum, squared
 * differences from the mean of the pane, least, most; as many of these as {@code depth} asks for.
 *
 * @param number which number of the event; -1 counts events
 * @param depth 0 count, 1 sum, 2 spread, 3 least and most
 */
record Panes(Grid grid, int number, int depth) implements Trace {
  @Override
  public int header() {
    return 1;
  }

  @Override
  public int width() {
    return depth == 3 ? 6 : 2 + depth;
  }

  @Override
  public int most() {
    return grid.kept();
  }

  @Override
  public long[] learn(long[] state, Moment moment) {
    double x = number < 0 ? 0 : moment.number(number);
    if (Double.isNaN(x)) {
      return state;
    }
    long pane = grid.pane(moment.at());
    int count = Trace.entries(state);
    long newest = count == 0 ? pane : Math.max(pane, state[entry(count - 1)]);
    long oldest = newest - grid.kept();
    if (pane <= oldest) {
      return state;
    }
    int expired = 0;
    while (expired < count && state[entry(expired)] <= oldest) {
      expired++;
    }
    int place = count;
    while (place > expired && state[entry(place - 1)] >= pane) {
      place--;
    }
    boolean there = place < count && state[entry(place)] == pane;
    long[] changed = there && expired == 0 ? state : opened(state, expired, place, there);
    add(changed, entry(place - expired), x, !there, pane);
    return changed;
  }

  @Override
  public boolean valid(long[] state) {
    int count = Trace.entries(state);
    for (int i = 0; i < count; i++) {
      long pane = state[entry(i)];
      boolean ordered = i == 0 || pane > state[entry(i - 1)];
      boolean near = pane > state[entry(count - 1)] - grid.kept();
      if (!ordered || !near || state[entry(i) + 1] <= 0) {
        return false;
      }
    }
    return true;
  }

  /** Without the first {@code expired} entries, and with a new one at {@code place} if needed. */
  private long[] opened(long[] state, int expired, int place, boolean there) {
    int count = Trace.entries(state);
    int size = count - expired + (there ? 0 : 1);
    int length = length(size);
    long[] target = state.length == length ? state : new long[length];
    int to = place - expired + (there ? 0 : 1);
    if (count > 0) {
      System.arraycopy(state, entry(expired), target, entry(0), (place - expired) * width());
      System.arraycopy(state, entry(place), target, entry(to), (count - place) * width());
    }
    target[0] = size;
    return target;
  }

  private void add(long[] state, int at, double x, boolean fresh, long pane) {
    state[at] = pane;
    long before = fresh ? 0 : state[at + 1];
    state[at + 1] = before + 1;
    if (depth == 0) {
      return;
    }
    double sum = fresh ? 0 : longBitsToDouble(state[at + 2]);
    state[at + 2] = doubleToRawLongBits(sum + x);
    if (depth >= 2) {
      double spread = fresh ? 0 : longBitsToDouble(state[at + 3]);
      double step = fresh ? 0 : x - sum / before;
      double share = (double) before / (before + 1);
      state[at + 3] = doubleToRawLongBits(spread + step * step * share);
    }
    if (depth == 3) {
      double min = fresh ? x : Math.min(x, longBitsToDouble(state[at + 4]));
      double max = fresh ? x : Math.max(x, longBitsToDouble(state[at + 5]));
      state[at + 4] = doubleToRawLongBits(min);
      state[at + 5] = doubleToRawLongBits(max);
    }
  }

  /** Adds to {@code summary} what the window that ends at {@code at} holds. */
  void read(long[] state, long at, Summary summary) {
    int count = Trace.entries(state);
    long newest = grid.pane(at);
    long oldest = newest - grid.panes();
    for (int i = 0; i < count; i++) {
      int from = entry(i);
      long pane = state[from];
      if (pane <= oldest || pane > newest) {
        continue;
      }
      if (depth == 0) {
        summary.count += state[from + 1];
        continue;
      }
      summary.add(
          (double) state[from + 1],
          longBitsToDouble(state[from + 2]),
          depth >= 2 ? longBitsToDouble(state[from + 3]) : 0);
      if (depth == 3) {
        summary.addRange(longBitsToDouble(state[from + 4]), longBitsToDouble(state[from + 5]));
      }
    }
  }
}
