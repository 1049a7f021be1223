package dev.vedette.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.math.Quantiles;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumericsTest {
  private static double[] wander(int n) {
    var random = new SplittableRandom(n);
    double[] values = new double[n];
    for (int i = 1; i < n; i++) {
      values[i] = values[i - 1] + random.nextDouble() - 0.5;
    }
    return values;
  }

  @Test
  void theMedianSlopeOfManyPointsIsThatOfAllPairs() {
    double[] values = wander(401);
    double[] slopes = new double[401 * 400 / 2];
    int at = 0;
    for (int i = 0; i < 401; i++) {
      for (int j = i + 1; j < 401; j++) {
        slopes[at++] = (values[j] - values[i]) / (j - i);
      }
    }
    assertThat(TheilSlope.of(values, 0, 401)).isCloseTo(Quantiles.median(slopes), within(1e-6));
  }

  @Test
  void slidingMediansMirrorTheEnds() {
    assertThat(SlidingMedian.of(new double[] {3, 1, 4, 1, 5}, 3))
        .containsExactly(3, 3, 1, 4, 5); // of (3 3 1) (3 1 4) (1 4 1) (4 1 5) (1 5 5)
  }

  @Test
  void aCubicIsItsOwnSpline() {
    double[] cubic = new double[40];
    Arrays.setAll(cubic, i -> 1 + i - 0.3 * i * i + 0.01 * i * i * i);
    assertThat(CubicSpline.smooth(cubic, new double[] {9.75, 19.5, 29.25}))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(cubic);
  }

  @Test
  void aRandomWalkWandersAndNoiseDoesNot() {
    double[] walk = new double[500];
    for (int i = 1; i < walk.length; i++) {
      walk[i] = walk[i - 1] + 0.2 + ((i * 7919) % 101) / 101.0;
    }
    assertThat(Stationarity.wanders(walk)).isTrue();
    var random = new SplittableRandom(1);
    assertThat(Stationarity.wanders(random.doubles(500).toArray())).isFalse();
  }

  @Test
  void sensitivitiesAndTheirFactors() {
    assertThat(Sensitivity.factor(99)).isCloseTo(0.0003, within(1e-12));
    assertThat(Sensitivity.factor(0)).isCloseTo(532, within(1e-9));
    assertThat(Sensitivity.inverse(Sensitivity.factor(82))).isCloseTo(18, within(1e-9));
    assertThat(Sensitivity.inverse(1000)).isEqualTo(100);
  }

  @Test
  void deviatesAreToldFromTheMeanWhereHalfOfTheValuesAreEqual() {
    double[] values = new double[30];
    java.util.Arrays.fill(values, 1);
    values[3] = 3; // mean 7/6, deviation 0.52
    values[4] = 3;
    values[14] = 2;
    assertThat(Deviates.beyond(values, 3)).containsExactlyInAnyOrder(3, 4);
  }

  @Test
  void aJumpOfAWanderingSeriesIsFoundInItsSteps() {
    double[] seen = new double[13];
    Differenced.Judge judge =
        (values, ratio) -> {
          System.arraycopy(values, 0, seen, 0, values.length);
          return new Judgement(
              "none", values.clone(), values, new boolean[values.length], new double[0]);
        };
    double[] ramp = new double[13];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 3 * i + i * i % 5 * 0.01;
    }
    Differenced.judge(ramp, 0.25, judge);
    assertThat(seen[0]).isEqualTo(seen[1]); // as many steps as points
  }
}
