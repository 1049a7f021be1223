package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FisherFTest {
  /** F(1, 1) is tan²(π level / 2); F(2, m) is m/2 · ((1 − level)^(−2/m) − 1). */
  @Test
  void quantilesWithAClosedForm() {
    double tangent = Math.tan(Math.PI * 0.95 / 2);
    assertThat(FisherF.quantile(0.95, 1, 1)).isCloseTo(tangent * tangent, within(1e-8));
    assertThat(FisherF.quantile(0.99, 2, 10))
        .isCloseTo(5 * (Math.pow(0.01, -0.2) - 1), within(1e-10));
    assertThat(FisherF.quantile(0.999, 2, 398))
        .isCloseTo(199 * (Math.pow(0.001, -1 / 199.0) - 1), within(1e-10));
  }

  /** Tables of F: 5.636 for 5 and 10 degrees at 1 %. */
  @Test
  void quantilesOfTables() {
    assertThat(FisherF.quantile(0.99, 5, 10)).isCloseTo(5.636, within(5e-4));
  }
}
