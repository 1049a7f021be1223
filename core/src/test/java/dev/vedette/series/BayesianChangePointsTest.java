package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.SeriesStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BayesianChangePointsTest {
  private static double[] noise(long seed, int count) {
    var random = new SplittableRandom(seed);
    return random.doubles(count).map(u -> random.nextGaussian()).toArray();
  }

  /**
   * By hand: the probability of every way to cut eight values, 1/20 a cut and 19/20 none, times the
   * likelihoods of the segments, by the formula of the normal-gamma prior (κ = 0.01, α = 2, β = 2,
   * μ = 1) after Murphy 2007, "Conjugate Bayesian analysis of the Gaussian distribution", eq. 95.
   */
  @Test
  void runsAreAsProbableAsAllCutsTogetherSay() {
    double[] values = {1.2, 0.4, 1.9, 1.1, 6.3, 5.2, 6.9, 5.9};
    var detector = new BayesianChangePoints().length(20).outliers(0);
    var runs = new RunLengths(detector, RunLengths.State.none());
    var prior = new RunLengths.Prior(1, 1, 1);
    for (double value : values) {
      runs.learn(value, prior);
    }
    double[] byStart = new double[values.length];
    for (int cuts = 0; cuts < 1 << 7; cuts++) {
      double log = 0;
      int from = 0;
      for (int i = 1; i <= values.length; i++) {
        boolean cut = i < values.length && (cuts >> (i - 1) & 1) == 1;
        log += i == values.length ? 0 : Math.log(cut ? 0.05 : 0.95);
        if (cut || i == values.length) {
          log += likelihood(Arrays.copyOfRange(values, from, i));
          from = i == values.length ? from : i;
        }
      }
      byStart[from] += Math.exp(log);
    }
    double total = Arrays.stream(byStart).sum();
    assertThat(runs.count()).isEqualTo(8);
    for (int run = 0; run < 8; run++) {
      double expected = byStart[8 - (int) runs.length(run)] / total;
      assertThat(runs.probability(run)).isCloseTo(expected, within(1e-6 * expected));
    }
    assertThat(byStart[4] / total).isGreaterThan(0.9);
  }

  private static double likelihood(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double kappa = 0.01 + n;
    double alpha = 2 + n / 2.0;
    double beta = 2 + squares / 2 + 0.01 * n * (mean - 1) * (mean - 1) / (2 * kappa);
    double gammas = 0; // Γ(α) / Γ(2), over halves
    for (double x = 2; x < alpha - 0.25; x += 0.5) {
      gammas += RunLengths.halfStep(x);
    }
    return gammas
        + 2 * Math.log(2)
        - alpha * Math.log(beta)
        + 0.5 * Math.log(0.01 / kappa)
        - n / 2.0 * Math.log(2 * Math.PI);
  }

  /** Γ(½) = √π, Γ(1) = 1, Γ(2) = 1, Γ(2½) = ¾ √π, Γ(3) = 2. */
  @Test
  void halfAStepOfTheGammaFunction() {
    assertThat(RunLengths.halfStep(0.5)).isCloseTo(-0.5 * Math.log(Math.PI), within(1e-7));
    assertThat(RunLengths.halfStep(2)).isCloseTo(Math.log(0.75 * Math.sqrt(Math.PI)), within(1e-7));
    assertThat(RunLengths.halfStep(2.5))
        .isCloseTo(Math.log(2 / (0.75 * Math.sqrt(Math.PI))), within(1e-7));
    assertThat(RunLengths.halfStep(1e6)).isCloseTo(0.5 * Math.log(1e6), within(1e-6));
  }

  @Test
  void shiftsAreFoundWhereTheyAre() {
    double[] values = noise(1, 900);
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 + 5 * (values[i] + (i < 300 || i >= 650 ? 0 : 4));
      values[i] = i % 9 == 4 ? Double.NaN : values[i];
    }
    List<ChangePoint> changes = new BayesianChangePoints().find(values);
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).index()).isBetween(298, 302);
    assertThat(changes.get(1).index()).isBetween(648, 652);
    assertThat(changes).allSatisfy(c -> assertThat(c.confidence()).isBetween(0.7, 1.0));
    assertThat(changes.get(0).before()).isCloseTo(100, within(1.0));
    assertThat(changes.get(0).after()).isCloseTo(120, within(1.0));
  }

  @Test
  void outliersAreNoChanges() {
    double[] values = noise(2, 600);
    for (int i = 50; i < 600; i += 97) {
      values[i] += i % 2 == 0 ? 15 : -15;
    }
    assertThat(new BayesianChangePoints().find(values)).isEmpty();
  }

  @Test
  void aStreamIsSureSoonAfterAChangeAndQuietBefore() {
    double[] values = noise(3, 600);
    SeriesStream stream = new BayesianChangePoints().start(1);
    for (int i = 0; i < 600; i++) {
      double[] value = {values[i] + (i < 400 ? 0 : 5)};
      double score = stream.score(i, value);
      assertThat(score).isBetween(0.0, 1.0);
      if (i >= 200 && i < 400) {
        assertThat(score).as("score at %s", i).isLessThan(0.7);
      } else if (i >= 403 && i < 409) {
        assertThat(score).as("score at %s", i).isGreaterThan(0.9);
      } else if (i >= 420) {
        assertThat(score).as("score at %s", i).isLessThan(0.7);
      }
      stream.learn(i, value);
    }
    assertThat(stream.expected(600, 0)).isCloseTo(5, within(0.5));
    assertThat(stream.spread(600, 0)).isCloseTo(1, within(0.4));
    assertThat(stream.bytes()).isLessThan(10_000);
  }

  @Test
  void damageIsNamed() {
    assertThatThrownBy(() -> new BayesianChangePoints().find(new double[] {1, 2, 3}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("need 4 known values, there are 3 of 3");
    assertThatThrownBy(() -> new BayesianChangePoints().outliers(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outliers must be from 0 to 0.2");
  }

  private static double[] scores(double[] values) {
    SeriesStream stream = new BayesianChangePoints().start(1);
    double[] scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double[] point = {values[i]};
      scores[i] = stream.score(i, point);
      stream.learn(i, point);
    }
    return scores;
  }

  private static long sure(double[] scores, int from, int to) {
    return Arrays.stream(scores, from, to).filter(score -> score > 0.5).count();
  }

  /** Once the usual step fell with every equal pair of values until any step was a change. */
  @Test
  void aConstantStretchDoesNotMakeEveryStepAChange() {
    double[] values = new double[25_000];
    double[] noise = noise(1, 5_000);
    for (int i = 0; i < noise.length; i++) {
      values[20_000 + i] = noise[i] + (i >= 3_000 ? 4 : 0);
    }
    double[] scores = scores(values);
    assertThat(sure(scores, 20_500, 23_000)).isLessThan(20);
    assertThat(sure(scores, 23_000, 23_012)).isGreaterThan(5);
  }

  @Test
  void countsThatAreMostlyZeroHardlyEverChange() {
    var random = new SplittableRandom(1);
    double[] counts =
        random.doubles(20_000).map(u -> u < 0.2 ? 1 + random.nextInt(3) : 0).toArray();
    assertThat(sure(scores(counts), 0, counts.length)).isLessThan(200);
  }
}
