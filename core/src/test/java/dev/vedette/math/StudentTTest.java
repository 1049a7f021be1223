package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StudentTTest {
  /** The table every handbook has (one-sided). */
  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(StudentT.upperQuantile(0.05, 1)).isCloseTo(6.313751515, within(1e-8));
    assertThat(StudentT.upperQuantile(0.025, 2)).isCloseTo(4.302652730, within(1e-8));
    assertThat(StudentT.upperQuantile(0.005, 5)).isCloseTo(4.032142984, within(1e-8));
    assertThat(StudentT.upperQuantile(0.025, 10)).isCloseTo(2.228138852, within(1e-8));
    assertThat(StudentT.upperQuantile(0.025, 1_000_000)).isCloseTo(1.959964, within(1e-5));
    assertThat(StudentT.upperQuantile(0.5, 7)).isZero();
  }

  @Test
  void tailAndQuantileAreInverse() {
    for (int freedom : new int[] {1, 2, 3, 4, 9, 30, 101, 2000}) {
      for (double upper : new double[] {0.4, 0.05, 1e-3, 1e-6}) {
        double t = StudentT.upperQuantile(upper, freedom);
        assertThat(StudentT.twoSidedTail(t, freedom) / (2 * upper)).isCloseTo(1, within(1e-7));
        assertThat(StudentT.twoSidedTail(-t, freedom)).isEqualTo(StudentT.twoSidedTail(t, freedom));
      }
    }
    assertThat(StudentT.twoSidedTail(1, 1)).isCloseTo(0.5, within(1e-15)); // Cauchy's quartile
  }

  @Test
  void impossibleQuestionsAreRefused() {
    assertThatThrownBy(() -> StudentT.upperQuantile(0.6, 3)).hasMessageContaining("upper");
    assertThatThrownBy(() -> StudentT.upperQuantile(0.1, 0)).hasMessageContaining("freedom");
  }
}
