package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NelderMeadTest {
  /** Rosenbrock 1960, doi:10.1093/comjnl/3.3.175: a curved valley whose lowest point is (1, 1). */
  @Test
  void theEndOfTheValleyIsFound() {
    double[] found =
        NelderMead.minimise(
            p -> 100 * Math.pow(p[1] - p[0] * p[0], 2) + Math.pow(1 - p[0], 2),
            new double[] {-1.2, 1},
            new double[] {0.5, 0.5},
            1e-14,
            1000);
    assertThat(found[0]).isCloseTo(1, within(1e-5));
    assertThat(found[1]).isCloseTo(1, within(1e-5));
  }

  @Test
  void whereThereIsNoValueIsNoWay() {
    double[] found =
        NelderMead.minimise(
            p -> p[0] < 2 ? Double.NaN : p[0] * p[0],
            new double[] {5},
            new double[] {1},
            1e-12,
            200);
    assertThat(found[0]).isCloseTo(2, within(1e-3));
    assertThat(NelderMead.minimise(p -> 1, new double[0], new double[0], 1, 10)).isEmpty();
  }

  /** Abramowitz and Stegun, "Handbook of Mathematical Functions", tables 26.1 and 26.5. */
  @Test
  void theNormalDistributionIsThatOfTheTables() {
    assertThat(Normal.below(1)).isCloseTo(0.841344746068543, within(1e-15));
    assertThat(Normal.below(-2)).isCloseTo(0.022750131948179, within(1e-15));
    assertThat(Normal.below(0)).isEqualTo(0.5);
    assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-12));
    assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306167813, within(1e-11));
    assertThat(Normal.below(-9)).isZero();
    assertThat(Normal.below(9)).isEqualTo(1);
  }
}
