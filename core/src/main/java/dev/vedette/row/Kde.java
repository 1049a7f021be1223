package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Kernel density: how few training rows lie around a row, each spread out as a normal distribution.
 *
 * <p>Score: −ln of the density in the units of the columns; any number, the higher the rarer, and
 * finite and rising however far out a row is. The kernels are measured in robust units (median and
 * median absolute deviation of each column) and have the same width in all of them:
 *
 * <ul>
 *   <li>{@code bandwidth=scott}: n<sup>−1/(d+4)</sup> (Scott 1992, Eq. 6.42,
 *       doi:10.1002/9780470316849);
 *   <li>{@code bandwidth=silverman}: (n(d+2)/4)<sup>−1/(d+4)</sup> (Silverman 1986, Section 4.3.2);
 *   <li>{@code bandwidth=likelihood}: where 256 of the points, each left out for itself, are most
 *       likely, from a twentieth of Scott's width to four times it (Duin 1976,
 *       doi:10.1109/TC.1976.1674577). Many equal rows drive it to the lower end.
 * </ul>
 *
 * <p>Of more than {@code points} training rows so many are drawn at random; a training row does not
 * count for itself in {@code scoreTraining}. Fit O(n·d), row O(points · d), memory 8 · points · d
 * bytes; one row allocates 8 · points bytes. Groups of anomalies hide each other where they are
 * among the points; in many columns all rows are rare.
 *
 * <p>Rosenblatt 1956, doi:10.1214/aoms/1177728190; Parzen 1962, doi:10.1214/aoms/1177704472.
 *
 * @param bandwidth how the width of the kernels is chosen
 * @param factor 0.01 to 100: multiplies that width
 * @param points 2 to 65,536 training rows at most are kept
 * @param seed of all randomness
 */
