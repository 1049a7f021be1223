package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
  /** SciPy 1.17, {@code scipy.stats.t.isf}. */
  @ParameterizedTest
  @CsvSource({
    "0.025, 1, 12.706204736174705",
    "0.05, 2, 2.9199855803537256",
    "0.001, 5, 5.893429531356009",
    "0.005, 30, 2.749995653567226",
    "0.0005, 100, 3.3904913111642294",
    "0.00001, 8000, 4.267449654401984"
  })
  void quantilesOfStudent(double upper, double freedom, double golden) {
    assertThat(StudentT.upperQuantile(upper, freedom)).isCloseTo(golden, within(1e-8 * golden));
  }

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
    for (double freedom : new double[] {1, 1.7, 2, 3, 4, 9, 30, 101.5, 2000}) {
      for (double upper : new double[] {0.4, 0.05, 1e-3, 1e-6, 1e-17}) {
        double t = StudentT.upperQuantile(upper, freedom);
        assertThat(StudentT.twoSidedTail(t, freedom) / (2 * upper)).isCloseTo(1, within(1e-9));
        double lower = StudentT.upperQuantile(1 - Math.max(upper, 1e-9), freedom);
        assertThat(lower).isBetween(-t * (1 + 1e-6), 0.0);
        assertThat(StudentT.twoSidedTail(-t, freedom)).isEqualTo(StudentT.twoSidedTail(t, freedom));
      }
    }
    assertThat(StudentT.twoSidedTail(1, 1)).isCloseTo(0.5, within(1e-13)); // Cauchy's quartile
  }

  @Test
  void impossibleQuestionsAreRefused() {
    assertThatThrownBy(() -> StudentT.upperQuantile(1.6, 3)).hasMessageContaining("upper");
    assertThatThrownBy(() -> StudentT.upperQuantile(0.1, 0)).hasMessageContaining("freedom");
  }
}
