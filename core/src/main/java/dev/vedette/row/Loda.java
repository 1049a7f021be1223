package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lightweight on-line detector of anomalies, fitted on a table: how rare a row is in the histograms
 * of many random projections.
 *
 * <p>Score ≥ 0: the mean over the projections of −ln h, with h the height of the row's bin relative
 * to the highest bin. 0 is a row in the highest bin everywhere. It ranks complete rows as the
 * paper's mean of −ln p (Eq. 6) does. An empty bin, or a value outside the histogram, counts as
 * half a row, so beyond the range the score does not grow.
 *
 * <p>A projection weighs √d random columns, which should be comparable, with standard normal
 * weights; bins are equally wide, as many as maximise the penalised likelihood of Birgé and
 * Rozenholc 2006, doi:10.1051/ps:2006001 (Eq. 4 of the paper), at most 100: columns of few
 * different values would ask for ever more.
 *
 * <p>Missing values are native: a row is scored by the projections that use none of its missing
 * columns. A row without any such projection scores like the average training row.
 *
 * <p>Fit O(projections · n·d), row O(projections · √d), memory O(projections · bins). Coarse where
 * the crowd has several clusters that overlap in most projections.
 *
 * <p>Pevný, "Loda: Lightweight on-line detector of anomalies", Machine Learning 2016,
 * doi:10.1007/s10994-015-5521-0.
 *
 * @param projections number of them k, 1 to 10,000
 * @param bins of each histogram, up to 10,000; 0 chooses them by the penalised likelihood
 * @param seed of all randomness
 */
public record Loda(int projections, int bins, long seed) implements RowDetector {
  private static final int CELLS = 1 << 16;
  private static final int MOST_BINS = 100;

  public Loda {
    Require.range("projections", projections, 1, 10_000);
    Require.range("bins", bins, 0, 10_000);
  }

  /** 100 projections with bins chosen automatically. */
  public Loda() {
    this(100, 0, 42);
  }

  public Loda projections(int projections) {
    return new Loda(projections, bins, seed);
  }

  public Loda bins(int bins) {
    return new Loda(projections, bins, seed);
  }

  public Loda seed(long seed) {
    return new Loda(projections, bins, seed);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    double[] center = Quantiles.medians(rows, 4096);
    for (int j = 0; j < center.length; j++) {
      center[j] = Double.isNaN(center[j]) ? 0 : center[j];
    }
    Projection[] drawn = new Projection[projections];
    Parallel.each(
        projections, i -> drawn[i] = Projection.draw(Seeds.stream(seed, i), rows, center, bins));
    return new Fitted(this, center, drawn);
  }

  /**
   * A random direction and the histogram of the training rows along it.
   *
   * @param columns it uses
   * @param weights one for each of these
   * @param histogram of the training rows that have all its columns; where there are none a single
   *     bin
   */
  record Projection(int[] columns, double[] weights, Hbos.Histogram histogram) {
    Projection {
      Require.that(columns.length == weights.length, "a projection has a weight per column");
      Require.finite("a projection", weights);
      for (double weight : weights) {
        Require.that(Math.abs(weight) < 100, "a weight of a projection is damaged");
      }
    }

    static Projection draw(SplittableRandom random, Matrix rows, double[] center, int bins) {
      int width = Math.max(1, (int) Math.rint(Math.sqrt(center.length)));
      int[] columns = Seeds.sample(random, center.length, width);
      double[] weights = new double[width];
      for (int i = 0; i < width; i++) {
        weights[i] = random.nextGaussian();
      }
      double[] values = new double[rows.rows()];
      double[] row = new double[center.length];
      int present = 0;
      for (int r = 0; r < values.length; r++) {
        rows.copyRow(r, row);
        double value = along(columns, weights, row, center);
        if (!Double.isNaN(value)) {
          values[present++] = value;
        }
      }
      values = Arrays.copyOf(values, Math.max(1, present));
      int size = bins > 0 ? bins : automaticBins(values);
      return new Projection(columns, weights, Hbos.Histogram.of(values, size));
    }

    /** Where the row lies along the direction; NaN when a column of it is missing. */
    double along(double[] row, double[] center) {
      return along(columns, weights, row, center);
    }

