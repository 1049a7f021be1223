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
  void whatStandsOutIsToldFromScoresInTheirOrder() {
    var judge = new Judge(new Rule.StandOut(5), new Fuse.Weighted());
    var random = new SplittableRandom(4);
    int flagged = 0;
    for (int i = 0; i < 150_000; i++) {
      double score = -Math.log(1 - random.nextDouble());
      flagged += i >= 100_000 && judge.decide(score).flagged() ? 1 : 0;
      judge.learn(score, Streams.START + i * DAY / 10_000);
    }
    assertThat(flagged).as("5 in 50,000 are promised").isBetween(1, 12);
    assertThat(judge.threshold()).isBetween(8.0, 14.0);
  }

  /** A threshold that an incident raised beyond what the next one scores would hide it. */
  @Test
  void anIncidentAmongFewScoresHidesNoOther() {
    for (int seed = 0; seed < 20; seed++) {
      var judge = new Judge(new Rule.FalseAlarms(0.001), new Fuse.Weighted());
      var random = new SplittableRandom(seed);
      for (int i = 0; i < 120; i++) {
        boolean incident = i >= 60 && i < 60 + Scale.INCIDENT;
        double strength = incident ? 80 : -Math.log10(1 - random.nextDouble());
        judge.learn(strength, Streams.START + i * 1_000L);
      }
      assertThat(judge.threshold()).as("seed %d", seed).isBetween(2.0, 20.0);
    }
  }

  @Test
  void oneWrongTimeAtTheStartOverrunsNoBudget() {
    assertThat(flaggedADay(0)).isBetween(40.0, 60.0);
  }
}
