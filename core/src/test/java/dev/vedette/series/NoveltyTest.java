package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.SeriesStream;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoveltyTest {
  private static final long HOUR = 3_600_000;

  /** The scores of {@code points} hours with the values of {@code value}. */
  private static double[] scores(Novelty novelty, int points, IntToDoubleFunction value) {
    SeriesStream stream = novelty.start(1);
    double[] scores = new double[points];
    for (int i = 0; i < points; i++) {
      double[] values = {value.applyAsDouble(i)};
      scores[i] = stream.score(i * HOUR, values);
      stream.learn(i * HOUR, values);
    }
    return scores;
  }

  private static double noise(int i) {
    return new SplittableRandom(i * 31L + 7).nextGaussian();
  }

  @Test
  void distancesToTheNearestSeen() {
    var seen = new SeenValues(new double[] {1, 2, 5, 9}, 4);
    assertThat(seen.distance(3)).isEqualTo(1);
    assertThat(seen.distance(4)).isEqualTo(1);
    assertThat(seen.distance(12)).isEqualTo(3);
    assertThat(seen.distance(-2)).isEqualTo(3);
    assertThat(seen.distance(5)).isZero();
    assertThat(new SeenValues(new double[0], 4).distance(7)).isZero();
  }

  @Test
  void tooManyAreThinnedWhereTheyAreDensest() {
    var seen = new SeenValues(new double[] {1, 2, 5, 9}, 4);
    seen.add(2.5);
    // Gaps of the neighbours: 2 has 1.5, 2.5 has 3, 5 has 6.5.
    assertThat(seen.snapshot()).containsExactly(1, 2.5, 5, 9);
    seen.add(100);
    assertThat(seen.snapshot()).containsExactly(1, 5, 9, 100);
  }

  @Test
  void rarityByHand() {
    // 1,000 distances: 900 of nothing, 90 of 1, ten of 2.
    var state = new Rarity.State(new int[] {0x3FF0, 0x4000}, new double[] {90, 10}, 900);
    var rarity = new Rarity(state, 0.02);
    assertThat(rarity.surprise(0)).isCloseTo(0, within(1e-3));
    // Half of the bin of 1 and all of 2: 55.5 / 1001.
    assertThat(rarity.surprise(1)).isCloseTo(-Math.log10(55.5 / 1001), within(1e-12));
    // The largest 2 % start in the bin of 1, whose middle is 1 + 1/32; ten of 2 + 1/16 exceed it by
    // 1 + 1/32, so the mean of twenty exceedances is half of that.
    double excess = (1 + 1 / 32.0) / 2;
    double expected = -Math.log10(0.02) + (4 - 1 - 1 / 32.0) / excess / Math.log(10);
    assertThat(rarity.surprise(4)).isCloseTo(expected, within(1e-12));
    assertThat(rarity.surprise(1e300)).isEqualTo(30);
  }

  @Test
  void aValueNeverSeenIsNewsAndSoIsAGapInTheRange() {
    double[] scores =
        scores(new Novelty(), 1_001, i -> i == 1_000 ? 50 : (i % 2 == 0 ? 0 : 100) + noise(i));
    assertThat(scores[1_000]).isGreaterThan(3);
    assertThat(IntStream.range(100, 1_000).mapToDouble(i -> scores[i]).average().orElseThrow())
        .isLessThan(1.5);
  }

  @Test
  void newsIsNewsOnce() {
    double[] scores =
        scores(new Novelty(), 2_020, i -> noise(i) + (i >= 2_000 ? 12 + i / 50.0 : 0));
    double first = scores[2_000];
    assertThat(first).isGreaterThan(3);
    for (int i = 2_001; i < 2_020; i++) {
      assertThat(scores[i] < 2 || scores[i] > 1.4 * first)
          .as("point %s: %s", i, scores[i])
          .isTrue();
    }
  }

  @Test
  void afterTheCoolDownThereIsNewsAgain() {
    IntToDoubleFunction value = i -> noise(i) + (i == 2_000 ? 40 : i == 2_300 ? -40 : 0);
    assertThat(scores(new Novelty(), 2_301, value)[2_300]).isGreaterThan(3);
    double muted = scores(new Novelty().coolDown(1), 2_301, value)[2_300];
    assertThat(muted).isLessThanOrEqualTo(1.1); // half of the level
  }

  @Test
  void aQuietSpellIsFoundByItsLowestValue() {
    // Every tenth value is 0; for a while there are none.
    double[] scores =
        scores(
            new Novelty(),
            3_000,
            i -> (i % 10 == 0 && (i < 2_500 || i > 2_700) ? 0 : 50) + Math.abs(noise(i)));
    double during = IntStream.range(2_500, 2_700).mapToDouble(i -> scores[i]).max().orElseThrow();
    double before = IntStream.range(2_000, 2_500).mapToDouble(i -> scores[i]).max().orElseThrow();
    assertThat(during).isGreaterThan(before).isGreaterThan(2);
  }

  @Test
  void memoryIsSaid() {
    assertThat(new Novelty().start(1).bytes()).isBetween(70_000L, 80_000L);
    assertThat(new Novelty().memory(64).start(1).bytes()).isLessThan(40_000L);
  }

  /** Once the first value, from a mean of nothing, was the largest distance for ever. */
  @Test
  void aFarOriginHidesNothing() {
    IntToDoubleFunction values = i -> Math.rint(64 * noise(i)) / 64 + (i == 900 ? 16 : 0);
    double[] near = scores(new Novelty(), 1_000, values);
    double[] far = scores(new Novelty(), 1_000, i -> values.applyAsDouble(i) + (1 << 24));
    assertThat(near[900]).isGreaterThan(2.2);
    assertThat(far[900]).isCloseTo(near[900], within(0.05));
  }
}
