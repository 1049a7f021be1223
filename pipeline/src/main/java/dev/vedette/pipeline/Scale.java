package dev.vedette.pipeline;

import dev.vedette.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is normal for a stream of scores: the recent ones, against which a new one is judged. The
 * order of the recent scores is brought up to date each time their number has grown by a tenth (at
 * most {@value #LATEST} scores late), so that judging costs a binary search.
 *
 * <p>Strength continues beyond what the recent scores can show: between their 90 % and 98 %
 * quantiles the tail is taken for exponential, and goes on like that. Anomalies among the recent
 * scores hardly move these two, as long as they are well under 2 %. Of few scores one incident is
 * more than that, so the upper quantile leaves at least {@value #INCIDENT} of them outside and the
 * lower one five times as many, up to the half.
 */
final class Scale {
  static final int LATEST = 2_000;
  private static final double LOW_SHARE = 0.1;
  private static final double HIGH_SHARE = 0.02;

  /** How many scores of one incident, such as some seconds of load, leave the tail as it is. */
  static final int INCIDENT = 6;

  /** With fewer scores than this the tail is not known. */
  private static final int LEAST = 30;

  private final double[] ring;
  private long added;
  private int pending;

  /** The scores that fell out of the ring since it was sorted. */
  private final double[] dropped = new double[LATEST];

  private int drops;
  private double[] sorted = {};
  private double highShare = HIGH_SHARE;
  private double high = Double.POSITIVE_INFINITY;
  private double slope;

  /** A scale of the {@code size} most recent scores. */
  Scale(int size) {
    this.ring = new double[size];
  }

  /** Takes {@code score} in; true when the scale changed by it. */
  boolean add(double score) {
    int place = (int) (added % ring.length);
    if (added >= ring.length) {
      dropped[drops++] = ring[place];
    }
    ring[place] = score;
    added++;
    pending++;
    if (pending < Math.min(LATEST, 1 + sorted.length / 10)) {
      return false;
    }
    refresh();
    return true;
  }

  /** The scores judged against, ascending; not to be changed. */
  double[] sorted() {
    return sorted;
  }

  /** How many scores were ever taken in. */
  long added() {
    return added;
  }

  /** The recent scores in the order they came. */
  double[] inOrder() {
    int size = (int) Math.min(added, ring.length);
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) {
      scores[i] = ring[(int) ((added - size + i) % ring.length)];
    }
    return scores;
  }

  /** The strength of {@code score}: −log10 of the share of scores at least as high; 0 or more. */
  double strength(double score) {
    return isFarOut(score) ? far(score) : -Math.log10(pValue(score));
  }

  /** As {@link #strength(double)}, where the p-value is known. */
  double strength(double score, double pValue) {
    return isFarOut(score) ? far(score) : -Math.log10(pValue);
  }

  /** Whether the strength of {@code score} is taken from the tail. */
  boolean isFarOut(double score) {
    return score > high && slope > 0;
  }

  private double far(double score) {
    return -Math.log10(highShare) + (score - high) * slope;
  }

  /** The conformal p-value of {@code score} among the recent scores. */
  double pValue(double score) {
    return share(sorted, sorted.length, score);
  }

  /** The score of a given strength by the exponential tail; infinite while the tail is unknown. */
  double scoreOf(double strength) {
    if (!(slope > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    return high + Math.max(0, strength + Math.log10(highShare)) / slope;
  }

  /** The conformal p-value among the first {@code count} of ascending scores. */
  static double share(double[] sorted, int count, double score) {
    int low = 0;
    int end = count;
    while (low < end) {
      int middle = (low + end) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    return (1.0 + count - low) / (count + 1.0);
  }

  long bytes() {
    return 8L * (ring.length + sorted.length + LATEST) + 64;
  }

  /** Merges what is new into the sorted scores, without what fell out: O(size). */
  private void refresh() {
    double[] fresh = new double[pending];
    for (int i = 0; i < pending; i++) {
      fresh[i] = ring[(int) ((added - pending + i) % ring.length)];
    }
    Arrays.sort(fresh);
    Arrays.sort(dropped, 0, drops);
    int gone = 0;
    double[] merged = new double[sorted.length - drops + fresh.length];
    int next = 0;
    int at = 0;
    for (double score : sorted) {
      if (gone < drops && Double.compare(dropped[gone], score) == 0) {
        gone++;
        continue;
      }
      while (next < fresh.length && Double.compare(fresh[next], score) < 0) {
        merged[at++] = fresh[next++];
      }
      merged[at++] = score;
    }
    System.arraycopy(fresh, next, merged, at, fresh.length - next);
    sorted = merged;
    pending = 0;
    drops = 0;
    fitTail();
  }

  private void fitTail() {
    int size = sorted.length;
    high = Double.POSITIVE_INFINITY;
    slope = 0;
    if (size < LEAST) {
      return;
    }
    highShare = Math.max(HIGH_SHARE, (double) INCIDENT / size);
    double lowShare = Math.min(0.5, LOW_SHARE / HIGH_SHARE * highShare);
    double low = sorted[size - 1 - (int) (lowShare * size)];
    double top = sorted[size - 1 - (int) (highShare * size)];
    if (top > low) {
      high = top;
      slope = Math.log10(lowShare / highShare) / (top - low);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(ring.length);
    out.writeLong(added);
    out.writeInt(pending);
    for (double score : inOrder()) {
      out.writeDouble(score);
    }
    out.writeInt(drops);
    for (int i = 0; i < drops; i++) {
      out.writeDouble(dropped[i]);
    }
    out.writeInt(sorted.length);
    for (double score : sorted) {
      out.writeDouble(score);
    }
  }

  static Scale read(DataInput in, int size) throws IOException {
    Require.that(in.readInt() == size, "the snapshot's scale has another size");
    var scale = new Scale(size);
    scale.added = in.readLong();
    scale.pending = in.readInt();
    Require.that(scale.added >= 0, "the snapshot's scale has a negative count");
    int held = (int) Math.min(scale.added, size);
    for (int i = 0; i < held; i++) {
      scale.ring[(int) ((scale.added - held + i) % size)] = in.readDouble();
    }
    scale.drops = in.readInt();
    Require.that(scale.drops >= 0 && scale.drops < LATEST, "the snapshot's scale is damaged");
    for (int i = 0; i < scale.drops; i++) {
      scale.dropped[i] = in.readDouble();
    }
    int length = in.readInt();
    Require.that(length >= 0 && length <= size, "the snapshot's scale is damaged");
    scale.sorted = new double[length];
    for (int i = 0; i < length; i++) {
      scale.sorted[i] = in.readDouble();
    }
    scale.fitTail();
    return scale;
  }
}
