package dev.vedette.row;

import dev.vedette.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequential minimal optimisation of the one-class problem: minimise ½ αᵀKα with 0 ≤ αᵢ ≤ capᵢ and
 * Σα given. Schölkopf et al., "Estimating the Support of a High-Dimensional Distribution", 2001,
 * doi:10.1162/089976601750264965, equations 3.15 and 3.16; each step moves weight between the pair
 * of rows chosen by second-order information (Fan, Chen and Lin, "Working Set Selection Using
 * Second Order Information for Training Support Vector Machines", JMLR 6, 2005, WSS 2). Rows that
 * are clearly at a bound are set aside (shrinking); their gradients are brought up to date from the
 * weights that changed in the meantime, and the optimum is checked over all rows.
 *
 * <p>The start is not arbitrary: the rows least similar to a few others get the weight, as they do
 * in the solution.
 */
final class Smo {
  /** In place of a curvature that is not positive, as in LIBSVM. */
  private static final double FLAT = 1e-12;

  private static final int PROBES = 64;
  private static final int BETWEEN_SHRINKS = 1000;

  /** Setting rows aside costs a copy of the others, so it must be worth it. */
  private static final double LEAST_SHRINK = 0.1;

  /**
   * A solution.
   *
   * @param alpha the weight of each row
   * @param values Σ αⱼ k(xᵢ, xⱼ) of each row
   * @param rho the offset ρ: the value on the margin
   * @param gap by how much the conditions of the optimum are violated
   * @param steps that were taken
   */
  record Solution(double[] alpha, double[] values, double rho, double gap, int steps) {}

  /** Rows set aside, and all weights at that time. */
  private record Aside(int[] ids, double[] alpha) {}

  private final KernelRows all;
  private final double[] caps;
  private final SvmSolver solver;
  private final KernelCache cache;
  private final double[] alpha;
  private final double[] values;
  private final List<Aside> aside = new ArrayList<>();

  /** The rows in play: by position their number, cap, weight, gradient and own kernel value. */
  private KernelRows rows;

  private int[] ids;
  private double[] cap;
  private double[] weight;
  private double[] gradient;
  private double[] self;
  private double gap;

  /**
   * @param caps the most weight of each row, more than 0
   */
  Smo(KernelRows rows, double[] caps, SvmSolver solver) {
    this.all = rows;
    this.rows = rows;
    this.caps = caps;
    this.solver = solver;
    this.cache = new KernelCache(rows, solver.bytes());
    this.alpha = new double[caps.length];
    this.values = new double[caps.length];
    this.ids = new int[0];
    this.cap = caps;
    this.weight = alpha;
    this.gradient = values;
    this.self = new double[0];
  }

  /**
   * Solves with Σα = {@code total}, at most the sum of the caps.
   *
   * @throws DataException when the optimum is not reached in the steps allowed
   */
  Solution solve(double total) {
    start(total);
    enter(IntStream.range(0, caps.length).toArray());
    int steps = 0;
    int untilShrink = Math.min(caps.length, BETWEEN_SHRINKS);
    while (true) {
      int[] pair = select();
      if (pair.length == 0) {
        if (aside.isEmpty()) {
          break;
        }
        unshrink();
        untilShrink = Math.min(caps.length, BETWEEN_SHRINKS);
        continue;
      }
      if (steps == solver.iterations()) {
        throw unfinished(steps);
      }
      step(pair[0], pair[1]);
      steps++;
      if (--untilShrink == 0) {
        shrink();
        untilShrink = Math.min(caps.length, BETWEEN_SHRINKS);
      }
    }
    leave();
    return new Solution(alpha, values, rho(), gap, steps);
  }

  private DataException unfinished(int steps) {
    return new DataException(
        "no solution after %s iterations: the gap is %.3g, the tolerance %.3g; raise one of them, or use form=features"
            .formatted(steps, gap, solver.tolerance()));
  }

  /** Gives the weight to the rows least similar to some rows spread over all. */
  private void start(double total) {
    int size = caps.length;
    double[] similarity = new double[size];
    int probes = Math.min(PROBES, size);
    float[] row = new float[size];
    for (int p = 0; p < probes; p++) {
      all.row(all.row((int) ((long) p * size / probes)), row);
      for (int i = 0; i < size; i++) {
        similarity[i] += row[i];
      }
    }
    double left = total;
    for (long key : ascending(similarity)) {
      int i = (int) key;
      alpha[i] = Math.min(caps[i], left);
      left -= alpha[i];
      if (left <= 0) {
        break;
      }
    }
    for (int i = 0; i < size; i++) {
      if (alpha[i] > 0) {
        add(values, alpha[i], cache.row(i, i));
      }
    }
  }

  /** The indices in the order of their values to about nine digits, in the low half of each key. */
  private static long[] ascending(double[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits((float) values[i]);
      int ordered = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
      keys[i] = ((ordered & 0xFFFFFFFFL) << 32 | i) ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    return keys;
  }

  private static void add(double[] sums, double factor, float[] row) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * row[i];
    }
  }

  /** Takes the rows {@code which} into play, all others out. */
  private void enter(int[] which) {
    ids = which;
    cap = select(caps, which);
    weight = select(alpha, which);
    gradient = select(values, which);
    self = new double[which.length];
    for (int p = 0; p < which.length; p++) {
      self[p] = rows.self(p);
    }
  }

  private static double[] select(double[] from, int[] which) {
    double[] selected = new double[which.length];
    for (int p = 0; p < which.length; p++) {
      selected[p] = from[which[p]];
    }
    return selected;
  }

  /** Writes down what is known of the rows in play. */
  private void leave() {
    for (int p = 0; p < ids.length; p++) {
      alpha[ids[p]] = weight[p];
      values[ids[p]] = gradient[p];
    }
  }

  /**
   * The positions of the row to gain and the row to lose weight; none when the optimum is reached.
   */
  private int[] select() {
    int gain = -1;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < gradient.length; p++) {
      if (gradient[p] < least && weight[p] < cap[p]) {
        least = gradient[p];
        gain = p;
      }
      if (gradient[p] > most && weight[p] > 0) {
        most = gradient[p];
      }
    }
    gap = gain < 0 ? 0 : Math.max(0, most - least);
    if (gap < solver.tolerance() || gap == 0) {
      return new int[0];
    }
    float[] row = row(gain);
    int lose = -1;
    double best = 0;
    for (int p = 0; p < gradient.length; p++) {
      double difference = gradient[p] - least;
      if (difference > 0 && weight[p] > 0) {
        double curvature = self[gain] + self[p] - 2 * row[p];
        double decrease = difference * difference / (curvature > 0 ? curvature : FLAT);
        if (decrease > best) {
          best = decrease;
          lose = p;
        }
      }
    }
    return new int[] {gain, lose};
  }

  private float[] row(int position) {
    return cache.row(ids[position], position);
  }

  private void step(int gain, int lose) {
    float[] gained = row(gain);
    float[] lost = row(lose);
    double curvature = self[gain] + self[lose] - 2 * gained[lose];
    double moved = (gradient[lose] - gradient[gain]) / (curvature > 0 ? curvature : FLAT);
    double room = cap[gain] - weight[gain];
    if (moved >= Math.min(room, weight[lose])) {
      moved = Math.min(room, weight[lose]);
    }
    weight[gain] = moved == room ? cap[gain] : weight[gain] + moved;
    weight[lose] = moved == weight[lose] ? 0 : weight[lose] - moved;
    for (int p = 0; p < gradient.length; p++) {
      gradient[p] += moved * (gained[p] - lost[p]);
    }
  }

  /** Sets rows aside that are at a bound and would stay there by the gradients now. */
  private void shrink() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < gradient.length; p++) {
      least = weight[p] < cap[p] ? Math.min(least, gradient[p]) : least;
      most = weight[p] > 0 ? Math.max(most, gradient[p]) : most;
    }
    double low = least;
    double high = most;
    int[] left =
        IntStream.range(0, ids.length)
            .filter(p -> gradient[p] >= low || weight[p] < cap[p])
            .filter(p -> gradient[p] <= high || weight[p] > 0)
            .toArray();
    if (ids.length - left.length < LEAST_SHRINK * ids.length) {
      return;
    }
    leave();
    boolean[] stays = new boolean[ids.length];
    for (int p : left) {
      stays[p] = true;
    }
    int[] gone = IntStream.range(0, ids.length).filter(p -> !stays[p]).map(p -> ids[p]).toArray();
    aside.add(new Aside(gone, alpha.clone()));
    rows = rows.select(left);
    cache.select(rows, left);
    enter(Arrays.stream(left).map(p -> ids[p]).toArray());
  }

  /** Takes all rows back into play, with the gradients that the weights now give them. */
  private void unshrink() {
    leave();
    for (Aside one : aside) {
      KernelRows there = all.select(one.ids);
      double[] change = new double[one.ids.length];
      float[] row = new float[one.ids.length];
      for (int j = 0; j < alpha.length; j++) {
        if (alpha[j] != one.alpha[j]) {
          there.row(all.row(j), row);
          add(change, alpha[j] - one.alpha[j], row);
        }
      }
      for (int p = 0; p < change.length; p++) {
        values[one.ids[p]] += change[p];
      }
    }
    aside.clear();
    rows = all;
    cache.restart(all);
    enter(IntStream.range(0, caps.length).toArray());
  }

  /**
   * The mean value of the rows on the margin; where there are none, the middle of where it may be.
   */
  private double rho() {
    double sum = 0;
    int free = 0;
    double below = Double.NEGATIVE_INFINITY;
    double above = Double.POSITIVE_INFINITY;
    for (int i = 0; i < alpha.length; i++) {
      if (alpha[i] >= caps[i]) {
        below = Math.max(below, values[i]);
      } else if (alpha[i] <= 0) {
        above = Math.min(above, values[i]);
      } else {
        sum += values[i];
        free++;
      }
    }
    if (free > 0) {
      return sum / free;
    }
    if (below == Double.NEGATIVE_INFINITY || above == Double.POSITIVE_INFINITY) {
      return below == Double.NEGATIVE_INFINITY ? above : below;
    }
    return (below + above) / 2;
  }
}
