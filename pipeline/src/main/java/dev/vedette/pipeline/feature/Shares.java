package dev.vedette.pipeline.feature;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/**
 * How often a key had each value: weights that fall by e^(-2 age / window), so that their mean age
 * is that of a sliding window. Weights are kept as they would be at a landmark (forward decay,
 * Cormode et al. 2009, doi 10.1109/ICDE.2009.65), so that events may come in any order. Of more
 * than {@link #LIMIT} values those with the least weight are pooled.
 *
 * @param value which value of the event
 * @param window in milliseconds
 */
record Shares(int value, long window) implements Trace {
  static final int LIMIT = 32;
  private static final int LANDMARK = 1;
  private static final int TOTAL = 2;

  /** Weights are measured from a new landmark before e^100 makes them huge. */
  private static final double FAR = 100;

  @Override
  public int header() {
    return 3;
  }

  @Override
  public int width() {
    return 3;
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
    long[] changed = state;
    if (state.length == 0) {
      changed = fit(state, 0);
      changed[LANDMARK] = moment.at();
    }
    if (ages(changed, moment.at()) > FAR) {
      move(changed, moment.at());
    }
    double weight = StrictMath.exp(ages(changed, moment.at()));
    changed[TOTAL] = plus(changed[TOTAL], weight);
    return put(changed, hash, weight, moment.at());
  }

  private double ages(long[] state, long at) {
    return 2.0 * (at - state[LANDMARK]) / window;
  }

  private void move(long[] state, long landmark) {
    double factor = StrictMath.exp(-ages(state, landmark));
    state[LANDMARK] = landmark;
    state[TOTAL] = doubleToRawLongBits(longBitsToDouble(state[TOTAL]) * factor);
    for (int i = 0; i < Trace.entries(state); i++) {
      int from = entry(i) + 1;
      state[from] = doubleToRawLongBits(longBitsToDouble(state[from]) * factor);
    }
  }

  private long[] put(long[] state, long hash, double weight, long at) {
    int count = Trace.entries(state);
    int least = 0;
    for (int i = 0; i < count; i++) {
      int from = entry(i);
      if (state[from] == hash) {
        state[from + 1] = plus(state[from + 1], weight);
        state[from + 2] = Math.min(state[from + 2], at);
        return state;
      }
      if (longBitsToDouble(state[from + 1]) < longBitsToDouble(state[entry(least) + 1])) {
        least = i;
      }
    }
    long[] changed = count < LIMIT ? fit(state, count + 1) : moveToEnd(state, least);
    int last = entry(Trace.entries(changed) - 1);
    changed[last] = hash;
    changed[last + 1] = doubleToRawLongBits(weight);
    changed[last + 2] = at;
    return changed;
  }

  private static long plus(long bits, double weight) {
    return doubleToRawLongBits(longBitsToDouble(bits) + weight);
  }

  /** What turns the weights kept into those at {@code at}. */
  private double factor(long[] state, long at) {
    return StrictMath.exp(-ages(state, at));
  }

  /** The weight of all values at {@code at} that the key had first before {@code since}. */
  double total(long[] state, long at, long since) {
    if (state.length == 0) {
      return 0;
    }
    double sum = longBitsToDouble(state[TOTAL]);
    for (int i = 0; i < Trace.entries(state); i++) {
      sum -= state[entry(i) + 2] > since ? longBitsToDouble(state[entry(i) + 1]) : 0;
    }
    return product(Math.max(0, sum), factor(state, at));
  }

  /** The weight of {@code hash} at {@code at}, if the key had it first before {@code since}. */
  double weight(long[] state, long at, long since, long hash) {
    for (int i = 0; i < Trace.entries(state); i++) {
      if (state[entry(i)] == hash) {
        return state[entry(i) + 2] > since
            ? 0
            : product(longBitsToDouble(state[entry(i) + 1]), factor(state, at));
      }
    }
    return 0;
  }

  /** The weight around {@code hour} of the day at {@code at}, the values being hours. */
  double around(long[] state, long at, long since, long hour) {
    double sum = 0;
    for (int i = 0; i < Trace.entries(state); i++) {
      if (state[entry(i) + 2] > since) {
        continue;
      }
      sum += longBitsToDouble(state[entry(i) + 1]) * DayTime.nearness(state[entry(i)], hour);
    }
    return sum == 0 ? 0 : product(sum, factor(state, at));
  }

  /**
   * An event far before the landmark must not make the weights infinite, or NaN where they are 0.
   */
  private static double product(double weight, double factor) {
    return weight == 0 ? 0 : Math.min(weight * factor, 1e15);
  }
}
