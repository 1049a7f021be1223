package dev.vedette.online;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * The distribution of one column for {@link StreamingTails}: a histogram that fades, and from it,
 * made anew every {@value #INTERVAL} values, a table of surprises by bin and the {@link TailFit} of
 * either side. Values are measured in spreads from a centre; both follow the column when it moves.
 */
final class TailSketch {
  private static final int INTERVAL = 256;
  private static final int RECENT = 32;

  private final double halfLife;
  private final boolean counted;
  private final int phase;
  private double centre;
  private double spread;
  private long seen;
  private int pending;
  private int due;
  private double median;
  private int lowest;
  private int highest;

  /** Floats count one by one up to 2^24; all of them together are at most half-life / ln 2. */
  private final float[] counts;

  private final float[] surprises;
  private final double[] recent;
  private final double[] sorted = new double[RECENT];
  private final TailFit below;
  private final TailFit above;

  /**
   * What a sketch learned.
   *
   * @param centre the value at z = 0
   * @param spread values per unit of z
   * @param seen how many values there were
   * @param pending how many came after the table was made
   * @param due how many of them until it is made anew
   * @param median of the values; NaN before the first
   * @param lowest bin whose surprise is in the table; below it the tail is extrapolated
   * @param highest bin whose surprise is in the table
   * @param counts faded, per bin
   * @param surprises per bin, 0 where the table does not reach
   * @param recent the last values
   * @param below the tail of small values
   * @param above the tail of large values
   */
  record State(
      double centre,
      double spread,
      long seen,
      int pending,
      int due,
      double median,
      int lowest,
      int highest,
      float[] counts,
      float[] surprises,
      double[] recent,
      TailFit.State below,
      TailFit.State above) {
    State {
      Require.that(Double.isFinite(centre), "a centre is damaged");
      Require.that(spread >= 1e-290 && spread <= 1e300, "a spread is damaged");
      Require.that(seen >= 0, "a count is negative");
      Require.range("due", due, 1, 2 * INTERVAL);
      Require.range("pending", pending, 0, due - 1);
      Require.that(seen == 0 ? Double.isNaN(median) : Double.isFinite(median), "a bad median");
      Require.range("highest bin", highest, 0, TailBins.COUNT - 1);
      Require.range("lowest bin", lowest, 0, highest);
      Require.that(
          counts.length == TailBins.COUNT && surprises.length == TailBins.COUNT,
          "a count and a surprise per bin");
      Require.that(recent.length == RECENT, "the recent values are not " + RECENT);
      Require.finite("a recent value", recent);
      for (int bin = 0; bin < TailBins.COUNT; bin++) {
        Require.that(counts[bin] >= 0 && counts[bin] <= 1e12, "a bin is damaged");
        Require.that(surprises[bin] >= 0 && surprises[bin] < 400, "a surprise is damaged");
      }
    }

    static State none() {
      return new State(
          0,
          1,
          0,
          0,
          1,
          Double.NaN,
          0,
          TailBins.COUNT - 1,
          new float[TailBins.COUNT],
          new float[TailBins.COUNT],
          new double[RECENT],
          TailFit.State.NONE,
          TailFit.State.NONE);
    }
  }

  /**
   * @param phase by how many values the table is made later than those of other columns, so that
   *     not all are made in the same row
   */
  TailSketch(State state, StreamingTails detector, int phase) {
    this.halfLife = detector.halfLife();
    this.counted = detector.tail() == StreamingTails.Tail.COUNTED;
    this.phase = phase % INTERVAL;
    centre = state.centre;
    spread = state.spread;
    seen = state.seen;
    pending = state.pending;
    due = state.due;
    median = state.median;
    lowest = state.lowest;
    highest = state.highest;
    counts = state.counts.clone();
    surprises = state.surprises.clone();
    recent = state.recent.clone();
    below = new TailFit(state.below);
    above = new TailFit(state.above);
  }

  State snapshot() {
    return new State(
        centre,
        spread,
        seen,
        pending,
        due,
        median,
        lowest,
        highest,
        counts.clone(),
        surprises.clone(),
        recent.clone(),
        below.snapshot(),
        above.snapshot());
  }

  long bytes() {
    return (long) (counts.length + surprises.length) * Float.BYTES
        + (long) (recent.length + sorted.length) * Double.BYTES
        + 2 * TailFit.BYTES;
  }

  /** The median of the values; NaN before the first. */
  double median() {
    return median;
  }

  /** −log₁₀ of how improbable a value as far out is. */
  double surprise(double value) {
    double z = (value - centre) / spread;
    int bin = TailBins.of(z);
    if (bin > highest) {
      return above.surprise(z);
    }
    return bin < lowest ? below.surprise(-z) : surprises[bin];
  }

  void learn(double value) {
    recent[(int) (seen & (RECENT - 1))] = value;
    counts[TailBins.of((value - centre) / spread)]++;
    seen++;
    if (++pending >= due) {
      refresh();
    }
  }

  private void refresh() {
    if (seen <= RECENT) {
      begin();
    } else {
      fade();
      follow();
    }
    fit();
    pending = 0;
    if (seen < 8 * INTERVAL) {
      due = seen <= RECENT ? 1 : (int) (seen / 8);
    } else {
      due = due < INTERVAL ? INTERVAL + phase : INTERVAL;
    }
  }

  /** The first values are few enough to start from all of them each time. */
  private void begin() {
    measureRecent((int) seen);
    Arrays.fill(counts, 0);
    for (int i = 0; i < seen; i++) {
      counts[TailBins.of((recent[i] - centre) / spread)]++;
    }
  }

  private void measureRecent(int size) {
    centre = recentMedian(size);
    double deviation = recentDeviation(size);
    spread = bounded(deviation > 0 ? deviation : 0.01 * Math.max(1, Math.abs(centre)));
  }

  private double recentMedian(int size) {
    System.arraycopy(recent, 0, sorted, 0, size);
    Arrays.sort(sorted, 0, size);
    return sorted[size / 2];
  }

  /**
   * Half the distance of the outer sixths, where that is 0 the mean distance from the median; of
   * the values that {@link #recentMedian} sorted.
   */
  private double recentDeviation(int size) {
    double half = sorted[size - 1 - size / 6] / 2 - sorted[size / 6] / 2;
    if (half > 0) {
      return half;
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.abs(sorted[i] / size - sorted[size / 2] / size);
    }
    return sum;
  }

  private double bounded(double wanted) {
    return Math.clamp(wanted, Math.max(1e-290, 1e-12 * Math.abs(centre)), 1e300);
  }

  private void fade() {
    float factor = (float) Math.exp(-Math.log(2) * pending / halfLife);
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] *= factor;
    }
  }

  /** Makes table and tails from the counts. */
  private void fit() {
    double total = 0;
    for (float count : counts) {
      total += count;
    }
    double known = seen / (seen + 30.0);
    int middle = place(total / 2);
    if (counted) {
      below.count(counts, middle, false, total, known);
      above.count(counts, middle, true, total, known);
    } else {
      below.fit(counts, middle, false, total, known);
      above.fit(counts, middle, true, total, known);
    }
    lowest = Math.min(below.bin(), middle);
    highest = Math.max(above.bin(), middle);
    median =
        Math.clamp(centre + spread * TailBins.middle(middle), -Double.MAX_VALUE, Double.MAX_VALUE);
    Arrays.fill(surprises, 0);
    double reached = counted ? 0.5 : 0;
    for (int bin = highest + 1; bin < counts.length && !counted; bin++) {
      reached += counts[bin];
    }
    for (int bin = highest; bin > middle; bin--) {
      reached += counts[bin];
      surprises[bin] = surprise(reached / total, known);
    }
    reached = counted ? 0.5 : 0;
    for (int bin = 0; bin < lowest && !counted; bin++) {
      reached += counts[bin];
    }
    for (int bin = lowest; bin < middle; bin++) {
      reached += counts[bin];
      surprises[bin] = surprise(reached / total, known);
    }
  }

  private static float surprise(double share, double known) {
    return share >= 0.5 ? 0 : (float) (-known * Math.log10(2 * share));
  }

  /** The bin in which the count from the smallest value on reaches {@code target}. */
  private int place(double target) {
    double reached = 0;
    int bin = -1;
    do {
      reached += counts[++bin];
    } while (reached < target && bin < counts.length - 1);
    return bin;
  }

  /** Measures anew when centre and spread no longer fit the values. */
  private void follow() {
    double total = 0;
    for (float count : counts) {
      total += count;
    }
    int low = place(0.02 * total);
    int high = place(0.98 * total);
    int middle = place(total / 2);
    double wide = (TailBins.start(high + 1) - TailBins.start(low)) / 8;
    double half = (TailBins.middle(place(0.84 * total)) - TailBins.middle(place(0.16 * total))) / 2;
    double fitting = Math.max(half, wide);
    if (low == high) {
      double at = recentMedian(RECENT);
      double deviation = recentDeviation(RECENT);
      if (deviation > 0 && deviation < spread / 64) {
        move(at, deviation);
      } else if (Math.abs(TailBins.middle(middle)) > 2) {
        move(at, spread);
      }
    } else if (fitting > 4 || fitting < 0.25 || Math.abs(TailBins.middle(middle)) > 2) {
      double step = TailBins.middle(middle);
      move(step == 0 ? centre : centre + spread * step, spread * fitting);
    }
  }

  private void move(double newCentre, double newSpread) {
    double oldCentre = centre;
    double oldSpread = spread;
    float[] old = counts.clone();
    centre = Math.clamp(newCentre, -Double.MAX_VALUE, Double.MAX_VALUE);
    spread = bounded(newSpread);
    Arrays.fill(counts, 0);
    for (int bin = 0; bin < old.length; bin++) {
      if (old[bin] > 0) {
        double value = oldCentre + oldSpread * TailBins.middle(bin);
        counts[TailBins.of((value - centre) / spread)] += old[bin];
      }
    }
  }
}