public record Kde(Bandwidth bandwidth, double factor, int points, long seed)
    implements RowDetector {
  /** How the width of the kernels is chosen. */
  public enum Bandwidth {
    /** By Scott's rule. */
    SCOTT,
    /** By Silverman's rule. */
    SILVERMAN,
    /** As makes rows that were left out most likely. */
    LIKELIHOOD
  }

  public Kde {
    Require.range("factor", factor, 0.01, 100);
    Require.range("points", points, 2, 65_536);
  }

  /** Twice Scott's width, 2,048 points. */
  public Kde() {
    this(Bandwidth.SCOTT, 2, 2048, 42);
  }

  public Kde bandwidth(Bandwidth bandwidth) {
    return new Kde(bandwidth, factor, points, seed);
  }

  public Kde factor(double factor) {
    return new Kde(bandwidth, factor, points, seed);
  }

  public Kde points(int points) {
    return new Kde(bandwidth, factor, points, seed);
  }

  public Kde seed(long seed) {
    return new Kde(bandwidth, factor, points, seed);
  }

  @Override
  public boolean leavesOut() {
    return true;
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    var standard = StandardRows.robust(rows, seed);
    int size = Math.min(points, rows.rows());
    int[] members =
        size == rows.rows()
            ? IntStream.range(0, size).toArray()
            : Seeds.sample(Seeds.stream(seed, 0), rows.rows(), size);
    Arrays.sort(members);
    double[][] kept = new double[rows.columns()][size];
    for (int p = 0; p < size; p++) {
      double[] z = standard.row(members[p]);
      for (int j = 0; j < z.length; j++) {
        kept[j][p] = z[j];
      }
    }
    double width = factor * width(kept);
    double[] none = new double[kept.length];
    return new Fitted(this, standard.origin(), standard.unit(), members, kept, width, none)
        .withUsual();
  }

  private double width(double[][] kept) {
    double columns = kept.length;
    double rows = kept[0].length;
    double scott = Math.pow(rows, -1 / (columns + 4));
    return switch (bandwidth) {
      case SCOTT -> scott;
      case SILVERMAN -> scott * Math.pow((columns + 2) / 4, -1 / (columns + 4));
      case LIKELIHOOD -> LeftOut.of(kept).likeliest(scott / 20, scott * 4);
    };
  }

  /**
   * A fitted {@link Kde}.
   *
   * @param center of each column, the origin of the standard units
   * @param unit of each column, more than 0
   * @param members the numbers of the training rows that are kept, ascending
   * @param points their values in standard units (columns × points)
   * @param width of the kernels in standard units: their standard deviation
   * @param usual what each column adds to the score of a training row, on average over some
   */
  public record Fitted(
      Kde detector,
      double[] center,
      double[] unit,
      int[] members,
      double[][] points,
      double width,
      double[] usual)
      implements RowModel {
    private static final int ORDERS = 8;
    private static final int USUAL = 32;

    public Fitted {
      Require.that(center.length == unit.length && unit.length > 0, "one unit per column");
      Require.that(points.length == unit.length, "the points have another width");
      Require.finite("the centre", center);
      Require.finite("the unit", unit);
      Require.that(usual.length == unit.length, "the usual parts have another width");
      Require.finite("a usual part", usual);
      for (int j = 0; j < unit.length; j++) {
        Require.that(unit[j] > 0, "a unit is not positive");
        Require.that(points[j].length == members.length, "a value per point and column");
        Require.finite("a point", points[j]);
      }
      Require.that(members.length > 1, "too few points");
      for (int p = 1; p < members.length; p++) {
        Require.that(members[p] > members[p - 1], "the points are not in order");
      }
      Require.that(width > 1e-6 && width < 1e6, "the width of the kernels is damaged");
    }

    private Fitted withUsual() {
      int rows = Math.min(USUAL, members.length);
      double[][] parts = new double[rows][];
      Parallel.each(
          rows,
          i -> {
            int p = (int) ((long) i * members.length / rows);
            double[] z = Arrays.stream(points).mapToDouble(column -> column[p]).toArray();
            parts[i] = new Surprise(this, members[p]).shares(z, 2);
          });
      double[] mean = new double[unit.length];
      for (double[] part : parts) {
        for (int j = 0; j < mean.length; j++) {
          mean[j] += part[j] / rows;
        }
      }
      return new Fitted(detector, center, unit, members, points, width, mean);
    }

    @Override
    public int columns() {
      return center.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, center.length, false);
      return new Kernel().score(row, -1);
    }

    @Override
    public double[] score(Matrix rows) {
      return score(rows, false);
    }

    @Override
    public double[] scoreTraining(Matrix training) {
      return score(training, true);
    }

    private double[] score(Matrix rows, boolean leaveOut) {
      rows.requireUsable(center.length, false);
      double[] scores = new double[rows.rows()];
      Parallel.blocks(
          rows.rows(),
          256,
          (from, to) -> {
            var kernel = new Kernel();
            double[] row = new double[center.length];
            for (int i = from; i < to; i++) {
              rows.copyRow(i, row);
              scores[i] = kernel.score(row, leaveOut ? i : -1);
            }
          });
      return scores;
    }

    @Override
    public Attribution attribute(double[] row) {
      return attribute(row, -1);
    }

    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return attribute(training.row(row), row);
    }

    /**
     * Shapley values, over some orders of the columns, of what a column adds to −ln density when it
     * joins those before it, less what it adds to that of a usual training row. Normal is what the
     * other columns predict: the mean of the points, each as close as it is in those.
     */
    private Attribution attribute(double[] row, int leftOut) {
      Require.row(row, center.length, false);
      var surprise = new Surprise(this, leftOut);
      double[] z = Tile.standardise(row, center, unit);
      double[] contributions = surprise.shares(z, ORDERS);
      double base = 0;
      for (int j = 0; j < row.length; j++) {
        contributions[j] -= usual[j];
        base += usual[j];
      }
      double score = new Kernel().score(row, leftOut);
      return new Attribution(score, base, contributions, surprise.expected(z));
    }

    /**
     * −ln of the density in some columns.
     *
     * @param squared distances to the points in these columns; overwritten by the points' terms
     * @param counted points that count
     * @param columns how many
     * @param logUnits Σ ln unit over these columns
     */
    double surprise(double[] squared, int counted, int columns, double logUnits) {
      double least = Exponentials.least(squared);
      double scale = -0.5 / (width * width);
      Exponentials.ofScaled(squared, least, scale);
      return Math.log(counted)
          - Math.log(Exponentials.sum(squared))
          - scale * least
          + columns * (0.5 * Math.log(2 * Math.PI) + Math.log(width))
          + logUnits;
    }

    /** The place of a training row among the points; −1 where it is none of them. */
    int place(int trainingRow) {
      return trainingRow < 0 ? -1 : Math.max(-1, Arrays.binarySearch(members, trainingRow));
    }

    /** The buffers of one evaluation; not for two threads at once. */
    private final class Kernel {
      private final double[] terms = new double[members.length];
      private final double logUnits = Arrays.stream(unit).map(Math::log).sum();

      double score(double[] row, int leftOut) {
        Tile.squaredDistances(Tile.standardise(row, center, unit), points, terms);
        int own = place(leftOut);
        if (own >= 0) {
          terms[own] = Exponentials.NEVER;
        }
        return surprise(terms, terms.length - (own >= 0 ? 1 : 0), unit.length, logUnits);
      }
    }
  }
}
