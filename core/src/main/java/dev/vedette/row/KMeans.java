package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Quantiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Distance to the centre of the cluster a row belongs to.
 *
 * <p>Score ≥ 0 in the units of the columns, which should be comparable; 0 is a centre. With {@code
 * measure=large} a row is measured to the nearest centre of a <em>large</em> cluster, so that a
 * group of anomalies that got a cluster of its own still stands far out; with {@code
 * measure=weighted} that distance is multiplied by the number of rows in the row's own cluster, as
 * the paper has it (rows of small clusters then score low: read the paper before choosing it).
 *
 * <p>Of the clusters in descending order of size, those are large that come first until they hold
 * the share {@code alpha} of the rows, or until the next one is {@code beta} times smaller,
 * whichever is earlier (Definition 2 there). Clusters of equal size are all large, or all but the
 * last few.
 *
 * <p>Starts are drawn by k-means++; the best of the {@code restarts}, tried on 16,384 rows at most,
 * is refined on all. Where there are fewer different rows than clusters, or a cluster loses its
 * rows, there are fewer: {@code Fitted.sizes()} tells. Fit O(steps · n · clusters · d), row
 * O(clusters · d), memory O(clusters · d). Blind within elongated clusters.
 *
 * <p>He, Xu and Deng, "Discovering cluster-based local outliers", Pattern Recognition Letters 2003,
 * doi:10.1016/S0167-8655(03)00003-5 (CBLOF).
 *
 * @param clusters 1 to 1,000
 * @param measure what the score is
 * @param alpha 0.5 to 1: the share of the rows that is normal for sure
 * @param beta 1 or more: how much smaller a small cluster is than the next larger one
 * @param restarts 1 to 100
 * @param seed of all randomness
 */
public record KMeans(
    int clusters, Measure measure, double alpha, double beta, int restarts, long seed)
    implements RowDetector {
  /** What the score of a row is. */
  public enum Measure {
    /** The distance to the nearest centre. */
    NEAREST,
    /** The distance to the nearest centre of a large cluster. */
    LARGE,
    /** That distance times the number of rows in the cluster of the row (CBLOF). */
    WEIGHTED
  }

  public KMeans {
    Require.range("clusters", clusters, 1, 1000);
    Require.range("alpha", alpha, 0.5, 1);
    Require.range("beta", beta, 1, 1e9);
    Require.range("restarts", restarts, 1, 100);
  }

  /** Eight clusters, distances to the large ones. */
  public KMeans() {
    this(8, Measure.LARGE, 0.75, 5, 3, 42);
  }

  public KMeans clusters(int clusters) {
    return new KMeans(clusters, measure, alpha, beta, restarts, seed);
  }

  public KMeans measure(Measure measure) {
    return new KMeans(clusters, measure, alpha, beta, restarts, seed);
  }

  public KMeans alpha(double alpha) {
    return new KMeans(clusters, measure, alpha, beta, restarts, seed);
  }

  public KMeans beta(double beta) {
    return new KMeans(clusters, measure, alpha, beta, restarts, seed);
  }

  public KMeans restarts(int restarts) {
    return new KMeans(clusters, measure, alpha, beta, restarts, seed);
  }

  public KMeans seed(long seed) {
    return new KMeans(clusters, measure, alpha, beta, restarts, seed);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    double[] origin = Quantiles.medians(rows, 4096);
    Neighbors.requireMeasurable(rows, origin);
    double[] unit = new double[origin.length];
    Arrays.fill(unit, 1);
    var found = Clusters.of(new StandardRows(rows, origin, unit), clusters, restarts, seed);
    int[] order =
        IntStream.range(0, found.sizes().length)
            .boxed()
            .sorted(Comparator.comparingInt(c -> -found.sizes()[c]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] centers = new double[order.length][];
    int[] sizes = new int[order.length];
    for (int c = 0; c < order.length; c++) {
      centers[c] = found.centers()[order[c]];
      sizes[c] = found.sizes()[order[c]];
    }
    return new Fitted(this, origin, centers, sizes);
  }

  /** How many of the clusters, in descending order of size, are large. */
  int large(int[] sizes) {
    long rows = Arrays.stream(sizes).asLongStream().sum();
    long held = 0;
    for (int b = 0; b < sizes.length - 1; b++) {
      held += sizes[b];
      if (held >= alpha * rows || sizes[b] >= beta * sizes[b + 1]) {
        return b + 1;
      }
    }
    return sizes.length;
  }

  /**
   * A fitted {@link KMeans}.
   *
   * @param origin the median of each column
   * @param centers measured from the origin, those of larger clusters first (clusters × columns)
   * @param sizes the training rows in each cluster
   */
  public record Fitted(KMeans detector, double[] origin, double[][] centers, int[] sizes)
      implements RowModel {
    public Fitted {
      Require.that(origin.length > 0, "at least one column");
      Require.finite("the origin", origin);
      Require.that(centers.length > 0 && centers.length == sizes.length, "a size per cluster");
      for (int c = 0; c < centers.length; c++) {
        Require.that(centers[c].length == origin.length, "a centre has another width");
        Require.finite("a centre", centers[c]);
        Require.that(
            sizes[c] > 0 && (c == 0 || sizes[c] <= sizes[c - 1]), "the clusters are not in order");
      }
    }

    @Override
    public int columns() {
      return origin.length;
    }

    /** How many clusters count as large; they come first. */
    public int large() {
      return detector.large(sizes);
    }

    @Override
    public double score(double[] row) {
      Require.row(row, origin.length, false);
      double[] z = fromOrigin(row);
      return Math.sqrt(Tile.squaredDistance(z, centers[measured(z)])) * weight(z);
    }

    private double[] fromOrigin(double[] row) {
      double[] z = new double[row.length];
      for (int j = 0; j < z.length; j++) {
        z[j] = Standard.clamp(row[j] - origin[j]);
      }
      return z;
    }

    /** The cluster whose centre the row is measured to. */
    private int measured(double[] z) {
      return nearest(z, detector.measure == Measure.NEAREST ? centers.length : large());
    }

    private double weight(double[] z) {
      return detector.measure == Measure.WEIGHTED ? sizes[nearest(z, centers.length)] : 1;
    }

    /** The nearest of the first {@code count} centres. */
    private int nearest(double[] z, int count) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < count; c++) {
        double squared = Tile.squaredDistance(z, centers[c]);
        if (squared < least) {
          least = squared;
          nearest = c;
        }
      }
      return nearest;
    }

    /** The squared distance is a sum over the columns; normal is the centre measured to. */
    @Override
    public Attribution attribute(double[] row) {
      double score = score(row);
      double[] z = fromOrigin(row);
      double[] center = centers[measured(z)];
      double[] squares = new double[row.length];
      double[] normal = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        squares[j] = (z[j] - center[j]) * (z[j] - center[j]);
        normal[j] = origin[j] + center[j];
      }
      return Attribution.proportional(score, 0, squares, normal);
    }
  }
}
