package dev.vedette.math;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Matrix;
import java.util.stream.IntStream;

/**
 * Exact nearest-neighbour search among fixed points, by Euclidean distance in single precision
 * around their medians. Immutable; a search writes only into the {@link Query} it is given.
 *
 * <p>A k-d tree where the columns are few and the points many, a blocked scan of all points
 * otherwise; both find the same points at the same distances, bit for bit.
 */
public sealed interface Neighbors permits KdTree, Scan {
  /**
   * Values farther than this from the median count as this far: the squares of such differences
   * still have a finite sum in single precision, over hundreds of thousands of columns.
   */
  float FARTHEST = 1e16f;

  /** The number of points. */
  int points();

  /** Subtracted from each column before single precision. */
  double[] center();

  /** The values of {@code point}, less the centre, in single precision; a copy. */
  float[] offsets(int point);

  /**
   * The rows of {@code rows}, which are to be searched around, in an order that is kind to the
   * cache.
   */
  default int[] order(Matrix rows) {
    return IntStream.range(0, rows.rows()).toArray();
  }

  /** Searches for every query, in an order that is kind to the cache. */
  void search(Query[] queries);

  /** The points are the rows of {@code matrix}, which must be complete. */
  static Neighbors of(Matrix matrix) {
    return of(matrix, Quantiles.medians(matrix, 4096));
  }

  /** As {@link #of(Matrix)}, with another {@code center} to subtract before single precision. */
  static Neighbors of(Matrix matrix, double[] center) {
    matrix.requireComplete();
    requireMeasurable(matrix, center);
    boolean tree = matrix.rows() >= 512 && matrix.columns() <= 20;
    return tree ? KdTree.of(matrix, center) : Scan.of(matrix, center);
  }

  /**
   * A difference from the centre as the search sees it: in single precision, and in steps of at
   * least 2<sup>−72</sup>, so that the square of a step is not rounded to zero.
   */
  static float single(double difference) {
    float value = (float) Math.clamp(difference, -FARTHEST, FARTHEST);
    return Math.abs(value) < 0x1p-48f ? (float) (Math.rint(value * 0x1p72) * 0x1p-72) : value;
  }

  /**
   * Throws {@link DataException} naming the first value farther than {@link #FARTHEST} from its
   * centre.
   */
  static void requireMeasurable(Matrix matrix, double[] center) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < center.length; j++) {
        if (!(Math.abs(matrix.get(i, j) - center[j]) <= FARTHEST)) {
          throw new DataException(
              "row %s, column '%s' is %s, too far from the rest to measure distances; scale it first"
                  .formatted(i, matrix.names().get(j), matrix.get(i, j)));
        }
      }
    }
  }

  /**
   * A question and its answer: what to search for, what to leave out, what was found. Not for two
   * threads at once.
   */
  final class Query {
    final float[] values;
    final Nearest nearest;
    private final double[] center;
    private int excluded = -1;
    private boolean distinct;

    /**
     * A query for the {@code k} nearest points.
     *
     * @param k at most the number of points
     */
    public Query(Neighbors neighbors, int k) {
      Require.range("k", k, 1, neighbors.points());
      center = neighbors.center();
      values = new float[center.length];
      nearest = new Nearest(k);
    }

    /** Searches next around {@code row}, in the units of the matrix. */
    public Query around(double[] row) {
      for (int j = 0; j < values.length; j++) {
        values[j] = single(row[j] - center[j]);
      }
      nearest.clear();
      return this;
    }

    /** Leaves the point {@code index} out of the next search; −1 for none. */
    public Query exclude(int index) {
      excluded = index;
      return this;
    }

    /** Leaves points at distance zero out of the next searches. */
    public Query distinct() {
      distinct = true;
      return this;
    }

    /** The values searched around, less the centre. */
    public float[] values() {
      return values;
    }

    /** The nearest points of the last search. */
    public Nearest nearest() {
      return nearest;
    }

    void consider(float squared, int point) {
      if (squared <= nearest.limit() && point != excluded && !(distinct && squared == 0)) {
        nearest.offer(squared, point);
      }
    }
  }
}
