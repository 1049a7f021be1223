package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.math.Quantiles;
import dev.vedette.math.StudentT;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The generalized extreme Studentized deviate test: which of some numbers are outliers, for at most
 * so many, when the others come from a normal distribution.
 *
 * <p>The farthest value is removed again and again; the outliers are all removed up to the last
 * that was farther off than its critical value λ<sub>i</sub> (Rosner 1983,
 * doi:10.1080/00401706.1983.10487848, equation 2.5). With median and median absolute deviation the
 * test bears many outliers (Hochenbaum, Vallis and Kejariwal 2017, arXiv 1704.07706); where more
 * than half of the values are the same, mean and standard deviation are taken nevertheless.
 *
 * <p>O(n log n).
 *
 * @param most the largest number of outliers, less than half of the values
 * @param alpha the chance of a false outlier among normal values, from 1e-9 to 0.5
 * @param side which outliers are looked for
 * @param robust median and median absolute deviation instead of mean and standard deviation
 */
public record GeneralizedEsd(int most, double alpha, Side side, boolean robust) {
  private static final int EXACT_BELOW = 256;
  private static final int STEP = 64;

  /** Which outliers are looked for. */
  public enum Side {
    BOTH,
    HIGH,
    LOW
  }

  public GeneralizedEsd {
    Require.range("most", most, 0, 100_000_000);
    Require.range("alpha", alpha, 1e-9, 0.5);
  }

  /** On both sides, by mean and standard deviation, as in the paper, at 5 %. */
  public GeneralizedEsd(int most) {
    this(most, 0.05, Side.BOTH, false);
  }

  public GeneralizedEsd alpha(double alpha) {
    return new GeneralizedEsd(most, alpha, side, robust);
  }

  public GeneralizedEsd side(Side side) {
    return new GeneralizedEsd(most, alpha, side, robust);
  }

  public GeneralizedEsd robust(boolean robust) {
    return new GeneralizedEsd(most, alpha, side, robust);
  }

  /**
   * What the test found.
   *
   * @param outliers their indices, the farthest first
   * @param statistics R<sub>i</sub>, one per value removed
   * @param critical λ<sub>i</sub>, as many
   * @param center of the values that are left
   * @param spread of them, as a standard deviation
   */
  public record Outcome(
      int[] outliers, double[] statistics, double[] critical, double center, double spread) {
    /** The deviation in spreads from which on a value would be an outlier too. */
    public double limit() {
      return critical.length == 0
          ? Double.POSITIVE_INFINITY
          : critical[Math.min(outliers.length, critical.length - 1)];
    }
  }

  /** Tests {@code values}; NaN is left out, and at most (n − 1) / 2 are removed. */
  public Outcome test(double[] values) {
    var rest = new Rest(values, robust);
    int n = rest.size();
    int rounds = Math.max(0, Math.min(most, Math.min((n - 1) / 2, n - 3)));
    double[] removed = new double[rounds];
    double[] statistics = new double[rounds];
    double[] critical = new double[rounds];
    var known = new HashMap<Integer, Double>();
    int outliers = 0;
    double center = n == 0 ? 0 : rest.center();
    double spread = n == 0 ? 0 : rest.spread(center);
    for (int i = 0; i < rounds; i++) {
      double middle = rest.center();
      double unit = rest.spread(middle);
      boolean high = rest.highIsFarther(middle, side);
      double off = (rest.end(high) - middle) * (high ? 1 : -1);
      statistics[i] = off > 0 ? off / unit : 0;
      critical[i] = critical(n - i, known);
      removed[i] = rest.remove(high);
      if (statistics[i] > critical[i]) {
        outliers = i + 1;
        center = rest.center();
        spread = rest.spread(center);
      }
    }
    return new Outcome(rest.indices(removed, outliers), statistics, critical, center, spread);
  }

  /**
   * λ for {@code left} values; of many, for which it hardly changes, between values for multiples
   * of 64 by the logarithm.
   */
  private double critical(int left, Map<Integer, Double> known) {
    if (left <= EXACT_BELOW) {
      return exact(left);
    }
    int below = left / STEP * STEP;
    double weight = Math.log((double) left / below) / Math.log((double) (below + STEP) / below);
    double low = known.computeIfAbsent(below, this::exact);
    return low + weight * (known.computeIfAbsent(below + STEP, this::exact) - low);
  }

