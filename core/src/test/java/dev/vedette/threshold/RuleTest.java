package dev.vedette.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleTest {
  /** Five anomalies and seven normal rows, with ties at 0.8 and 0.6. */
  private static final double[] SCORES = {.9, .8, .8, .7, .6, .6, .6, .5, .4, .3, .2, .1};

  private static final boolean[] LABELS = {
    true, true, false, true, false, true, false, false, false, true, false, false
  };

  private static final List<Rule> ALL =
      List.of(
          new Rule.Quantile(),
          new Rule.Share(),
          new Rule.Budget(10, 1000),
          new Rule.FalseAlarms(),
          new Rule.StandOut(),
          new Rule.BestF1(),
          new Rule.BestAccuracy(),
          new Rule.Cost());

  /** The scores 1 to n in a mixed order; n is no multiple of 7. */
  private static double[] upTo(int n) {
    return IntStream.range(0, n).mapToDouble(i -> 1 + (i * 7L) % n).toArray();
  }

  private static long flagged(Threshold threshold, double[] scores) {
    return Arrays.stream(scores).filter(threshold::flags).count();
  }

  @Test
  void quantileIsTheSmallestScoreThatCoversTheLevel() {
    assertThat(Threshold.quantile(0.99, upTo(100)).cut()).isEqualTo(99);
    assertThat(Threshold.quantile(0.991, upTo(100)).cut()).isEqualTo(100);
    assertThat(Threshold.quantile(0, upTo(100)).cut()).isEqualTo(1);
    assertThat(Threshold.quantile(1, upTo(100)).cut()).isEqualTo(100);
    // 0.07 · 100 is 7.000000000000001 in doubles; the level means the decimal number 0.07.
    assertThat(Threshold.quantile(0.07, upTo(100)).cut()).isEqualTo(7);
  }

  @Test
  void shareFlagsTheRoundedNumberOfRows() {
    assertThat(flagged(Threshold.share(0.05, upTo(100)), upTo(100))).isEqualTo(5);
    assertThat(flagged(Threshold.share(0.005, upTo(100)), upTo(100))).isEqualTo(1);
    assertThat(flagged(Threshold.share(0.0049, upTo(100)), upTo(100))).isZero();
    Threshold all = Threshold.share(0.9, new double[] {3});
    assertThat(all.flags(3)).isTrue();
    assertThat(all.cut()).isFinite();
  }

  @Test
  void falseAlarmsTakesTheConformalRank() {
    // ⌈(99 + 1) · 0.99⌉ = 99 and ⌈(199 + 1) · 0.99⌉ = 198
    assertThat(Threshold.falseAlarms(0.01, upTo(99)).cut()).isEqualTo(99);
    assertThat(Threshold.falseAlarms(0.01, upTo(198)).cut()).isEqualTo(198);
    assertThat(Threshold.falseAlarms(0.01, upTo(199)).cut()).isEqualTo(198);
    assertThat(Threshold.falseAlarms(0.01, upTo(98)).cut()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Threshold.falseAlarms(0.5, new double[] {3}).cut()).isEqualTo(3);
  }

  @Test
  void falseAlarmsSaysHowManyRowsItNeeds() {
    assertThat(new Rule.FalseAlarms(0.1).rowsNeeded()).isEqualTo(9);
    assertThat(new Rule.FalseAlarms(0.001).rowsNeeded()).isEqualTo(999);
    assertThat(new Rule.FalseAlarms(0.03).rowsNeeded()).isEqualTo(33);
    assertThat(new Rule.FalseAlarms(Double.MIN_VALUE).rowsNeeded()).isEqualTo(Long.MAX_VALUE);
    for (double rate : new double[] {0.3, 0.07, 0.01, 0.003, 0.0007}) {
      int needed = (int) new Rule.FalseAlarms(rate).rowsNeeded();
      assertThat(Threshold.falseAlarms(rate, new double[needed]).never()).isFalse();
      assertThat(Threshold.falseAlarms(rate, new double[needed - 1]).never()).isTrue();
    }
  }

  @Test
  void falseAlarmsWithLabelsLooksAtNormalRowsOnly() {
    double[] scores = {1, 50, 2, 60, 3, 70};
    boolean[] labels = {false, true, false, true, false, true};
    assertThat(new Rule.FalseAlarms(0.25).fit(scores, labels).cut()).isEqualTo(3);
    assertThatThrownBy(() -> new Rule.FalseAlarms().fit(new double[1], new boolean[] {true}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("needs the scores of normal rows");
  }

  @Test
  void budgetIsAFalseAlarmRateOnAllRows() {
    double[] scores = upTo(1999);
    assertThat(Threshold.budget(50, 10_000, scores).cut())
        .isEqualTo(Threshold.falseAlarms(0.005, scores).cut());
    Threshold starved = Threshold.budget(1, 10_000, scores);
    assertThat(starved.never()).isTrue();
    assertThat(starved.description())
        .isEqualTo(
            "never flags: a budget of 1 of 10000 rows per day needs at least 9999 scores to fit on");
    assertThat(new Rule.Budget(50, 0).over(1000, Duration.ofHours(6)))
        .isEqualTo(new Rule.Budget(50, 4000));
  }

  @Test
  void budgetRefusesWhatItCannotKeep() {
    assertThatThrownBy(() -> new Rule.Budget().fit(SCORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("budget needs rows-per-day");
    assertThatThrownBy(() -> new Rule.Budget(50, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flags all 20.0 rows per day; lower per-day");
    assertThatThrownBy(() -> new Rule.Budget().over(5, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tiesNeverExceedWhatWasPromised() {
    var random = new SplittableRandom(11);
    for (int round = 0; round < 2000; round++) {
      int n = 1 + random.nextInt(60);
      int levels = 1 + random.nextInt(12);
      double[] scores = random.ints(n, 0, levels).asDoubleStream().toArray();
      double share = random.nextDouble(0.001, 0.999);
      assertThat(flagged(Threshold.share(share, scores), scores))
          .isLessThanOrEqualTo(Math.round(share * n));
      assertThat(flagged(Threshold.budget(share, 1, scores), scores))
          .isLessThanOrEqualTo((long) Math.floor(share * (n + 1)));
      assertThat(flagged(Threshold.quantile(1 - share, scores), scores))
          .isLessThanOrEqualTo((long) Math.floor(share * n + 1e-9));
    }
  }

  @Test
  void labelledRulesByHand() {
    // From the top, (anomalies, normal rows) flagged: (1,0) (2,1) (3,1) (4,3) (4,4) (4,5) (5,5) ...
    // F1 is 2/3 after 0.7, after 0.6 and after 0.3; the highest cut wins: (0.7 + 0.6) / 2.
    assertThat(Threshold.bestF1(SCORES, LABELS).cut()).isBetween(0.6499999, 0.6500001);
    // Accuracy is (7 + 3 − 1) / 12 after 0.7 and less elsewhere.
    assertThat(Threshold.bestAccuracy(SCORES, LABELS).cut()).isBetween(0.6499999, 0.6500001);
    // A miss costs 10: gains 10, 19, 29, 37, 36, 35, 45, 44, 43; best after 0.3.
    assertThat(Threshold.cost(10, 1, SCORES, LABELS).cut()).isBetween(0.2499999, 0.2500001);
    // An alarm costs 10: only the first is worth it.
    assertThat(Threshold.cost(1, 10, SCORES, LABELS).cut()).isBetween(0.8499999, 0.8500001);
  }

  @Test
  void labelledRulesBeatEveryOtherCut() {
    var random = new SplittableRandom(12);
    for (int round = 0; round < 500; round++) {
      int n = 2 + random.nextInt(25);
      int levels = 1 + random.nextInt(10);
      double[] scores = random.ints(n, 0, levels).mapToDouble(i -> i / 8.0 - 0.5).toArray();
      boolean[] labels = new boolean[n];
      for (int i = 0; i < n; i++) {
        labels[i] = i == 0 || (i > 1 && random.nextInt(3) == 0);
      }
      assertBest(new Rule.BestF1(), scores, labels, c -> 2 * c[0] / (2 * c[0] + c[1] + c[2]));
      assertBest(new Rule.BestAccuracy(), scores, labels, c -> c[0] + c[3]);
      assertBest(new Rule.Cost(4, 3), scores, labels, c -> -4 * c[2] - 3 * c[1]);
    }
  }

  private static void assertBest(
      Rule rule, double[] scores, boolean[] labels, ToDoubleFunction<double[]> worth) {
    Threshold threshold = rule.fit(scores, labels);
    double found = worth.applyAsDouble(counts(scores, labels, threshold.cut()));
    double best = worth.applyAsDouble(counts(scores, labels, Double.POSITIVE_INFINITY));
    for (double level = -1; level < 2; level += 1 / 16.0) {
      best = Math.max(best, worth.applyAsDouble(counts(scores, labels, level)));
    }
    assertThat(found).isEqualTo(best);
    assertThat(threshold.cut() == Double.POSITIVE_INFINITY || Double.isFinite(threshold.cut()))
        .isTrue();
  }

  /** True positives, false positives, false negatives, true negatives. */
  private static double[] counts(double[] scores, boolean[] labels, double cut) {
    double[] counts = new double[4];
    for (int i = 0; i < scores.length; i++) {
      counts[(scores[i] > cut ? 0 : 2) + (labels[i] ? 0 : 1)]++;
    }
    return counts;
  }

  @Test
  void theEndsOfTheScoresAreHandled() {
    // Flagging nothing is best.
    boolean[] lowest = {false, false, true};
    Threshold never = Threshold.bestAccuracy(new double[] {3, 2, 1}, lowest);
    assertThat(never.never()).isTrue();
    assertThat(never.description())
        .isEqualTo("never flags: no cut does better on the labelled rows than flagging nothing");
    // Flagging everything is best: the cut lies below the lowest score and is finite.
    Threshold always = Threshold.bestF1(new double[] {5, 5, 5}, new boolean[] {true, true, false});
    assertThat(always.flags(5)).isTrue();
    assertThat(always.cut()).isFinite();
    // Two neighbouring doubles have no number between them.
    double low = 1;
    double high = Math.nextUp(low);
    for (double base : new double[] {low, high}) {
      double next = Math.nextUp(base);
      Threshold tight = Threshold.bestF1(new double[] {base, next}, new boolean[] {false, true});
      assertThat(tight.flags(base)).isFalse();
      assertThat(tight.flags(next)).isTrue();
    }
    double huge = Double.MAX_VALUE;
    assertThat(Threshold.bestF1(new double[] {-huge, huge}, new boolean[] {false, true}).cut())
        .isZero();
    // -0.0 and 0.0 are one score.
    Threshold zero =
        Threshold.bestF1(new double[] {0.0, -0.0, 1}, new boolean[] {true, false, true});
    assertThat(zero.flags(0.0)).isEqualTo(zero.flags(-0.0));
  }

  @Test
  void aMissingOrWrongInputIsNamed() {
    for (Rule rule : ALL) {
      if (rule.needsLabels()) {
        assertThatThrownBy(() -> rule.fit(SCORES))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("needs labels");
        assertThatThrownBy(() -> rule.fit(SCORES, new boolean[12]))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("none of the 12 rows is labelled an anomaly");
        assertThatThrownBy(() -> rule.fit(SCORES, new boolean[3]))
            .isInstanceOf(DataException.class)
            .hasMessage("12 scores but 3 labels; each row needs one of both");
      } else {
        assertThatThrownBy(() -> rule.fit(new double[0]))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("no scores");
      }
      assertThatThrownBy(() -> rule.fit(new double[] {1, Double.NaN}, new boolean[] {true, false}))
          .isInstanceOf(DataException.class)
          .hasMessage("the score of row 1 is NaN; scores must be finite numbers");
    }
  }

  @Test
  void optionsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new Rule.Quantile(1.5))
        .hasMessage("level must be from 0 to 1, is 1.5");
    assertThatThrownBy(() -> new Rule.Share(0)).hasMessageContaining("share must be more than 0");
    assertThatThrownBy(() -> new Rule.FalseAlarms(Double.NaN)).hasMessageContaining("is NaN");
    assertThatThrownBy(() -> new Rule.Cost(0, 1)).hasMessageContaining("miss must be from");
    assertThatThrownBy(() -> new Rule.Budget(0, 1)).hasMessageContaining("per-day must be more");
    assertThatThrownBy(() -> new Threshold(new Rule.BestF1(), Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Threshold(new Rule.BestF1(), 1).flags(Double.NaN))
        .isInstanceOf(DataException.class);
  }

  @Test
  void everyRuleDescribesItself() {
    double[] scores = upTo(1999);
    boolean[] labels = new boolean[1999];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = scores[i] > 1990;
    }
    assertThat(ALL.stream().map(rule -> rule.fit(scores, labels).description()))
        .containsExactly(
            "flags scores above 1980: at most 1 % of the scores it was fitted on",
            "flags scores above 1979: the top 1 %, the expected share",
            "flags scores above 1980: at most 10 of 1000 rows per day",
            "flags scores above 1972: at most 1 % of normal rows",
            "flags scores above 6846.92: what stands out from the rest, at most 0.1 false alarms"
                + " expected",
            "flags scores above 1990.5: the best F1 on labelled rows",
            "flags scores above 1990.5: the best accuracy on labelled rows",
            "flags scores above 1990.5: the lowest cost on labelled rows, where a miss costs 10 and"
                + " an alarm 1");
    assertThat(Threshold.falseAlarms(0.001, new double[5]).description())
        .isEqualTo(
            "never flags: a false-alarm rate of 0.1 % needs at least 999 calibration rows besides"
                + " the row judged");
  }

  @Test
  void everyRuleIsReadAndWrittenAsText() {
    assertThat(Rule.defaults()).hasSameSizeAs(Rule.class.getPermittedSubclasses());
    for (Rule rule : ALL) {
      assertThat(Rule.parse(rule.text())).isEqualTo(rule);
    }
    assertThat(Rule.parse("false-alarms=0.001")).isEqualTo(new Rule.FalseAlarms(0.001));
    assertThat(Rule.parse("cost miss=100")).isEqualTo(new Rule.Cost(100, 1));
    assertThat(Rule.parse("budget per-day=50 rows-per-day=4000"))
        .isEqualTo(new Rule.Budget(50, 4000));
    assertThat(new Rule.BestF1().text()).isEqualTo("best-f1");
    assertThatThrownBy(() -> Rule.parse("share=2"))
        .hasMessage("share: share must be more than 0 and less than 1, is 2.0");
    assertThatThrownBy(() -> Rule.parse("guess"))
        .hasMessageStartingWith("no threshold [guess]; there are [false-alarms, budget,");
  }

  @Test
  void whatStandsOutIsFoundHoweverManyThereAre() {
    var random = new SplittableRandom(3);
    for (int n : new int[] {50, 400, 3000}) {
      double[] usual = random.doubles(n).map(u -> -Math.log(u)).toArray();
      for (int outliers : new int[] {0, 1, n / 25}) {
        for (int apart : new int[] {1, 10, 23}) {
          double[] scores = usual.clone();
          for (int i = 0; i < outliers; i++) {
            scores[i * apart] = 60 + i;
          }
          assertThat(flagged(new Rule.StandOut().fit(scores), scores))
              .as("%s outliers, %s apart, among %s", outliers, apart, n)
              .isEqualTo(outliers);
        }
      }
    }
  }

  @Test
  void aBurstCountsOnceAndWhatComesAgainAndAgainDoesNotStandOut() {
    var random = new SplittableRandom(4);
    double[] burst = random.doubles(1000).map(u -> -Math.log(u)).toArray();
    double[] often = burst.clone();
    for (int i = 0; i < 150; i++) {
      burst[500 + i] = 40;
      often[i * 6] = 40;
    }
    assertThat(flagged(new Rule.StandOut().fit(burst), burst)).isEqualTo(150);
    assertThat(flagged(new Rule.StandOut().fit(often), often)).isZero();
  }

  @Test
  void amongScoresThatAreAlikeAFewRunsStandOutAndManyDoNot() {
    double[] few = new double[1000];
    Arrays.fill(few, 300, 350, 7);
    few[600] = 1;
    assertThat(flagged(new Rule.StandOut().fit(few), few)).isEqualTo(51);
    double[] many = new double[1000];
    for (int i = 0; i < 90; i++) {
      many[11 * i] = 1 + i % 3;
    }
    assertThat(flagged(new Rule.StandOut().fit(many), many)).isZero();
  }

  @Test
  void whatStandsOutKeepsItsPromiseOnExponentialAndNormalScores() {
    var random = new SplittableRandom(5);
    int[] alarms = new int[2];
    for (int run = 0; run < 1000; run++) {
      double[] exponential = random.doubles(200).map(u -> -Math.log(u)).toArray();
      double[] normal = new double[200];
      Arrays.setAll(normal, i -> Math.abs(random.nextGaussian()));
      alarms[0] += (int) flagged(new Rule.StandOut(0.1).fit(exponential), exponential);
      alarms[1] += (int) flagged(new Rule.StandOut(0.1).fit(normal), normal);
    }
    assertThat(alarms[0]).as("0.1 promised per run").isBetween(5, 110);
    assertThat(alarms[1]).isLessThan(alarms[0]);
  }

  @Test
  void scoresThatAreAllTheSameDoNotStandOut() {
    Threshold threshold = new Rule.StandOut().fit(new double[200]);
    assertThat(threshold.cut()).isZero();
    assertThat(new Rule.StandOut().fit(new double[9]).description())
        .isEqualTo("never flags: what stands out cannot be told from fewer than 10 scores");
  }

  @Test
  void withinTheScoresThemselvesTheRarestAreFlagged() {
    for (int n : new int[] {100, 101, 150, 198, 199, 1000}) {
      double[] scores = java.util.stream.IntStream.range(0, n).mapToDouble(i -> i).toArray();
      Threshold threshold = new Rule.FalseAlarms(0.01).fitWithin(scores);
      assertThat(java.util.Arrays.stream(scores).filter(threshold::flags).count())
          .isEqualTo(n / 100);
      assertThat(new Rule.Budget(10, 1000).fitWithin(scores)).isNotNull();
    }
    assertThat(new Rule.FalseAlarms(0.01).fitWithin(new double[99]).never()).isTrue();
    double[] tied = new double[200];
    java.util.Arrays.fill(tied, 190, 200, 5);
    assertThat(new Rule.FalseAlarms(0.01).fitWithin(tied).flags(5)).isFalse();
  }

  @Test
  void aScoreIsLeftOutOfItsOwnScale() {
    double[] scores = java.util.stream.IntStream.range(0, 121).mapToDouble(i -> i).toArray();
    scores[120] = 1e6;
    Calibration calibration = Calibration.of(scores);
    assertThat(calibration.pValueWithin(1e6)).isEqualTo(1 / 121.0);
    assertThat(calibration.severityWithin(1e6)).isEqualTo(100);
    assertThat(calibration.severityWithin(119)).isEqualTo(-20 * Math.log10(2 / 121.0));
    assertThat(calibration.pValueWithin(0)).isEqualTo(1);
    assertThat(Calibration.of(new double[] {3}).severityWithin(3)).isEqualTo(0);
  }
}
