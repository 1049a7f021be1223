package dev.vedette.series;

import java.util.Arrays;

/**
 * The cheapest cut of a sequence into segments: the sum of the segments' costs plus a penalty per
 * cut, no segment shorter than a minimum, by dynamic programming with pruning.
 */
final class Partition {
  /** Positions the pruned search looks at, at most; without cuts it is quadratic in them. */
  private static final int MOST_POSITIONS = 1536;

  private Partition() {}

  /** First indices of the segments after the first, ascending. */
  static int[] cuts(SegmentCost cost, double penalty, int minimum) {
    if (cost.count() < 2 * minimum) {
      return new int[0];
    }
    if (cost instanceof SegmentCost.Mean mean) {
      return trace(new MeanPartition(mean, penalty, minimum).last(), mean.count(), 1);
    }
    int step = (cost.count() - 1) / MOST_POSITIONS + 1;
    int[] cuts = trace(pruned(cost, penalty, minimum, step), positions(cost, step), step);
    return step == 1 ? cuts : refined(cost, penalty, cuts, minimum, step);
  }

  private static int positions(SegmentCost cost, int step) {
    return (cost.count() + step - 1) / step;
  }

  /**
   * For each position the best last cut before it (Killick, Fearnhead and Eckley 2012,
   * doi:10.1080/01621459.2012.737745). Position p stands for index p · step, the last for the end.
   * A candidate beaten at position p without the penalty can be dropped only where p itself may be
   * a cut, that is a minimum later.
   */
  private static int[] pruned(SegmentCost cost, double penalty, int minimum, int step) {
    int count = cost.count();
    int positions = positions(cost, step);
    double[] best = new double[positions + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    int[] last = new int[positions + 1];
    int[] candidates = new int[positions + 1];
    int[] beatenAt = new int[positions + 1];
    double[] values = new double[positions + 1];
    int size = 0;
    int next = 0;
    for (int p = 1; p <= positions; p++) {
      int at = Math.min(count, p * step);
      while (next < p && at - next * step >= minimum) {
        if (best[next] < Double.POSITIVE_INFINITY) {
          candidates[size++] = next;
        }
        next++;
      }
      for (int c = 0; c < size; c++) {
        int candidate = candidates[c];
        values[c] = best[candidate] + cost.of(candidate * step, at);
        if (values[c] + penalty < best[p]) {
          best[p] = values[c] + penalty;
          last[p] = candidate;
        }
      }
      int kept = 0;
      for (int c = 0; c < size; c++) {
        int candidate = candidates[c];
        if (beatenAt[candidate] == 0 && values[c] > best[p]) {
          beatenAt[candidate] = p;
        }
        int beaten = beatenAt[candidate];
        if (beaten == 0 || at + step - beaten * step < minimum) {
          candidates[kept++] = candidate;
        }
      }
      size = kept;
    }
    return last;
  }

  private static int[] trace(int[] last, int positions, int step) {
    int count = 0;
    for (int p = last[positions]; p > 0; p = last[p]) {
      count++;
    }
    int[] cuts = new int[count];
    for (int p = last[positions]; p > 0; p = last[p]) {
      cuts[--count] = p * step;
    }
    return cuts;
  }

  /**
   * Cuts found on a grid, each moved to the best place less than a step away, without those that
   * are no longer worth their price: the grid may have needed two for one change between.
   */
  private static int[] refined(
      SegmentCost cost, double penalty, int[] cuts, int minimum, int step) {
    int[] kept = cuts;
    while (true) {
      move(cost, kept, minimum, step);
      int worst = -1;
      double least = penalty;
      for (int i = 0; i < kept.length; i++) {
        double gain = gain(cost, kept, i);
        if (gain < least) {
          least = gain;
          worst = i;
        }
      }
      if (worst < 0) {
        return kept;
      }
      int[] fewer = new int[kept.length - 1];
      System.arraycopy(kept, 0, fewer, 0, worst);
      System.arraycopy(kept, worst + 1, fewer, worst, fewer.length - worst);
      kept = fewer;
    }
  }

  /** What the two segments at cut {@code i} cost less than they would as one. */
  static double gain(SegmentCost cost, int[] cuts, int i) {
    int from = i == 0 ? 0 : cuts[i - 1];
    int to = i + 1 == cuts.length ? cost.count() : cuts[i + 1];
    return cost.of(from, to) - cost.of(from, cuts[i]) - cost.of(cuts[i], to);
  }

  private static void move(SegmentCost cost, int[] cuts, int minimum, int step) {
    for (int i = 0; i < cuts.length; i++) {
      int from = i == 0 ? 0 : cuts[i - 1];
      int to = i + 1 == cuts.length ? cost.count() : cuts[i + 1];
      int lowest = Math.max(from + minimum, cuts[i] - step + 1);
      int highest = Math.min(to - minimum, cuts[i] + step - 1);
      double best = Double.POSITIVE_INFINITY;
      for (int cut = lowest; cut <= highest; cut++) {
        double both = cost.of(from, cut) + cost.of(cut, to);
        if (both < best) {
          best = both;
          cuts[i] = cut;
        }
      }
    }
  }
}
