package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruthTest {
  @Test
  void nothingZeroAndFalseAreNormalHoweverTheyAreRead() {
    for (Object normal : new Object[] {0, 0L, 0.0, -0.0, false, "", " "}) {
      assertThat(Truth.of(normal)).as("%s", normal).isFalse();
    }
    assertThat(Truth.of(null)).isFalse();
    for (Object anomalous : new Object[] {1, 2L, 0.5, true, "stolen"}) {
      assertThat(Truth.of(anomalous)).as("%s", anomalous).isTrue();
    }
  }
}
