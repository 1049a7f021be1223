package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Series;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DynamicThresholdTest {
  /** Equation 5 of the paper, written out for 100 errors with two sequences, in Python. */
  @Test
  void theThresholdIsThatOfTheEquation() {
    double[] errors = new double[100];
    Arrays.setAll(errors, i -> i % 2 == 0 ? 1.1 : 0.9);
    errors[40] = 5;
    errors[41] = 6;
    errors[70] = 3;
    assertThat(DynamicThreshold.threshold(errors)).isCloseTo(3.116578391993698, within(1e-12));
  }

  @Test
  void stretchesAreFoundAndLoneHighNoiseIsPruned() {
    var random = Seeds.stream(31, 0);
    double[] values = new double[24 * 28];
    long[] times = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      times[i] = 3_600_000L * i;
      values[i] = 10 * Math.sin(2 * Math.PI * i / 24) + random.nextGaussian();
      values[i] += i >= 400 && i < 408 ? 6 : 0;
    }
    Series history = Series.of(times, values);
    double[] score = new DynamicThreshold().fit(history).readTraining(history).score();
    for (int i = 0; i < score.length; i++) {
      if (i < 400 || i >= 413) {
        assertThat(score[i]).as("point %s", i).isLessThanOrEqualTo(1);
      } else if (i >= 402 && i < 408) {
        assertThat(score[i]).as("point %s", i).isGreaterThan(1);
      }
    }
    Series usual = history.slice(0, 390);
    double[] none = new DynamicThreshold().fit(usual).readTraining(usual).score();
    assertThat(Arrays.stream(none).max().orElseThrow()).isLessThanOrEqualTo(1);
  }
}
