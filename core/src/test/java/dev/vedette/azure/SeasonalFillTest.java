package dev.vedette.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeasonalFillTest {
  private static final int PERIOD = 24;

  private static double wave(int i) {
    return 10 + 5 * Math.sin(2 * Math.PI * i / PERIOD);
  }

  private static double[] filled(int from, int to) {
    double[] values = new double[10 * PERIOD];
    boolean[] missing = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      missing[i] = i >= from && i < to;
      values[i] = missing[i] ? 0 : wave(i);
    }
    return SeasonalFill.fill(values, missing, PERIOD);
  }

  @Test
  void aShortGapAtThePeakFollowsTheCurve() {
    double[] whole = filled(5 * PERIOD + 4, 5 * PERIOD + 9); // the peak is at 6
    for (int i = 0; i < whole.length; i++) {
      assertThat(whole[i]).isCloseTo(wave(i), within(0.2)); // a line is off by 1.4
    }
  }

  @Test
  void aShortGapOnASlopeIsALine() {
    double[] whole = filled(5 * PERIOD - 1, 5 * PERIOD + 1);
    double a = wave(5 * PERIOD - 2);
    double b = wave(5 * PERIOD + 1);
    assertThat(whole[5 * PERIOD - 1]).isCloseTo(a + (b - a) / 3, within(1e-12));
    assertThat(whole[5 * PERIOD]).isCloseTo(a + 2 * (b - a) / 3, within(1e-12));
  }

  @Test
  void aLongGapTakesTheSamePhaseOfTheSeasonsAround() {
    double[] whole = filled(4 * PERIOD, 5 * PERIOD + 7);
    for (int i = 0; i < whole.length; i++) {
      assertThat(whole[i]).isCloseTo(wave(i), within(1e-12));
    }
  }
}
