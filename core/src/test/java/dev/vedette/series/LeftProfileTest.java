package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeftProfileTest {
  private static double[] series(int points) {
    var random = new SplittableRandom(4);
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      boolean flat = i % 400 > 300 && i % 400 < 330;
      values[i] = flat ? 2 : Math.sin(i / 4.0) + 0.3 * random.nextGaussian() + i / 500.0;
    }
    values[points / 2] += 40;
    return values;
  }

  /** √(1 − ρ) of the window that ends at {@code end} with the most similar one before it. */
  private static double byHand(double[] values, int end, int window, int oldest) {
    double[] last = normalised(values, end - window + 1, window);
    double most = Double.NEGATIVE_INFINITY;
    for (int j = oldest; j + window <= end - window + 1; j++) {
      double[] other = normalised(values, j, window);
      double sum = 0;
      for (int t = 0; t < window; t++) {
        sum += last[t] * other[t];
      }
      boolean flat = last[0] == 0 && last[1] == 0;
      boolean otherFlat = other[0] == 0 && other[1] == 0;
      most = Math.max(most, flat && otherFlat ? 1 : flat || otherFlat ? 0.5 : sum);
    }
    return most == Double.NEGATIVE_INFINITY ? 0 : Math.sqrt(Math.max(0, 1 - most));
  }

  private static double[] normalised(double[] values, int from, int window) {
    double[] x = Arrays.copyOfRange(values, from, from + window);
    if (Arrays.stream(x).allMatch(v -> v == x[0])) {
      return new double[window];
    }
    double mean = Arrays.stream(x).average().orElseThrow();
    double norm = Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum());
    return Arrays.stream(x).map(v -> (v - mean) / norm).toArray();
  }

  @Test
  void theLastWindowIsComparedWithAllRemembered() {
    double[] values = series(1200);
    LeftProfileStream stream = new LeftProfile(12, 200).start(1);
    int oldest = 0;
    for (int i = 0; i < values.length; i++) {
      double score = stream.score(i, new double[] {values[i]});
      double expected = i < 24 ? 0 : byHand(values, i, 12, oldest);
      assertThat(score).as("point %s", i).isCloseTo(expected, within(1e-5));
      stream.learn(i, new double[] {values[i]});
      oldest += i + 1 - oldest == 250 ? 50 : 0; // the oldest of a full memory are dropped
    }
  }

  @Test
  void whatFollowedTheNearestIsExpected() {
    LeftProfileStream stream = new LeftProfile(0, 1024).start(1);
    for (int i = 0; i < 2000; i++) {
      double value = 100 + (1 + i / 1000.0) * Math.sin(2 * Math.PI * i / 20);
      if (i > 600) {
        assertThat(stream.expected(i, 0)).isCloseTo(value, within(0.05));
        assertThat(stream.spread(i, 0)).isLessThan(0.05);
      }
      stream.learn(i, new double[] {value});
    }
    assertThat(stream.snapshot().window()).isEqualTo(20);
  }

  @Test
  void aMissingValueIsTakenAsTheLastOne() {
    LeftProfileStream holed = new LeftProfile(8, 64).start(1);
    LeftProfileStream filled = new LeftProfile(8, 64).start(1);
    double[] values = series(100);
    holed.learn(0, new double[] {Double.NaN});
    for (int i = 1; i < values.length; i++) {
      boolean missing = i % 9 == 3;
      holed.learn(i, new double[] {missing ? Double.NaN : values[i]});
      filled.learn(i, new double[] {missing ? values[i - 1] : values[i]});
    }
    assertThat(holed.snapshot().values()).containsExactly(filled.snapshot().values());
    assertThat(holed.score(100, new double[] {Double.NaN})).isZero();
  }

  @Test
  void theMemoryHoldsFourWindows() {
    assertThatThrownBy(() -> new LeftProfile(100, 399))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory must be from 400 to 1000000, is 399");
    assertThatThrownBy(() -> new LeftProfile().start(2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
