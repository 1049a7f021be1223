package dev.vedette.pipeline.feature;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import java.util.Arrays;

/**
 * The last {@code size} events of a key that have what is kept of them, in the order they came.
 *
 * @param what the times, a number or a value of the events
 * @param source which number or value of the event
 */
record Recent(What what, int source, int size) implements Trace {
  enum What {
    TIMES,
    NUMBERS,
    VALUES
  }

  @Override
  public int header() {
    return 1;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public int most() {
    return size;
  }

  @Override
  public long[] learn(long[] state, Moment moment) {
    long kept;
    switch (what) {
      case TIMES -> kept = moment.at();
      case NUMBERS -> {
        double x = moment.number(source);
        if (Double.isNaN(x)) {
          return state;
        }
        kept = doubleToRawLongBits(x);
      }
      default -> {
        kept = moment.value(source);
        if (kept == 0) {
          return state;
        }
      }
    }
    int count = Trace.entries(state);
    long[] changed = count < size ? fit(state, count + 1) : moveToEnd(state, 0);
    changed[entry(Trace.entries(changed) - 1)] = kept;
    return changed;
  }

  /** Adds to {@code summary} what is kept: numbers in full, else their count. */
  void read(long[] state, Summary summary) {
    int count = Trace.entries(state);
    if (what != What.NUMBERS) {
      summary.count += count;
      return;
    }
    for (int i = 0; i < count; i++) {
      double x = longBitsToDouble(state[entry(i)]);
      summary.add(1, x, 0);
      summary.addRange(x, x);
    }
  }

  /** The earliest of the times kept; {@code otherwise} where there is none. */
  long earliest(long[] state, long otherwise) {
    long earliest = otherwise;
    for (int i = 0; i < Trace.entries(state); i++) {
      earliest = Math.min(earliest, state[entry(i)]);
    }
    return earliest;
  }

  /** The number of different values kept; O(n log n). */
  int distinct(long[] state) {
    int count = Trace.entries(state);
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOfRange(state, entry(0), entry(count));
    Arrays.sort(sorted);
    int distinct = 1;
    for (int i = 1; i < count; i++) {
      if (sorted[i] != sorted[i - 1]) {
        distinct++;
      }
    }
    return distinct;
  }
}
