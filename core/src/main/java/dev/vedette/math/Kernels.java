package dev.vedette.math;

/**
 * The inner loops that most of the time goes into. There is a scalar implementation, which HotSpot
 * vectorises, and a twin on the Vector API, which is used when the JVM was started with {@code
 * --add-modules jdk.incubator.vector}. Both give the same bits: each lane adds up its own point in
 * the order of the columns, squares and products by fused multiply-add.
 */
public interface Kernels {
  /** Diagonals walked at a time by {@link #correlate}. */
  int LANES = 256;

  /**
   * Squared Euclidean distances of one query to many points, which are stored column by column.
   *
   * @param query one value per column
   * @param columns for each column the values of all points; {@code columns[first + j]} belongs to
   *     {@code query[j]}
   * @param first the index of the first column to use
   * @param distances receives one squared distance per point; at most as long as the columns
   */
  void squaredDistances(float[] query, float[][] columns, int first, float[] distances);

  /**
   * As {@link #squaredDistances}, with Manhattan distances: the sum of the absolute differences.
   */
  void manhattanDistances(float[] query, float[][] columns, int first, float[] distances);

  /**
   * Adds a matrix product to {@code sums}: {@code sums[o][k] += Σᵢ left[i][o] · right[i][k]}, by
   * fused multiply-adds in the order of i.
   *
   * @param left inner × outer
   * @param right at least inner × at least {@code columns}
   * @param sums outer × at least {@code columns}
   */
  void addProduct(float[][] left, float[][] right, float[][] sums, int columns);

  /**
   * Walks down adjacent diagonals of the correlations of all pairs of subsequences and offers each
   * pair to the nearest of its row and of its column.
   *
   * @param from the first row
   * @param to the row after the last; its columns in lane 0 exist
   * @param covariances of row {@code from}, one a lane; changed
   */
  void correlate(Strip strip, int from, int to, double[] covariances);

  /** The best implementation this JVM has. */
  static Kernels best() {
    return Provider.BEST;
  }

  /** The implementation in plain Java. */
  static Kernels scalar() {
    return new ScalarKernels();
  }

  /** Looks for the Vector API once. */
  final class Provider {
    private static final Kernels BEST = find();

    private Provider() {}

    private static Kernels find() {
      if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
        return new ScalarKernels();
      }
      try {
        return Class.forName("dev.vedette.math.VectorKernels")
            .asSubclass(Kernels.class)
            .getDeclaredConstructor()
            .newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the Vector API twin of the kernels is missing", e);
      }
    }
  }
}
