package dev.vedette.math;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * All subsequences of one length of a series, made ready for {@link SubsequenceJoin}. Subsequence i
 * holds the values i to i + length − 1. O(n) in time and memory, about 60 bytes a value.
 *
 * <p>Means and deviations are put together from the part of a subsequence before and the part after
 * the next multiple of the length, so that nothing cancels out (Chan, Golub and LeVeque 1983,
 * doi:10.1080/00031305.1983.10483115). Values more than 10⁵ spreads from the median are moved to
 * there, so that rounding does not reach their neighbours; that changes a correlation by about 10⁻⁵
 * at most, as such a value is nearly all of its subsequence.
 *
 * <p>The arrays end with {@link Kernels#LANES} entries more than there are values or subsequences,
 * which no comparison finds.
 */
public final class Subsequences {
  private static final double FARTHEST = 1e5;

  /** Below this share of the spread, a deviation is rounding. */
  private static final double CONSTANT = 1e-9;

  private final int length;
  private final int count;

  private final double middle;
  private final double unit;

  /** The values less the median, in spreads. */
  final double[] values;

  final double[] mean;

  /** 1 / √Σ(value − mean)², NaN where the subsequence is constant. */
  final double[] scale;

  /** Half of what the value that enters after a subsequence has more than the one that leaves. */
  final double[] step;

  /** What enters less the next mean, plus what leaves less the mean. */
  final double[] turn;

  private Subsequences(double[] series, int length) {
    this.length = length;
    count = series.length - length + 1;
    middle = Quantiles.median(series);
    unit = unit(series, middle);
    values = new double[series.length + Kernels.LANES];
    for (int i = 0; i < series.length; i++) {
      values[i] = Math.clamp((series[i] - middle) / unit, -FARTHEST, FARTHEST);
    }
    mean = new double[count + Kernels.LANES];
    scale = new double[count + Kernels.LANES];
    step = new double[count + Kernels.LANES];
    turn = new double[count + Kernels.LANES];
    measure();
    difference();
  }

  /**
   * The subsequences of {@code series}.
   *
   * @param series finite values, at least {@code length}, none beyond 10³⁰⁰
   * @param length of each subsequence, 2 or more
   */
  public static Subsequences of(double[] series, int length) {
    Require.range("the length of a subsequence", length, 2, series.length);
    Require.finite("the series", series);
    return new Subsequences(series, length);
  }

  /** The median distance from the middle of the values that differ from it; 1 where none does. */
  public static double unit(double[] series, double middle) {
    double[] distances =
        Arrays.stream(series)
            .map(value -> Math.abs(value - middle))
            .filter(distance -> distance > 0)
            .toArray();
    return distances.length == 0 ? 1 : Math.max(Double.MIN_NORMAL, Quantiles.median(distances));
  }

  /**
   * Mean and scale of each subsequence: the end of one block of values and the start of the next.
   */
  private void measure() {
    Arrays.fill(scale, Double.NaN);
    double[] endMean = new double[length + 1];
    double[] endSquares = new double[length + 1];
    for (int block = 0; block < count; block += length) {
      endMean[length] = 0;
      endSquares[length] = 0;
      for (int k = length - 1; k >= 0; k--) { // the last length − k values of the block
        double off = values[block + k] - endMean[k + 1];
        endMean[k] = endMean[k + 1] + off / (length - k);
        endSquares[k] = endSquares[k + 1] + off * (values[block + k] - endMean[k]);
      }
      double startMean = 0;
      double startSquares = 0;
      for (int k = 0; k < length && block + k < count; k++) { // k values of the next block
        if (k > 0) {
          double value = values[block + length + k - 1];
          double off = value - startMean;
          startMean += off / k;
          startSquares += off * (value - startMean);
        }
        double apart = startMean - endMean[k];
        double squares = endSquares[k] + startSquares + apart * apart * k * (length - k) / length;
        mean[block + k] = endMean[k] + apart * k / length;
        if (squares > CONSTANT * CONSTANT * length) {
          scale[block + k] = 1 / Math.sqrt(squares);
        }
      }
    }
  }

  private void difference() {
    for (int i = 0; i + 1 < count; i++) {
      step[i] = (values[i + length] - values[i]) / 2;
      turn[i] = (values[i + length] - mean[i + 1]) + (values[i] - mean[i]);
    }
  }

  /** The number of values of each. */
  public int length() {
    return length;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Whether all values of subsequence {@code i} are equal, but for rounding. */
  public boolean isConstant(int i) {
    return Double.isNaN(scale[i]);
  }

  /** The mean of the values of subsequence {@code i}. */
  public double mean(int i) {
    return middle + unit * mean[i];
  }

  /** The standard deviation of the values of subsequence {@code i}; 0 where it is constant. */
  public double deviation(int i) {
    return isConstant(i) ? 0 : unit / (scale[i] * Math.sqrt(length));
  }

  /** The value at place {@code t} of subsequence {@code i} in deviations from its mean. */
  public double normalised(int i, int t) {
    return isConstant(i) ? 0 : (values[i + t] - mean[i]) * scale[i] * Math.sqrt(length);
  }

  /**
   * Pearson's correlation of subsequence i and subsequence j of {@code other}; neither constant.
   */
  double correlation(int i, Subsequences other, int j) {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += (values[i + t] - mean[i]) * (other.values[j + t] - other.mean[j]);
    }
    return Math.clamp(sum * scale[i] * other.scale[j], -1, 1);
  }
}
