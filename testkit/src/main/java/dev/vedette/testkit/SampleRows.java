package dev.vedette.testkit;

import dev.vedette.data.Matrix;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made-up rows to test detectors with: a correlated crowd and a few rows far from it. */
public final class SampleRows {
  private SampleRows() {}

  /** The columns of the made-up rows. */
  public static final int COLUMNS = 4;

  /**
   * {@code rows} normal rows × {@value #COLUMNS} columns around (0, 10, −5, 3); the last column
   * follows the first.
   */
  public static Matrix crowd(int rows, long seed) {
    return matrix(rows, 0, seed);
  }

  /** As {@link #crowd}, but the last {@code outliers} rows lie far outside in every column. */
  public static Matrix withOutliers(int rows, int outliers, long seed) {
    return matrix(rows, outliers, seed);
  }

  private static Matrix matrix(int rows, int outliers, long seed) {
    var random = new SplittableRandom(seed);
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      double first = random.nextGaussian();
      double far = i < rows - outliers ? 0 : (i % 2 == 0 ? 1 : -1) * (12 + random.nextDouble());
      values[i] =
          new double[] {
            first + far,
            10 + 2 * random.nextGaussian() + 2 * far,
            -5 + 0.5 * random.nextGaussian() + far,
            3 + first + 0.1 * random.nextGaussian() - far
          };
    }
    return Matrix.of(values);
  }

  /** The rows of {@code matrix} in another, fixed random order, given as indices. */
  static int[] shuffled(Matrix matrix, long seed) {
    var random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, matrix.rows()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}
