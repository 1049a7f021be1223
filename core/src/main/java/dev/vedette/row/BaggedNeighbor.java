package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;

/**
 * Bagged nearest neighbour: the mean, over many small random samples of the training rows, of the
 * Manhattan distance to the nearest row of the sample. (On the public sets Manhattan distances were
 * as good as Euclidean ones or better, and the score is a plain sum over the columns.)
 *
 * <p>Score ≥ 0 in the units of the columns, which should be comparable. A sample of a few rows
 * rarely holds an anomaly, so anomalies among the training rows, even whole groups of them, do not
 * hide each other. Where the training rows are known to be clean, larger samples see finer
 * structure.
 *
 * <p>Fit O(bags · sample · d), row O(bags · sample · d), memory 4 · bags · sample · d bytes; one
 * row allocates a buffer of 4 · bags · sample bytes. Coarse where normal rows have fine structure.
 *
 * <p>Sugiyama and Borgwardt, "Rapid Distance-Based Outlier Detection via Sampling", NIPS 2013;
 * Aggarwal and Sathe, "Theoretical Foundations and Algorithms for Outlier Ensembles", SIGKDD
 * Explorations 2015, doi:10.1145/2830544.2830549; Bandaragoda et al., "Isolation-based anomaly
 * detection using nearest-neighbor ensembles", 2018, doi:10.1111/coin.12156.
 *
 * @param bags number of samples, 1 to 10,000
 * @param sample rows in each, 1 to 65,536; of a smaller training set all rows but one
 * @param seed of all randomness
 */
public record BaggedNeighbor(int bags, int sample, long seed) implements RowDetector {
  public BaggedNeighbor {
    Require.range("bags", bags, 1, 10_000);
    Require.range("sample", sample, 1, 65_536);
  }

  /** 100 samples of 16 rows. */
  public BaggedNeighbor() {
    this(100, 16, 42);
  }

  public BaggedNeighbor bags(int bags) {
    return new BaggedNeighbor(bags, sample, seed);
  }

  public BaggedNeighbor sample(int sample) {
    return new BaggedNeighbor(bags, sample, seed);
  }

  public BaggedNeighbor seed(long seed) {
    return new BaggedNeighbor(bags, sample, seed);
  }

  @Override
  public boolean leavesOut() {
    return true;
  }

  @Override
  public Fitted fit(Matrix rows) {
    Bags drawn = Bags.draw(rows, bags, sample, seed);
    return new Fitted(this, drawn.center(), drawn.members(), drawn.points());
  }

  /**
   * A fitted {@link BaggedNeighbor}.
   *
   * @param center the median of each column, subtracted before single precision
   * @param members the training rows in the bags, bag by bag
   * @param points for each column the values of the members, less the centre
   */
  public record Fitted(BaggedNeighbor detector, double[] center, int[] members, float[][] points)
      implements RowModel {
    public Fitted {
      Bags.check(detector.bags, center, members, points);
    }

    @Override
    public int columns() {
      return center.length;
    }

    private Bags drawn() {
      return new Bags(members.length / detector.bags, center, members, points);
    }

    private static double opinion(Bags.Search search, int bag) {
      int nearest = search.nearest(bag);
      return nearest < 0 ? Double.NaN : search.distance(nearest);
    }

    @Override
    public double score(double[] row) {
      return drawn().mean(row, Bags.Distance.MANHATTAN, Fitted::opinion);
    }

    @Override
    public double[] score(Matrix rows) {
      return drawn().mean(rows, false, Bags.Distance.MANHATTAN, Fitted::opinion);
    }

    /** A bag that holds the row is left out for it; where all do, only the row itself is. */
    @Override
    public double[] scoreTraining(Matrix training) {
      return drawn().mean(training, true, Bags.Distance.MANHATTAN, Fitted::opinion);
    }

    /**
     * The score is a sum over the columns of mean differences; normal is the median of the nearest
     * rows.
     */
    @Override
    public Attribution attribute(double[] row) {
      return attribute(row, -1);
    }

    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return attribute(training.row(row), row);
    }

    private Attribution attribute(double[] row, int leftOut) {
      Require.row(row, center.length, false);
      Bags drawn = drawn();
      var search = drawn.new Search(Bags.Distance.MANHATTAN).around(row, leftOut);
      double[] differences = new double[row.length];
      for (int nearest : search.nearestOfAll()) {
        for (int j = 0; nearest >= 0 && j < row.length; j++) {
          differences[j] += Math.abs(search.difference(j, nearest));
        }
      }
      double score = search.mean(Fitted::opinion);
      return Attribution.proportional(score, 0, differences, search.normal());
    }
  }
}
