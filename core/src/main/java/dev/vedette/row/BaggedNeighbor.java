package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Kernels;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;
import java.util.Arrays;

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
    rows.requireRows(2);
    rows.requireComplete();
    int size = Math.min(sample, rows.rows() - 1);
    double[] center = Quantiles.medians(rows, 4096);
    Neighbors.requireMeasurable(rows, center);
    int[] members = new int[Math.multiplyExact(bags, size)];
    for (int bag = 0; bag < bags; bag++) {
      int[] drawn = Seeds.sample(Seeds.stream(seed, bag), rows.rows(), size);
      System.arraycopy(drawn, 0, members, bag * size, size);
    }
    float[][] columns = new float[rows.columns()][members.length];
    for (int j = 0; j < columns.length; j++) {
      for (int p = 0; p < members.length; p++) {
        columns[j][p] = (float) (rows.get(members[p], j) - center[j]);
      }
    }
    return new Fitted(this, center, members, columns);
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
      Require.that(center.length == points.length && points.length > 0, "one centre per column");
      Require.that(
          members.length > 0 && members.length % detector.bags == 0,
          "the bags are not equally full");
      Require.finite("the centre", center);
      for (float[] column : points) {
        Require.that(column.length == members.length, "one value per member and column");
        for (float value : column) {
          Require.that(Math.abs(value) <= Neighbors.FARTHEST, "a member is damaged");
        }
      }
    }

    @Override
    public int columns() {
      return center.length;
    }

    private int size() {
      return members.length / detector.bags;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, center.length, false);
      return new Search().score(row, -1);
    }

    @Override
    public double[] score(Matrix rows) {
      return score(rows, false);
    }

    /** A bag that holds the row is left out for it; where all do, only the row itself is. */
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
            var search = new Search();
            double[] row = new double[center.length];
            for (int i = from; i < to; i++) {
              rows.copyRow(i, row);
              scores[i] = search.score(row, leaveOut ? i : -1);
            }
          });
      return scores;
    }

    /**
     * The score is a sum over the columns of mean differences; normal is the mean of the nearest
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
      var search = new Search();
      double score = search.score(row, leftOut);
      double[] differences = new double[row.length];
      double[][] nearby = new double[row.length][detector.bags];
      for (int bag = 0; bag < detector.bags; bag++) {
        int nearest = search.counts(bag) ? search.nearest(bag) : -1;
        for (int j = 0; j < row.length; j++) {
          nearby[j][bag] = nearest < 0 ? Double.NaN : center[j] + points[j][nearest];
          differences[j] +=
              nearest < 0 ? 0 : Math.abs((double) search.query[j] - points[j][nearest]);
        }
      }
      double[] normal = Arrays.stream(nearby).mapToDouble(Quantiles::median).toArray();
      return Attribution.proportional(score, 0, differences, normal);
    }

    /** The buffers of one search; not for two threads at once. */
    private final class Search {
      private final Kernels kernels = Kernels.best();
      private final float[] query = new float[center.length];
      private final float[] distances = new float[members.length];

      private int leftOut;
      private boolean inAllBags;

      double score(double[] row, int without) {
        for (int j = 0; j < query.length; j++) {
          query[j] =
              (float) Math.clamp(row[j] - center[j], -Neighbors.FARTHEST, Neighbors.FARTHEST);
        }
        kernels.manhattanDistances(query, points, 0, distances);
        leftOut = without;
        inAllBags = without >= 0 && inAllBags();
        double sum = 0;
        int counted = 0;
        for (int bag = 0; bag < detector.bags; bag++) {
          int nearest = counts(bag) ? nearest(bag) : -1;
          if (nearest >= 0) {
            sum += distances[nearest];
            counted++;
          }
        }
        return counted > 0 ? sum / counted : 0;
      }

      private boolean inAllBags() {
        for (int bag = 0; bag < detector.bags; bag++) {
          if (!holds(bag)) {
            return false;
          }
        }
        return true;
      }

      /** Whether the bag counts: it does not hold the row left out, or all bags do. */
      boolean counts(int bag) {
        return leftOut < 0 || inAllBags || !holds(bag);
      }

      private boolean holds(int bag) {
        for (int p = bag * size(); p < (bag + 1) * size(); p++) {
          if (members[p] == leftOut) {
            return true;
          }
        }
        return false;
      }

      /**
       * The member of {@code bag} nearest to the query, without the row left out; −1 if there is
       * none.
       */
      int nearest(int bag) {
        int nearest = -1;
        float least = Float.POSITIVE_INFINITY;
        for (int p = bag * size(); p < (bag + 1) * size(); p++) {
          if (distances[p] < least && members[p] != leftOut) {
            least = distances[p];
            nearest = p;
          }
        }
        return nearest;
      }
    }
  }
}
