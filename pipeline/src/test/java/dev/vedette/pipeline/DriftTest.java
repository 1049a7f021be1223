package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static double[] normal(int size, double shift) {
    var random = new Random(7);
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) {
      scores[i] = random.nextGaussian() + (i >= size - size / 4 ? shift : 0);
    }
    return scores;
  }

  @Test
  void isTheLargestDifferenceOfShares() {
    // The distance of two normal distributions a deviation apart is 2 Phi(1/2) - 1.
    assertThat(Drift.between(normal(50_000, 1))).isCloseTo(0.3829, within(0.01));
    assertThat(Drift.between(normal(50_000, 100))).isEqualTo(1);
  }

  @Test
  void isSmallWhereTheDifferenceIsSmallHoweverManyScores() {
    assertThat(Drift.between(normal(50_000, 0.1))).isBetween(0.02, 0.06);
  }

  @Test
  void isNoneWhereItMayBeChanceOrLittleWasSeen() {
    assertThat(Drift.between(normal(50_000, 0))).isZero();
    assertThat(Drift.between(normal(1_000, 0.1))).isZero();
    assertThat(Drift.between(normal(399, 100))).isZero();
  }
}
