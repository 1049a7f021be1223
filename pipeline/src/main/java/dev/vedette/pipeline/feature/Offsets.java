package dev.vedette.pipeline.feature;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/**
 * How far a number of a key is from the mean over all keys: all in all, and beyond that for each
 * value of a field. Both fade, to 1/e² in one window. Of more than {@link #LIMIT} values the one
 * with the least weight is forgotten. Numbers far from what was expected teach no more than those
 * three standard deviations away.
 *
 * @param number which number of the event
 * @param by which value of the event; -1 for none
 * @param mean which {@link Means}
 * @param window in milliseconds
 */
record Offsets(int number, int by, int mean, long window) implements Trace {
  static final int LIMIT = 32;
  private static final int AT = 1;
  private static final int WEIGHT = 2;

  /** How many events the mean over all keys counts for. */
  private static final double PRIOR = 2;

  @Override
  public int header() {
    return 4;
  }

  @Override
  public int width() {
    return 3;
  }

  @Override
  public int most() {
    return LIMIT;
  }

  /** What is left of the number when what is to be expected of the key is taken away. */
  double deviation(long[] state, Moment moment) {
    double x = moment.number(number);
    return Double.isNaN(x) ? x : x - moment.means(mean).mean(value(moment)) - offset(state, moment);
  }

  private long value(Moment moment) {
    return by < 0 ? 0 : moment.value(by);
  }

  private double offset(long[] state, Moment moment) {
    if (state.length == 0) {
      return 0;
    }
    int at = find(state, value(moment));
    return drawn(state, WEIGHT) + (at < 0 ? 0 : drawn(state, at + 1));
  }

  /** The mean of which weight and sum are at {@code at}, drawn to 0. */
  private static double drawn(long[] state, int at) {
    return longBitsToDouble(state[at + 1]) / (longBitsToDouble(state[at]) + PRIOR);
  }

  private int find(long[] state, long hash) {
    for (int i = 0; i < Trace.entries(state); i++) {
      if (state[entry(i)] == hash) {
        return entry(i);
      }
    }
    return -1;
  }

  @Override
  public long[] learn(long[] state, Moment moment) {
    double x = moment.number(number);
    if (Double.isNaN(x)) {
      return state;
    }
    long hash = value(moment);
    Means means = moment.means(mean);
    double away = deviation(state, moment);
    means.learnDistance(away);
    double believed = Math.clamp(away, -means.far(), means.far());
    double all = state.length == 0 ? 0 : drawn(state, WEIGHT);
    double own = away - believed;
    double offset = x - means.mean(hash) - own;
    long[] changed = state;
    if (state.length == 0) {
      changed = fit(state, 0);
      changed[AT] = moment.at();
    }
    fade(changed, moment.at());
    add(changed, WEIGHT, offset);
    return hash == 0 ? changed : put(changed, hash, offset - all);
  }

  private void fade(long[] state, long at) {
    double factor = StrictMath.exp(-2.0 * Math.max(0, at - state[AT]) / window);
    state[AT] = Math.max(at, state[AT]);
    scale(state, WEIGHT, factor);
    for (int i = 0; i < Trace.entries(state); i++) {
      scale(state, entry(i) + 1, factor);
    }
  }

  private static void scale(long[] state, int at, double factor) {
    state[at] = doubleToRawLongBits(longBitsToDouble(state[at]) * factor);
    state[at + 1] = doubleToRawLongBits(longBitsToDouble(state[at + 1]) * factor);
  }

  private static void add(long[] state, int at, double x) {
    state[at] = doubleToRawLongBits(longBitsToDouble(state[at]) + 1);
    state[at + 1] = doubleToRawLongBits(longBitsToDouble(state[at + 1]) + x);
  }

  private long[] put(long[] state, long hash, double x) {
    int found = find(state, hash);
    if (found >= 0) {
      add(state, found + 1, x);
      return state;
    }
    int count = Trace.entries(state);
    int least = 0;
    for (int i = 1; i < count; i++) {
      if (longBitsToDouble(state[entry(i) + 1]) < longBitsToDouble(state[entry(least) + 1])) {
        least = i;
      }
    }
    long[] changed = count < LIMIT ? fit(state, count + 1) : moveToEnd(state, least);
    int last = entry(Trace.entries(changed) - 1);
    changed[last] = hash;
    changed[last + 1] = doubleToRawLongBits(1);
    changed[last + 2] = doubleToRawLongBits(x);
    return changed;
  }
}