  /** (left − 1) t / √((left − 2 + t²) left). */
  private double exact(int left) {
    double upper = alpha / (side == Side.BOTH ? 2.0 * left : left);
    double t = StudentT.upperQuantile(upper, left - 2);
    return (left - 1) * t / Math.sqrt((left - 2 + t * t) * left);
  }

  /** Values in ascending order that are removed from both ends, fewer than half of them. */
  private static final class Rest {
    private final double[] sorted;
    private final double[] values;
    private final boolean robust;
    private final int middle;

    /**
     * Sums of the values, less the middle one, between each place and the middle, and of their
     * squares. Summed outwards, so that what is left never is a difference of larger sums.
     */
    private final double[] sums;

    private final double[] squares;
    private int from;
    private int to;

    Rest(double[] values, boolean robust) {
      this.values = values;
      sorted = Quantiles.sorted(values);
      to = sorted.length;
      middle = to / 2;
      this.robust = robust && to > 0 && deviation(median()) > 0;
      sums = new double[this.robust ? 0 : to + 1];
      squares = new double[sums.length];
      for (int i = middle - 1; i >= 0 && !this.robust; i--) {
        sums[i] = sums[i + 1] + off(i);
        squares[i] = squares[i + 1] + off(i) * off(i);
      }
      for (int i = middle; i < to && !this.robust; i++) {
        sums[i + 1] = sums[i] + off(i);
        squares[i + 1] = squares[i] + off(i) * off(i);
      }
    }

    private double off(int place) {
      return sorted[place] - sorted[middle];
    }

    int size() {
      return to - from;
    }

    double center() {
      return robust ? median() : sorted[middle] + (sums[from] + sums[to]) / size();
    }

    double spread(double center) {
      if (robust) {
        return deviation(center);
      }
      double sum = sums[from] + sums[to];
      double around = squares[from] + squares[to] - sum * (sum / size());
      return Math.sqrt(Math.max(0, around) / Math.max(1, size() - 1));
    }

    private double median() {
      int half = from + size() / 2;
      return size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** 1.4826 times the median deviation from the median. */
    private double deviation(double median) {
      int half = size() / 2;
      double upper = nearest(median, half);
      return 1.482602218505602
          * (size() % 2 == 1 ? upper : (nearest(median, half - 1) + upper) / 2);
    }

    /** The distance from the median that {@code rank} values are nearer than. O(log n). */
    private double nearest(double median, int rank) {
      int last = from + (size() - 1) / 2; // the last of those up to the median
      int low = Math.max(0, rank + 1 - (to - last - 1));
      int high = Math.min(rank + 1, last - from + 1);
      while (low < high) { // how many of the rank + 1 nearest are up to the median
        int half = (low + high) / 2;
        boolean more = median - sorted[last - half] < sorted[last + 1 + rank - half] - median;
        low = more ? half + 1 : low;
        high = more ? high : half;
      }
      double down = low == 0 ? 0 : median - sorted[last + 1 - low];
      double up = low == rank + 1 ? 0 : sorted[last + 1 + rank - low] - median;
      return Math.max(down, up);
    }

    boolean highIsFarther(double middle, Side side) {
      return side == Side.HIGH
          || (side == Side.BOTH && sorted[to - 1] - middle >= middle - sorted[from]);
    }

    double end(boolean high) {
      return high ? sorted[to - 1] : sorted[from];
    }

    double remove(boolean high) {
      return high ? sorted[--to] : sorted[from++];
    }

    /** Where the removed values are, the same values in their order. */
    int[] indices(double[] removed, int count) {
      Map<Double, Deque<Integer>> places = new HashMap<>();
      for (int k = 0; k < count; k++) {
        places.put(removed[k], new ArrayDeque<>());
      }
      for (int i = 0; i < values.length && count > 0; i++) {
        Deque<Integer> known = places.get(values[i]);
        if (known != null) {
          known.add(i);
        }
      }
      int[] indices = new int[count];
      for (int k = 0; k < count; k++) {
        indices[k] = Objects.requireNonNull(places.get(removed[k])).remove();
      }
      return indices;
    }
  }
}
