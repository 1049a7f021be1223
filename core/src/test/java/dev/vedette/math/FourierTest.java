package dev.vedette.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTest {
  private static double[] draws(int count, long seed) {
    return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 17, 64, 97, 100, 210, 256})
  void theTransformIsItsDefinition(int n) {
    double[] re = draws(n, n);
    double[] im = draws(n, 1_000 + n);
    double[] are = re.clone();
    double[] aim = im.clone();
    Fourier.forward(are, aim);
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int t = 0; t < n; t++) {
        double angle = -2 * Math.PI * k * t / n;
        sumRe += re[t] * Math.cos(angle) - im[t] * Math.sin(angle);
        sumIm += re[t] * Math.sin(angle) + im[t] * Math.cos(angle);
      }
      assertThat(are[k]).isCloseTo(sumRe, within(1e-10 * n));
      assertThat(aim[k]).isCloseTo(sumIm, within(1e-10 * n));
    }
    Fourier.inverse(are, aim);
    assertThat(are).containsExactly(re, within(1e-12 * n));
    assertThat(aim).containsExactly(im, within(1e-12 * n));
  }

  @Test
  void lagProductsAreTheirDefinition() {
    double[] values = draws(75, 3);
    double[] sums = Fourier.lagProducts(values, 40);
    for (int lag = 0; lag <= 40; lag++) {
      double sum = 0;
      for (int t = 0; t + lag < values.length; t++) {
        sum += values[t] * values[t + lag];
      }
      assertThat(sums[lag]).isCloseTo(sum, within(1e-12));
    }
  }

  @Test
  void powerOfAWaveLiesAtItsFrequency() {
    double[] wave = new double[120];
    for (int t = 0; t < 120; t++) {
      wave[t] = 3 * Math.cos(2 * Math.PI * 5 * t / 120);
    }
    double[] power = Fourier.power(wave);
    assertThat(power).hasSize(61);
    assertThat(power[5]).isCloseTo(180.0 * 180.0, within(1e-6)); // (amplitude · n / 2)²
    assertThat(power[4]).isCloseTo(0, within(1e-12));
  }
}
