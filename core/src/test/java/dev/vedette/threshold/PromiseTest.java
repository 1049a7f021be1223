package dev.vedette.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.math.Parallel;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The promise of {@link Rule.FalseAlarms}, kept: over 1,000 seeded repetitions of "calibrate on n
 * rows, judge m new rows" the realised rate of false alarms is at most the promised one, up to the
 * error of the simulation.
 *
 * <p>For scores without ties, the number of new rows flagged in one repetition is beta-binomial
 * with mean p = a / (n + 1) and variance m p (1 − p) (1 + (m − 1) / (n + 2)), where a = ⌊(n + 1) ·
 * rate⌋, since the m rows share one threshold. The bound is p + 4 standard errors of the mean over
 * the repetitions (p is at most the rate); chance alone breaks it about once in 30,000 times where
 * counts are large. For m = 1 that is the binomial error itself.
 */
class PromiseTest {
  private static final int REPETITIONS = 1000;
  private static final int NEW_ROWS = 200;

  private static final List<Scores> DISTRIBUTIONS =
      List.of(
          new Scores("uniform", true, SplittableRandom::nextDouble),
          new Scores("gaussian", true, SplittableRandom::nextGaussian),
          new Scores("pareto", true, random -> Math.pow(1 - random.nextDouble(), -2)),
          new Scores("geometric", false, r -> Long.numberOfTrailingZeros(r.nextLong())),
          new Scores("five levels", false, random -> random.nextInt(5)),
          new Scores("rare ones", false, random -> random.nextInt(500) == 0 ? 1 : 0),
          new Scores("constant", false, random -> 7));

  private record Scores(
      String name, boolean continuous, ToDoubleFunction<SplittableRandom> source) {
    double[] draw(SplittableRandom random, int count) {
      double[] scores = new double[count];
      Arrays.setAll(scores, i -> source.applyAsDouble(random));
      return scores;
    }
  }

  @Test
  void oneInTen() {
    promise(0.1, new int[] {1, 8, 9, 10, 18, 19, 100});
  }

  @Test
  void oneInAHundred() {
    promise(0.01, new int[] {98, 99, 100, 198, 199, 500});
  }

  @Test
  void oneInAThousand() {
    promise(0.001, new int[] {998, 999, 1000, 1999});
  }

  private static void promise(double rate, int[] calibrationRows) {
    for (Scores scores : DISTRIBUTIONS) {
      for (int n : calibrationRows) {
        int[] first = new int[REPETITIONS];
        int[] all = new int[REPETITIONS];
        Parallel.each(
            REPETITIONS,
            r -> {
              SplittableRandom random = Seeds.stream(n, r);
              Threshold threshold = Threshold.falseAlarms(rate, scores.draw(random, n));
              double[] rows = scores.draw(random, NEW_ROWS);
              first[r] = threshold.flags(rows[0]) ? 1 : 0;
              all[r] = (int) Arrays.stream(rows).filter(threshold::flags).count();
            });
        hold(scores, rate, n, 1, first);
        hold(scores, rate, n, NEW_ROWS, all);
      }
    }
  }

  private static void hold(Scores scores, double rate, int n, int m, int[] flagged) {
    double rows = (double) REPETITIONS * m;
    double realised = Arrays.stream(flagged).sum() / rows;
    double p = Math.floor((n + 1) * rate + 1e-9) / (n + 1);
    double error = Math.sqrt(p * (1 - p) * (1 + (m - 1) / (n + 2.0)) / rows);
    String where = "%s, rate %s, n = %d, m = %d".formatted(scores.name, rate, n, m);
    assertThat(p).as(where).isLessThanOrEqualTo(rate + 1e-12);
    assertThat(realised).as(where).isLessThanOrEqualTo(p + 4 * error);
    if (scores.continuous) {
      assertThat(realised).as(where + ", not wasteful").isGreaterThanOrEqualTo(p - 4 * error);
    }
  }
}
