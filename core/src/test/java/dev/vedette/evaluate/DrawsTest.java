package dev.vedette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrawsTest {
  @Test
  void logFactorialByHand() {
    assertThat(Binomial.logFactorial(0)).isZero();
    assertThat(Binomial.logFactorial(5)).isCloseTo(Math.log(120), within(1e-14));
    double sum = 0;
    for (int k = 2; k <= 2000; k++) {
      sum += Math.log(k);
      assertThat(Binomial.logFactorial(k)).isCloseTo(sum, within(1e-12 * sum + 1e-12));
    }
  }

  @Test
  void binomialHasTheRightMasses() {
    masses(1, 0.3);
    masses(5, 0.9);
    masses(40, 0.02);
    masses(19, 0.5);
    masses(20, 0.5); // the fewest trials drawn by rejection
    masses(60, 0.4);
    masses(500, 0.97);
    masses(100_000, 0.00012);
    masses(5_000, 0.25);
  }

  /** Pearson's chi-square over the counts expected at least ten times, within five deviations. */
  private static void masses(int trials, double chance) {
    var random = new SplittableRandom(31);
    int draws = 200_000;
    int[] seen = new int[trials + 1];
    for (int i = 0; i < draws; i++) {
      seen[Binomial.draw(random, trials, chance)]++;
    }
    double chiSquare = 0;
    int cells = 0;
    double restExpected = draws;
    double restSeen = draws;
    for (int k = 0; k <= trials; k++) {
      double logMass =
          Binomial.logFactorial(trials)
              - Binomial.logFactorial(k)
              - Binomial.logFactorial(trials - k)
              + k * Math.log(chance)
              + (trials - k) * Math.log1p(-chance);
      double expected = draws * Math.exp(logMass);
      if (expected >= 10) {
        chiSquare += (seen[k] - expected) * (seen[k] - expected) / expected;
        restExpected -= expected;
        restSeen -= seen[k];
        cells++;
      }
    }
    assertThat(chiSquare).isBetween(0.0, cells + 5 * Math.sqrt(2.0 * cells));
    assertThat(restSeen).isCloseTo(restExpected, within(5 * Math.sqrt(restExpected + 1) + 1));
  }

  @Test
  void multinomialDrawsByRowAndByCell() {
    draws(new int[] {1, 0, 2, 3, 0, 4}); // by row
    draws(new int[] {1, 0, 500, 3, 0, 1500, 20}); // by cell
    draws(new int[] {0, 1000, 0});
  }

  private static void draws(int[] sizes) {
    int total = Arrays.stream(sizes).sum();
    var random = new SplittableRandom(32);
    var multinomial = new Multinomial(sizes);
    int draws = 20_000;
    double[] sum = new double[sizes.length];
    double[] squares = new double[sizes.length];
    int[] counts = new int[sizes.length];
    for (int r = 0; r < draws; r++) {
      multinomial.draw(random, counts);
      assertThat(Arrays.stream(counts).sum()).isEqualTo(total);
      for (int cell = 0; cell < sizes.length; cell++) {
        double off = counts[cell] - sizes[cell];
        sum[cell] += off;
        squares[cell] += off * off;
      }
    }
    for (int cell = 0; cell < sizes.length; cell++) {
      double variance = sizes[cell] * (1 - (double) sizes[cell] / total);
      assertThat(sum[cell] / draws).isCloseTo(0, within(5 * Math.sqrt(variance / draws)));
      assertThat(squares[cell] / draws).isCloseTo(variance, within(0.06 * variance + 1e-12));
    }
  }
}
