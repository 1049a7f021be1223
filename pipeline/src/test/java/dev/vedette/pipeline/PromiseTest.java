package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.ensemble.Fuse;
import dev.vedette.threshold.Rule;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a stream that stays as it is, the share flagged is the one that was promised. */
class PromiseTest {
  private static final int WARM = 50_000;
  private static final int COUNT = 1_000_000;

  private static ToDoubleFunction<SplittableRandom> distribution(String name) {
    return switch (name) {
      case "exponential" -> random -> -Math.log(1 - random.nextDouble());
      case "normal" -> random -> Math.abs(random.nextGaussian());
      case "log-normal" -> random -> Math.exp(random.nextGaussian());
      case "vote" -> PromiseTest::votes;
      case "pareto" -> random -> Math.pow(1 - random.nextDouble(), -1 / 1.5);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Fuse fuse(String name) {
    return name.equals("vote") ? new Fuse.Vote() : new Fuse.Weighted();
  }

  /** Votes of four detectors, each of which calls one in a hundred an anomaly. */
  private static double votes(SplittableRandom random) {
    double[] strengths = new double[4];
    double common = random.nextDouble();
    for (int i = 0; i < strengths.length; i++) {
      double share = random.nextInt(2) == 0 ? common : random.nextDouble();
      strengths[i] = -Math.log10(1 - share);
    }
    return new Fuse.Vote().fuse(strengths, new double[] {1, 1, 1, 1}, 4);
  }

  /** Flagged of {@link #COUNT} scores drawn from a distribution. */
  private static int flagged(String name, double rate) {
    ToDoubleFunction<SplittableRandom> draw = distribution(name);
    var random = new SplittableRandom(7);
    var judge = new Judge(new Rule.FalseAlarms(rate), fuse(name));
    int flagged = 0;
    for (int i = 0; i < WARM + COUNT; i++) {
      double score = draw.applyAsDouble(random);
      flagged += i >= WARM && judge.decide(score).flagged() ? 1 : 0;
      judge.learn(score, i * 1_000L);
    }
    return flagged;
  }

  @ParameterizedTest
  @CsvSource({
    "exponential, 0.001",
    "exponential, 0.01",
    "normal, 0.001",
    "normal, 0.01",
    "log-normal, 0.001",
    "log-normal, 0.01",
    "pareto, 0.001",
    "pareto, 0.01",
    "vote, 0.001",
    "vote, 0.01"
  })
  void theShareFlaggedIsTheRatePromised(String name, double rate) {
    double expected = rate * COUNT;
    // Of a million events, and of the thresholds that 20 times 50,000 scores set.
    double error = 3 * Math.sqrt(2 * expected * (1 - rate));
    int flagged = flagged(name, rate);
    assertThat(flagged - expected).isBetween(-error, error);
  }
}
