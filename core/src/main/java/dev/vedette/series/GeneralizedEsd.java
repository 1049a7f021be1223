package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import dev.vedette.math.StudentT;
import java.util.ArrayDeque;
import java.util.Arrays;
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
 * <p>O(n log n + most · freedom).
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
    double upper = Math.max(1e-13, alpha / (side == Side.BOTH ? 2.0 * left : left));
    double t = StudentT.upperQuantile(upper, left - 2);
    return (left - 1) * t / Math.sqrt((left - 2 + t * t) * left);
  }

  /** Values in ascending order that are removed from both ends. */
  private static final class Rest {
    private final double[] sorted;
    private final double[] values;
    private final boolean robust;
    private int from;
    private int to;

    Rest(double[] values, boolean robust) {
      this.values = values;
      sorted = Quantiles.sorted(values);
      to = sorted.length;
      this.robust = robust && to > 0 && deviation(median()) > 0;
    }

    int size() {
      return to - from;
    }

    double center() {
      return robust ? median() : Moments.mean(left());
    }

    double spread(double center) {
      int n = to - from;
      return robust
          ? deviation(center)
          : Moments.deviation(left()) * Math.sqrt(n / Math.max(1, n - 1.0));
    }

    private double[] left() {
      return Arrays.copyOfRange(sorted, from, to);
    }

    private double median() {
      int half = from + (to - from) / 2;
      return (to - from) % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** 1.4826 times the median deviation from the median, found from the middle outwards. */
    private double deviation(double median) {
      int n = to - from;
      int below = from + (n - 1) / 2;
      int above = below + 1;
      double last = 0;
      double before = 0;
      for (int k = 0; k <= n / 2; k++) {
        double down = below >= from ? median - sorted[below] : Double.POSITIVE_INFINITY;
        double up = above < to ? sorted[above] - median : Double.POSITIVE_INFINITY;
        before = last;
        if (down <= up) {
          last = down;
          below--;
        } else {
          last = up;
          above++;
        }
      }
      return 1.482602218505602 * (n % 2 == 1 ? last : (before + last) / 2);
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
