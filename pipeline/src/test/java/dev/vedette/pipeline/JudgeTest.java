package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.ensemble.Fuse;
import dev.vedette.threshold.Rule;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final long DAY = 86_400_000L;

  /** Flagged a day of 10,000 events a day, after {@code first} and ten days. */
  private static double flaggedADay(long first) {
    var judge = new Judge(new Rule.Budget(50, 0), new Fuse.Weighted());
    var random = new SplittableRandom(3);
    judge.learn(0.5, first);
    int flagged = 0;
    for (int i = 0; i < 300_000; i++) {
      double score = -Math.log(1 - random.nextDouble());
      flagged += i >= 100_000 && judge.decide(score).flagged() ? 1 : 0;
      judge.learn(score, Streams.START + i * DAY / 10_000);
    }
    return flagged / 20.0;
  }

  @Test
  void aBudgetIsKept() {
    assertThat(flaggedADay(Streams.START)).isBetween(40.0, 60.0);
  }

  @Test
  void oneWrongTimeAtTheStartOverrunsNoBudget() {
    assertThat(flaggedADay(0)).isBetween(40.0, 60.0);
  }
}
