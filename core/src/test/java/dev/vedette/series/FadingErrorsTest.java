package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FadingErrorsTest {
  @Test
  void withoutMemoryOneVariableScoresItsError() {
    double[] score = new FadingErrors(0).score(new double[][] {{2, 0, -3, 1000}});
    assertThat(score).containsExactly(new double[] {2, 0, 3, 1000}, within(1e-9));
  }

  /** From 1: 1 + (4 − 1)/2 = 2.5, then half of it; the score is the root. */
  @Test
  void errorsFadeFromTheUsual() {
    double[] score = new FadingErrors(1).score(new double[][] {{2, 0, 0}});
    double[] hand = {Math.sqrt(2.5), Math.sqrt(1.25), Math.sqrt(0.625)};
    assertThat(score).containsExactly(hand, within(1e-12));
  }

  /** A thousand spreads are remembered as ten: 1 + (100 − 1)/2 = 50.5. */
  @Test
  void aHugeErrorIsNotRememberedAsSuch() {
    double[] score = new FadingErrors(1).score(new double[][] {{1000, 0}});
    assertThat(score[0]).isCloseTo(Math.sqrt(500_000.5), within(1e-9));
    assertThat(score[1]).isCloseTo(Math.sqrt(25.25), within(1e-12));
  }

  /** Squares 16 and 1: the fourth root of (256 + 1)/2, shared 256 : 1. */
  @Test
  void contributionsAreSharesOfTheScore() {
    double[][] errors = {{4}, {1}};
    double[] score = new FadingErrors(0).score(errors);
    assertThat(score[0]).isCloseTo(Math.pow(128.5, 0.25), within(1e-12));
    assertThat(errors[0][0]).isCloseTo(score[0] * 256 / 257, within(1e-12));
    assertThat(errors[1][0]).isCloseTo(score[0] / 257, within(1e-12));
  }
}
