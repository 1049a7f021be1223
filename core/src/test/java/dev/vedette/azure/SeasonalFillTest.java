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
  void aShortGapOnASlopeFollowsTheCurve() {
    double[] whole = filled(5 * PERIOD - 1, 5 * PERIOD + 1);
    assertThat(whole[5 * PERIOD - 1]).isCloseTo(wave(5 * PERIOD - 1), within(1e-3));
    assertThat(whole[5 * PERIOD]).isCloseTo(wave(5 * PERIOD), within(1e-3));
  }

  @Test
  void aGapInACubicIsThatCubicUpToTheEnds() {
    double[] values = new double[2 * PERIOD];
    boolean[] missing = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i - 5) * (i - 20.0) * (i - 40);
      missing[i] = i == 2 || i == 3 || i == 30 || i == 45;
    }
    double[] whole = values.clone();
    for (int i = 0; i < values.length; i++) {
      whole[i] = missing[i] ? Double.NaN : values[i];
    }
    assertThat(SeasonalFill.fill(whole, missing, PERIOD)).containsExactly(values, within(1e-8));
  }

  @Test
  void aLongGapTakesTheSamePhaseOfTheSeasonsAround() {
    double[] whole = filled(4 * PERIOD, 5 * PERIOD + 7);
    for (int i = 0; i < whole.length; i++) {
      assertThat(whole[i]).isCloseTo(wave(i), within(1e-12));
    }
  }
}
