package dev.vedette.pipeline.feature;

/**
 * The different values a key had in a window of time, each with the last pane it was seen in. Exact
 * up to {@link #LIMIT} values; with more, only those are kept whose hash begins with {@code level}
 * zero bits, each standing for 2^level values (adaptive sampling, Flajolet 1990, doi
 * 10.1007/BF02241657), an error of about 10 %. The level falls again when few are left, and is
 * right again after one window.
 *
 * @param value which value of the event
 */
record Distinct(Grid grid, int value) implements Trace {
  static final int LIMIT = 128;
  private static final int LEVEL = 1;
  private static final int NEWEST = 2;

  @Override
  public int header() {
    return 3;
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public int most() {
    return LIMIT;
  }

  @Override
  public long[] learn(long[] state, Moment moment) {
    long hash = moment.value(value);
    if (hash == 0) {
      return state;
    }
    long pane = grid.pane(moment.at());
    long[] changed = state.length == 0 ? fit(state, 0) : state;
    if (state.length == 0 || pane > changed[NEWEST]) {
      changed[NEWEST] = pane;
      changed[0] = expire(changed);
    }
    if (pane <= changed[NEWEST] - grid.kept()) {
      return fit(changed, Trace.entries(changed));
    }
    return put(changed, hash, pane);
  }

  @Override
  public boolean valid(long[] state) {
    return state[LEVEL] >= 0 && state[LEVEL] < Long.SIZE;
  }

  private long[] put(long[] state, long hash, long pane) {
    int count = Trace.entries(state);
    for (int i = 0; i < count; i++) {
      int from = entry(i);
      if (state[from] == hash) {
        state[from + 1] = Math.max(state[from + 1], pane);
        return fit(state, count);
      }
    }
    while (count == LIMIT && sampled(hash, state[LEVEL])) {
      state[LEVEL]++;
      count = thin(state);
    }
    if (!sampled(hash, state[LEVEL])) {
      return fit(state, count);
    }
    long[] grown = fit(state, count + 1);
    grown[entry(count)] = hash;
    grown[entry(count) + 1] = pane;
    return grown;
  }

  private static boolean sampled(long hash, long level) {
    return Long.numberOfLeadingZeros(hash) >= level;
  }

  /** Drops what is older than the window; returns how many are left. */
  private int expire(long[] state) {
    long oldest = state[NEWEST] - grid.kept();
    int left = 0;
    for (int i = 0; i < Trace.entries(state); i++) {
      if (state[entry(i) + 1] > oldest) {
        copy(state, i, left++);
      }
    }
    if (state[LEVEL] > 0 && left <= LIMIT / 8) {
      state[LEVEL]--;
    }
    return left;
  }

  private int thin(long[] state) {
    int left = 0;
    for (int i = 0; i < Trace.entries(state); i++) {
      if (sampled(state[entry(i)], state[LEVEL])) {
        copy(state, i, left++);
      }
    }
    state[0] = left;
    return left;
  }

  private void copy(long[] state, int from, int to) {
    state[entry(to)] = state[entry(from)];
    state[entry(to) + 1] = state[entry(from) + 1];
  }

  /**
   * How many different values there were in the window that ends at {@code at}, without those that
   * came again after it.
   */
  double read(long[] state, long at) {
    long newest = grid.pane(at);
    long oldest = newest - grid.panes();
    int count = 0;
    for (int i = 0; i < Trace.entries(state); i++) {
      long pane = state[entry(i) + 1];
      if (pane > oldest && pane <= newest) {
        count++;
      }
    }
    return count == 0 ? 0 : Math.scalb((double) count, (int) state[LEVEL]);
  }
}
