package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CovarianceTest {
  private static Matrix random(int rows, double offset) {
    var random = new SplittableRandom(3);
    return Matrix.fill(
        List.of("a", "b", "c", "d", "e"),
        rows,
        (i, into) -> {
          double shared = random.nextGaussian();
          for (int j = 0; j < into.length; j++) {
            into[j] = offset + j * shared + random.nextGaussian();
          }
        });
  }

  private static int[] all(Matrix matrix) {
    return IntStream.range(0, matrix.rows()).toArray();
  }

  @Test
  void byHand() {
    Matrix matrix = Matrix.of(new double[][] {{1, 2}, {3, 6}, {99, 99}, {5, 4}});
    int[] rows = {0, 1, 3};
    double[] mean = Covariance.mean(matrix, rows);
    assertThat(mean).containsExactly(3, 4);
    // Deviations (−2, −2), (0, 2), (2, 0), divisor 3.
    assertThat(Covariance.of(matrix, rows, mean))
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(8.0 / 3, 4.0 / 3, 4.0 / 3, 8.0 / 3);
  }

  @Test
  void isTheMeanProductOfDeviations() {
    for (int rows : new int[] {1, 2, 2047, 2048, 2049, 5000}) {
      Matrix matrix = random(rows, 0);
      double[] mean = Covariance.mean(matrix, all(matrix));
      double[] covariance = Covariance.of(matrix, all(matrix), mean);
      for (int j = 0; j < 5; j++) {
        for (int k = 0; k < 5; k++) {
          double sum = 0;
          for (int i = 0; i < rows; i++) {
            sum += (matrix.get(i, j) - mean[j]) * (matrix.get(i, k) - mean[k]);
          }
          assertThat(covariance[j * 5 + k]).isCloseTo(sum / rows, within(1e-12));
          assertThat(covariance[j * 5 + k]).isEqualTo(covariance[k * 5 + j]);
        }
      }
    }
  }

  @Test
  void anOffsetCostsNoDigits() {
    // 1e9 is exact and so are the sums of deviations from it; the values themselves are rounded to
    // 1e-7.
    Matrix small = random(3000, 0);
    Matrix large = random(3000, 1e9);
    double[] near = Covariance.of(small, all(small), Covariance.mean(small, all(small)));
    double[] shifted = Covariance.of(large, all(large), Covariance.mean(large, all(large)));
    for (int at = 0; at < near.length; at++) {
      assertThat(shifted[at]).isCloseTo(near[at], within(1e-7));
    }
  }

  @Test
  void aConstantColumnHasExactlyItsValueAsMean() {
    double[][] rows = new double[1000][];
    Arrays.fill(rows, new double[] {0.1, 1.0 / 3});
    Matrix matrix = Matrix.of(rows);
    double[] mean = Covariance.mean(matrix, all(matrix));
    assertThat(mean).containsExactly(0.1, 1.0 / 3);
    assertThat(Covariance.of(matrix, all(matrix), mean)).containsOnly(0);
  }

  @Test
  void oneThreadAndManyAgree() throws Exception {
    Matrix matrix = random(20_000, 5);
    double[] mean = Covariance.mean(matrix, all(matrix));
    try (var one = new ForkJoinPool(1);
        var seven = new ForkJoinPool(7)) {
      double[] expected = one.submit(() -> Covariance.of(matrix, all(matrix), mean)).get();
      for (int repeat = 0; repeat < 5; repeat++) {
        assertThat(seven.submit(() -> Covariance.of(matrix, all(matrix), mean)).get())
            .containsExactly(expected);
      }
    }
  }
}
