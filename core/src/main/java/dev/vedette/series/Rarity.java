package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * How rare a distance is among all distances so far: −log₁₀ of the share that was at least as
 * large, counted, and beyond the largest few per cent extrapolated by an exponential tail.
 *
 * <p>Distances are counted in bins, sixteen for each doubling. Only bins that hold something are
 * kept, at most {@value #MOST_BINS}; when there are more, the two smallest become one.
 */
final class Rarity {
  private static final int SHIFT = 48; // sign, exponent and four bits of the fraction are left
  private static final int MOST_BINS = 512;
  private static final int LEAST_KNOWN = 20;
  private static final int LEAST_TAIL = 10;
  private static final double RAREST = 30;

  private final double tail;
  private int[] bins;
  private double[] counts;
  private int used;
  private double none;
  private double total;

  /**
   * What was counted.
   *
   * @param bins ascending
   * @param counts one per bin
   * @param none distances of nothing
   */
  record State(int[] bins, double[] counts, double none) {
    static final State EMPTY = new State(new int[0], new double[0], 0);

    State {
      Require.that(bins.length == counts.length, "a count per bin");
      Require.range("bins", bins.length, 0, MOST_BINS);
      Require.that(none >= 0 && none <= 1e15, "a count is damaged");
      for (int i = 0; i < bins.length; i++) {
        Require.that(counts[i] > 0 && counts[i] <= 1e15, "a count is damaged");
        Require.range("bin", bins[i], i == 0 ? 0 : bins[i - 1] + 1, bin(Double.MAX_VALUE));
      }
    }
  }

  /**
   * @param tail the share of the largest distances whose tail is extrapolated
   */
  Rarity(State state, double tail) {
    this.tail = tail;
    used = state.bins.length;
    bins = Arrays.copyOf(state.bins, MOST_BINS + 1);
    counts = Arrays.copyOf(state.counts, MOST_BINS + 1);
    none = state.none;
    total = none + Arrays.stream(state.counts).sum();
  }

  State snapshot() {
    return new State(Arrays.copyOf(bins, used), Arrays.copyOf(counts, used), none);
  }

  static long bytes() {
    return (MOST_BINS + 1L) * (Integer.BYTES + Double.BYTES);
  }

  private static int bin(double distance) {
    return (int) (Double.doubleToRawLongBits(distance) >>> SHIFT);
  }

  private static double middle(int bin) {
    return Double.longBitsToDouble(((long) bin << SHIFT) | (1L << (SHIFT - 1)));
  }

  void add(double distance) {
    total++;
    if (distance == 0) {
      none++;
      return;
    }
    int bin = bin(distance);
    int at = Arrays.binarySearch(bins, 0, used, bin);
    if (at >= 0) {
      counts[at]++;
      return;
    }
    at = -at - 1;
    System.arraycopy(bins, at, bins, at + 1, used - at);
    System.arraycopy(counts, at, counts, at + 1, used - at);
    bins[at] = bin;
    counts[at] = 1;
    used++;
    if (used > MOST_BINS) {
      counts[1] += counts[0];
      System.arraycopy(bins, 1, bins, 0, used - 1);
      System.arraycopy(counts, 1, counts, 0, used - 1);
      used--;
    }
  }

  /** 0 for a usual distance, 2 for one in a hundred; 0 while fewer than 20 are known. */
  double surprise(double distance) {
    if (total < LEAST_KNOWN) {
      return 0;
    }
    double within = Math.max(LEAST_TAIL, tail * total);
    double beyond = 0;
    int edge = used - 1;
    while (edge >= 0 && beyond + counts[edge] < within) {
      beyond += counts[edge];
      edge--;
    }
    double start = edge < 0 ? 0 : middle(bins[edge]);
    double atLeast = atLeast(distance);
    double share =
        atLeast > within || distance < start
            ? (atLeast + 0.5) / (total + 1)
            : within / total * Math.exp(-(distance - start) / excess(edge, start, within));
    return Math.clamp(-Math.log10(share), 0, RAREST);
  }

  /** How many were at least as large, half of those in the same bin. */
  private double atLeast(double distance) {
    if (distance == 0) {
      return total;
    }
    int bin = bin(distance);
    double larger = 0;
    int i = used - 1;
    while (i >= 0 && bins[i] > bin) {
      larger += counts[i];
      i--;
    }
    return i >= 0 && bins[i] == bin ? larger + counts[i] / 2 : larger;
  }

  /** The mean by which the distances of the tail exceed its start: the exponential tail's scale. */
  private double excess(int edge, double start, double within) {
    double sum = 0;
    for (int i = edge + 1; i < used; i++) {
      sum += counts[i] * (middle(bins[i]) - start);
    }
    return Math.max(sum / within, Double.MIN_NORMAL + 0.001 * start);
  }
}
