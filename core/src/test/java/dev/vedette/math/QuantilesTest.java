package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void interpolatesBetweenOrderStatistics() {
    // Type 7: position level · (n − 1). numpy.percentile([1, 2, 4, 8], [10, 25, 50, 90]) = 1.3,
    // 1.75, 3, 6.8.
    double[] values = {1, 2, 4, 8};
    assertThat(Quantiles.of(values, 0)).isEqualTo(1);
    assertThat(Quantiles.of(values, 0.1)).isCloseTo(1.3, within(1e-15));
    assertThat(Quantiles.of(values, 0.25)).isEqualTo(1.75);
    assertThat(Quantiles.of(values, 0.5)).isEqualTo(3);
    assertThat(Quantiles.of(values, 0.9)).isCloseTo(6.8, within(1e-14));
    assertThat(Quantiles.of(values, 1)).isEqualTo(8);
    assertThat(Quantiles.of(new double[] {5}, 0.3)).isEqualTo(5);
    assertThat(Quantiles.of(new double[0], 0.3)).isNaN();
  }

  @Test
  void leavesMissingValuesOut() {
    double nan = Double.NaN;
    double[] values = {3, nan, -1, nan, 7};
    assertThat(Quantiles.sorted(values)).containsExactly(-1, 3, 7);
    assertThat(values).containsExactly(3, nan, -1, nan, 7);
    assertThat(Quantiles.median(values)).isEqualTo(3);
    assertThat(Quantiles.median(new double[] {nan, nan})).isNaN();
    assertThat(Quantiles.sorted(new double[] {nan})).isEmpty();
  }

  @Test
  void aMedianOfHugeValuesIsNotInfinite() {
    assertThat(Quantiles.median(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}))
        .isEqualTo(Double.MAX_VALUE);
    assertThat(Quantiles.median(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE})).isZero();
  }

  @Test
  void aMedianIsTheMiddleOfTheSorted() {
    var random = new SplittableRandom(2);
    for (int trial = 0; trial < 3000; trial++) {
      double[] values = new double[1 + random.nextInt(trial < 2900 ? 40 : 4000)];
      int different = 1 + random.nextInt(values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] = i > 0 && random.nextInt(10) == 0 ? Double.NaN : random.nextInt(different) - 5;
      }
      if (trial % 3 == 0) {
        Arrays.sort(values);
      }
      double expected = Quantiles.of(Quantiles.sorted(values), 0.5);
      assertThat(Quantiles.median(values)).isEqualTo(expected);
    }
  }

  /** What makes the median of three a bad guess again and again (Musser 1997). */
  @Test
  void aMedianOfValuesInAnUnluckyOrderIsFoundInTime() {
    int half = 100_000;
    double[] values = new double[2 * half];
    for (int i = 0; i < half; i++) {
      values[i] = i % 2 == 0 ? i + 1 : half + i + (half % 2 == 0 ? 0 : 1);
      values[half + i] = 2 * (i + 1);
    }
    assertThat(Quantiles.median(values)).isEqualTo(Quantiles.of(Quantiles.sorted(values), 0.5));
  }

  /** Rounding must not move a quantile off a run of equal values, nor below a smaller quantile. */
  @Test
  void risesWithTheLevelAndStaysBetweenItsNeighbours() {
    var random = new SplittableRandom(1);
    for (int trial = 0; trial < 20_000; trial++) {
      double start = random.nextDouble();
      double[] values = new double[2 + random.nextInt(6)];
      values[0] = start;
      for (int i = 1; i < values.length; i++) {
        values[i] = random.nextBoolean() ? values[i - 1] : Math.nextUp(values[i - 1]);
      }
      double last = start;
      for (double level : new double[] {0.1587, 0.25, 0.3, 0.5, 0.7, 0.75, 0.8413, 0.9}) {
        double quantile = Quantiles.of(values, level);
        int below = (int) (level * (values.length - 1));
        assertThat(quantile)
            .as("level %s of %s", level, Arrays.toString(values))
            .isBetween(values[below], values[below + 1]);
        assertThat(quantile)
            .as("level %s of %s", level, Arrays.toString(values))
            .isGreaterThanOrEqualTo(last);
        last = quantile;
      }
    }
  }

  @Test
  void mediansOfColumnsComeFromRowsSpreadOverAll() {
    Matrix matrix = Matrix.of(new double[][] {{1, Double.NaN}, {2, 5}, {9, Double.NaN}, {4, 7}});
    assertThat(Quantiles.medians(matrix, 4096)).containsExactly(3, 6);
    assertThat(Quantiles.medians(matrix, 2)).containsExactly(5, Double.NaN); // rows 0 and 2
    assertThat(Quantiles.medians(matrix, 3)).containsExactly(5, Double.NaN);
    assertThat(Quantiles.medians(matrix, 1)).containsExactly(1, Double.NaN);
  }
}
