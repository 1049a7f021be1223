package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void agreesWithTheLibraryWithinSinglePrecision() {
    var random = new SplittableRandom(1);
    float[] x = new float[10_007];
    for (int i = 1; i < x.length; i++) {
      x[i] = (float) (random.nextInt(4) == 0 ? random.nextDouble() : 40 * random.nextDouble());
    }
    float[] powers = x.clone();
    Exponential.ofNegative(powers, -2);
    assertThat(powers[0]).isEqualTo(1);
    for (int i = 0; i < x.length; i++) {
      assertThat((double) powers[i])
          .isCloseTo(Math.exp(-2.0 * x[i]), Percentage.withPercentage(1e-5));
    }
  }

  @Test
  void farBelowIsNearlyNothingAndFinite() {
    float[] x = {100, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY};
    Exponential.ofNegative(x, -1);
    for (float power : x) {
      assertThat(power).isBetween(0f, 1e-37f);
    }
  }
}
