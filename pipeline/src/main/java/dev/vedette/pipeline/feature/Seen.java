package dev.vedette.pipeline.feature;

/**
 * When a key had each value first and last, in the order it had them; of more than {@code limit}
 * values the one not seen for longest is forgotten.
 *
 * @param value which value of the event
 */
record Seen(int value, int limit) implements Trace {
  static final int LIMIT = 128;

  @Override
  public int header() {
    return 1;
  }

  @Override
  public int width() {
    return 3;
  }

  @Override
  public int most() {
    return limit;
  }

  @Override
  public long[] learn(long[] state, Moment moment) {
    long hash = moment.value(value);
    if (hash == 0) {
      return state;
    }
    int count = Trace.entries(state);
    int found = find(state, hash);
    long at = found < 0 ? moment.at() : Math.max(moment.at(), state[entry(found) + 1]);
    long first = found < 0 ? moment.at() : Math.min(moment.at(), state[entry(found) + 2]);
    long[] changed;
    if (found >= 0) {
      changed = moveToEnd(state, found);
    } else {
      changed = count < limit ? fit(state, count + 1) : moveToEnd(state, 0);
    }
    int last = entry(Trace.entries(changed) - 1);
    changed[last] = hash;
    changed[last + 1] = at;
    changed[last + 2] = first;
    return changed;
  }

  private int find(long[] state, long hash) {
    for (int i = Trace.entries(state) - 1; i >= 0; i--) {
      if (state[entry(i)] == hash) {
        return i;
      }
    }
    return -1;
  }

  /** When {@code hash} was seen last; {@link Long#MIN_VALUE} for never. */
  long last(long[] state, long hash) {
    int found = find(state, hash);
    return found < 0 ? Long.MIN_VALUE : state[entry(found) + 1];
  }

  /** When {@code hash}, which was seen, was seen first since it was forgotten last. */
  long first(long[] state, long hash) {
    int found = find(state, hash);
    return found < 0 ? Long.MAX_VALUE : state[entry(found) + 2];
  }

  /** When the value that is known for longest was seen first; the end of time for none. */
  long first(long[] state) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < Trace.entries(state); i++) {
      first = Math.min(first, state[entry(i) + 2]);
    }
    return first;
  }

  /** When any value was seen last; {@link Long#MIN_VALUE} for never. */
  long last(long[] state) {
    long last = Long.MIN_VALUE;
    for (int i = 0; i < Trace.entries(state); i++) {
      last = Math.max(last, state[entry(i) + 1]);
    }
    return last;
  }

  /** The value that came last; 0 for none. */
  long latest(long[] state) {
    int count = Trace.entries(state);
    return count == 0 ? 0 : state[entry(count - 1)];
  }
}
