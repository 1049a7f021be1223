package dev.vedette.bench;

import dev.vedette.Require;
import dev.vedette.data.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The workload TAB1: rows around three centres whose columns vary together, and one row in a
 * hundred that does not belong. The same numbers come out in any language that has SplitMix64, up
 * to the last place of logarithm and cosine; {@code peers/tab1.py} is the twin.
 *
 * <p>Row i belongs to centre i mod 3. Rows 50, 250, 450, ... lie three times as far out as usual in
 * every column on their own; rows 150, 350, ... have usual values that do not go together.
 *
 * @param matrix rows × columns
 * @param labels true for both kinds of anomaly
 */
public record Tab1(Matrix matrix, boolean[] labels) {
  private static final int CENTERS = 3;
  private static final double NOISE = 0.5;

  /** The first {@code rows} rows of TAB1 with {@code columns} columns. */
  public static Tab1 of(int rows, int columns) {
    Require.range("rows", rows, 1, 100_000_000);
    Require.range("columns", columns, 1, 10_000);
    var draws = new Draws(new SplittableRandom(42));
    double[][] centers = new double[CENTERS][columns];
    for (double[] center : centers) {
      for (int j = 0; j < columns; j++) {
        center[j] = -5 + 10 * draws.uniform();
      }
    }
    int factors = Math.max(2, columns / 4);
    double[][] loadings = new double[columns][factors];
    double[] spread = new double[columns];
    for (int j = 0; j < columns; j++) {
      double variance = NOISE * NOISE;
      for (int q = 0; q < factors; q++) {
        loadings[j][q] = draws.gaussian() / Math.sqrt(factors);
        variance += loadings[j][q] * loadings[j][q];
      }
      spread[j] = Math.sqrt(variance);
    }
    boolean[] labels = new boolean[rows];
    List<String> names = IntStream.range(0, columns).mapToObj(j -> "x" + j).toList();
    double[] factor = new double[factors];
    Matrix matrix =
        Matrix.fill(
            names,
            rows,
            (i, into) -> {
              double[] center = centers[i % CENTERS];
              labels[i] = i % 100 == 50;
              double outward = i / 100 % 2 == 0 ? 3 : 1;
              for (int q = 0; q < factors; q++) {
                factor[q] = draws.gaussian();
              }
              for (int j = 0; j < columns; j++) {
                double noise = draws.gaussian();
                into[j] =
                    labels[i]
                        ? center[j] + outward * spread[j] * noise
                        : center[j] + dot(loadings[j], factor) + NOISE * noise;
              }
            });
    return new Tab1(matrix, labels);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int q = 0; q < a.length; q++) {
      sum += a[q] * b[q];
    }
    return sum;
  }

  /** Numbers from one stream, each made the same way everywhere. */
  private record Draws(SplittableRandom stream) {
    /** In (0, 1), never an end. */
    double uniform() {
      return ((stream.nextLong() >>> 11) + 0.5) * 0x1p-53;
    }

    /** Box and Muller, the cosine of each pair only. */
    double gaussian() {
      double radius = Math.sqrt(-2 * Math.log(uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    }
  }
}
