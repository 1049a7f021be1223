package dev.vedette.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StreamingTailsTest {
  @Test
  void theLongestHalfLifeCountsNoFurtherThanFloatsCan() {
    int longest = 10_000_000;
    float most = (float) (longest / Math.log(2));
    assertThat(new StreamingTails().halfLife(longest).halfLife()).isEqualTo(longest);
    assertThat(most + 1).as("one more value").isGreaterThan(most);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamingTails().halfLife(longest + 1))
        .withMessageContaining("half-life must be from 100 to 10000000");
  }
}
