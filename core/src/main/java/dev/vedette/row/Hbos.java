package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * Histogram-based outlier score: how rare each value of a row is in the histogram of its column.
 *
 * <p>Score ≥ 0: the sum over the columns of −ln h, with h the height of the value's bin relative to
 * the highest bin (so that columns weigh the same). 0 is a row in the highest bin everywhere. An
 * empty bin, or a value outside the histogram, counts as half a row.
 *
 * <p>Bins are equally wide. Fit O(n·d), row O(d), memory O(bins·d). Blind to broken relations
 * between columns; a long tail squeezes everything into one bin.
 *
 * <p>Goldstein and Dengel, "Histogram-based Outlier Score (HBOS)", KI 2012.
 *
 * @param bins per column, up to 10,000; 0 takes the square root of the number of rows, as the paper
 *     advises, at most 100
 */
public record Hbos(int bins) implements RowDetector {
  public Hbos {
    Require.range("bins", bins, 0, 10_000);
  }

  /** As many bins as the square root of the number of rows. */
  public Hbos() {
    this(0);
  }

  public Hbos bins(int bins) {
    return new Hbos(bins);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    int size = bins > 0 ? bins : Math.clamp((long) Math.sqrt(rows.rows()), 2, 100);
    Histogram[] histograms = new Histogram[rows.columns()];
    Parallel.each(rows.columns(), j -> histograms[j] = Histogram.of(rows.column(j), size));
    return new Fitted(this, histograms, Quantiles.medians(rows, 4096));
  }

  /**
   * The histogram of one column, as surprises.
   *
   * @param min smallest training value
   * @param max largest training value
   * @param surprises −ln of the relative height of each of the equally wide bins between them
   * @param outside the same for a value outside
   * @param mean surprise of the training values
   */
  record Histogram(double min, double max, double[] surprises, double outside, double mean) {
    Histogram {
      Require.that(min <= max && surprises.length > 0, "the range of a histogram is damaged");
      Require.that(outside >= 0 && outside < 100, "a histogram is damaged");
      Require.that(mean >= 0 && mean <= outside, "a histogram is damaged");
      for (double surprise : surprises) {
        Require.that(surprise >= 0 && surprise <= outside, "a bin of a histogram is damaged");
      }
    }

    static Histogram of(double[] values, int bins) {
      double min = values[0];
      double max = values[0];
      for (double value : values) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      int[] counts = new int[bins];
      int highest = 0;
      for (double value : values) {
        highest = Math.max(highest, ++counts[bin(value, min, max, bins)]);
      }
      double[] surprises = new double[bins];
      double sum = 0;
      for (int b = 0; b < bins; b++) {
        surprises[b] = Math.log(highest / (counts[b] == 0 ? 0.5 : counts[b]));
        sum += counts[b] * surprises[b];
      }
      return new Histogram(min, max, surprises, Math.log(highest / 0.5), sum / values.length);
    }

    /** For each of {@code cells} equal cells, and their end, how many values lie below it. */
    static int[] cumulative(double[] values, int cells) {
      double min = Arrays.stream(values).min().orElseThrow();
      double max = Arrays.stream(values).max().orElseThrow();
      int[] below = new int[cells + 1];
      for (double value : values) {
        below[bin(value, min, max, cells) + 1]++;
      }
      Arrays.parallelPrefix(below, Integer::sum);
      return below;
    }

    private static int bin(double value, double min, double max, int bins) {
      if (min == max) {
        return 0;
      }
      double position = (value / 2 - min / 2) / (max / 2 - min / 2); // halves: no overflow
      return (int) Math.min(bins - 1, position * bins);
    }

    /** −ln of the relative height at {@code value}. */
    double surprise(double value) {
      boolean inside = value >= min && value <= max;
      return inside ? surprises[bin(value, min, max, surprises.length)] : outside;
    }
  }

  /**
   * A fitted {@link Hbos}.
   *
   * @param histograms one per column
   * @param typical the median of each column, over up to 4,096 training rows
   */
  public record Fitted(Hbos detector, Histogram[] histograms, double[] typical)
      implements RowModel {
    public Fitted {
      Require.that(
          histograms.length == typical.length && typical.length > 0, "one histogram per column");
    }

    @Override
    public int columns() {
      return histograms.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, histograms.length, false);
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += histograms[j].surprise(row[j]);
      }
      return sum;
    }

    /** The base is the mean score of the training rows; in a sum these are the Shapley values. */
    @Override
    public Attribution attribute(double[] row) {
      double score = score(row);
      double base = 0;
      double[] contributions = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        base += histograms[j].mean;
        contributions[j] = histograms[j].surprise(row[j]) - histograms[j].mean;
      }
      return new Attribution(score, base, contributions, typical.clone());
    }
  }
}
