package dev.vedette.pipeline.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How often each value occurred over all keys. Exact for the first {@link #LIMIT} different values;
 * when there are more, the quarter with the lowest counts is dropped and counts as unseen when it
 * comes again, so that many unique values cannot drive out the frequent ones.
 */
final class Dictionary {
  static final int LIMIT = 4_096;

  private static final long OWN_BYTES = 32;
  static final long MOST_BYTES = OWN_BYTES + LongCounts.bytes(LIMIT + 1);

  /** A value has the share of half an event more than it was seen (Krichevsky-Trofimov). */
  private static final double HALF = 0.5;

  private static final double HOURS = 24;
  private static final long FULL = 1L << 30;

  private final LongCounts counts;
  private long total;

  Dictionary() {
    this(new LongCounts(), 0);
  }

  private Dictionary(LongCounts counts, long total) {
    this.counts = counts;
    this.total = total;
  }

  void learn(long value) {
    if (value == 0) {
      return;
    }
    counts.add(value);
    total++;
    if (counts.size() > LIMIT) {
      counts.prune(LIMIT - LIMIT / 4);
    }
    if (total >= FULL) {
      counts.halve();
      total /= 2;
    }
  }

  /** The share of {@code value}, more than 0; of all unseen values together, for one of them. */
  double share(long value) {
    return (counts.get(value) + HALF) / (total + HALF * (counts.size() + 1));
  }

  /** The share of {@code hour} of the day and its neighbours, the values being hours 1 to 24. */
  double shareAround(long hour) {
    double sum = 0;
    for (int other = 1; other <= HOURS; other++) {
      double nearness = DayTime.nearness(hour, other);
      sum += nearness == 0 ? 0 : nearness * counts.get(other);
    }
    return (sum + HALF) / (total + HALF * HOURS);
  }

  long bytes() {
    return OWN_BYTES + counts.bytes();
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(total);
    counts.write(out);
  }

  static Dictionary read(DataInput in) throws IOException {
    long total = in.readLong();
    LongCounts counts = LongCounts.read(in);
    if (total < 0 || total >= FULL || counts.size() > LIMIT) {
      throw new IOException("a dictionary of " + counts.size() + " values seen " + total);
    }
    return new Dictionary(counts, total);
  }
}