    private static double along(int[] columns, double[] weights, double[] row, double[] center) {
      double sum = 0;
      for (int i = 0; i < columns.length; i++) {
        sum += weights[i] * Standard.clamp(row[columns[i]] - center[columns[i]]);
      }
      return sum;
    }
  }

  /**
   * The number b of equal bins that maximises Σ nᵢ ln(b nᵢ / n) − (b − 1 + ln(b)^2.5), with nᵢ the
   * values in bin i; up to n / ln n bins, and 100. Beyond 16, numbers a sixteenth apart are tried,
   * and values are first counted in many fine cells that the bins are then put together from.
   */
  static int automaticBins(double[] values) {
    int[] upTo = Hbos.Histogram.cumulative(values, CELLS);
    double most = Math.min(MOST_BINS, values.length / Math.max(1, Math.log(values.length)));
    int best = 1;
    double highest = 0; // of one bin
    for (int bins = 2; bins <= most; bins += Math.max(1, bins / 16)) {
      double likelihood = 1 - bins - Math.pow(Math.log(bins), 2.5);
      for (int bin = 0; bin < bins; bin++) {
        int from = (int) ((long) CELLS * bin / bins);
        int to = (int) ((long) CELLS * (bin + 1) / bins);
        int count = upTo[to] - upTo[from];
        if (count > 0) {
          likelihood += count * Math.log((double) bins * count / values.length);
        }
      }
      if (likelihood > highest) {
        highest = likelihood;
        best = bins;
      }
    }
    return best;
  }

  /**
   * A fitted {@link Loda}.
   *
   * @param center the median of each column, subtracted before projecting
   * @param projections one as the other
   */
  public record Fitted(Loda detector, double[] center, Projection[] projections)
      implements RowModel {
    public Fitted {
      Require.that(center.length > 0, "at least one column");
      Require.that(projections.length == detector.projections, "the number of projections differs");
      Require.finite("the centre", center);
      for (Projection projection : projections) {
        for (int column : projection.columns) {
          Require.that(column >= 0 && column < center.length, "a projection uses column " + column);
        }
      }
    }

    @Override
    public int columns() {
      return center.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, center.length, true);
      double sum = 0;
      int used = 0;
      for (Projection projection : projections) {
        double value = projection.along(row, center);
        if (!Double.isNaN(value)) {
          sum += projection.histogram.surprise(value);
          used++;
        }
      }
      return used == 0 ? meanSurprise() : sum / used;
    }

    /**
     * The base is the mean score of the training rows in the projections used. What a projection
     * adds to that is shared by its columns in proportion to how far each moves the row along it,
     * |weight · (value − median)|.
     */
    @Override
    public Attribution attribute(double[] row) {
      double score = score(row);
      double base = 0;
      double[] contributions = new double[row.length];
      int used = 0;
      for (Projection projection : projections) {
        double value = projection.along(row, center);
        if (!Double.isNaN(value)) {
          double surprise = projection.histogram.surprise(value);
          double mean = projection.histogram.mean();
          share(projection, row, surprise - mean, contributions);
          base += mean;
          used++;
        }
      }
      for (int j = 0; used > 0 && j < row.length; j++) {
        contributions[j] /= used;
      }
      base = used == 0 ? score : base / used;
      return new Attribution(score, base, contributions, center.clone());
    }

    private void share(Projection projection, double[] row, double amount, double[] into) {
      double[] moves = new double[projection.columns.length];
      double sum = 0;
      for (int i = 0; i < moves.length; i++) {
        int column = projection.columns[i];
        double offset = Standard.clamp(row[column] - center[column]);
        moves[i] = Math.abs(projection.weights[i] * offset);
        sum += moves[i];
      }
      for (int i = 0; i < moves.length; i++) {
        double share = sum > 0 ? moves[i] / sum : 1.0 / moves.length;
        into[projection.columns[i]] += amount * share;
      }
    }

    /** Of the training rows, over all projections. */
    private double meanSurprise() {
      double sum = 0;
      for (Projection projection : projections) {
        sum += projection.histogram.mean();
      }
      return sum / projections.length;
    }
  }
}
