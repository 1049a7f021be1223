package dev.vedette.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Detectors;
import dev.vedette.Online;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scores derived by hand, with the arithmetic beside them. */
class GoldenTest {
  private static final double EXACT = 1e-12;

  private static Online learned(String detector, double[]... rows) {
    Online online = Detectors.standard().parseOnline(detector).start(rows[0].length);
    for (double[] row : rows) {
      online.learn(row);
    }
    return online;
  }

  private static double score(Online online, double... row) {
    return online.score(row);
  }

  @Test
  void streamingZScoreByHand() {
    // Of 0 and 4 the mean is 2 and the variance 4; of two rows (2 − 1) / (2 + 9) is claimed.
    Online two = learned("streaming-zscore", new double[] {0}, new double[] {4});
    assertThat(score(two, 8)).isCloseTo(3.0 / 11, within(EXACT));
    assertThat(score(two, 2)).isZero();
    // The third row, 8, lies exactly at the limit of 3 spreads: mean 4, variance 32 / 3.
    two.learn(new double[] {8});
    assertThat(score(two, 12)).isCloseTo(8 / Math.sqrt(32.0 / 3) * 2 / 12, within(EXACT));
    // With a constant second column, which counts in its own unit: √((9 + 16) / 2) · 1 / 11.
    Online mean =
        learned("streaming-zscore combine=mean", new double[] {0, 7}, new double[] {4, 7});
    assertThat(score(mean, 8, 11)).isCloseTo(Math.sqrt(12.5) / 11, within(EXACT));
    assertThat(score(mean, Double.NaN, 11)).isCloseTo(Math.sqrt(8) / 11, within(EXACT));
    assertThat(mean.attribute(new double[] {8, 11}).normal()).containsExactly(2, 7);
    // A spread of 2 counts as 6, one of 8 as itself.
    Online least =
        learned(
            "streaming-zscore least-spread=6 combine=mean",
            new double[] {0, 0},
            new double[] {4, 16});
    assertThat(score(least, 8, 8)).isCloseTo(1 / Math.sqrt(2) / 11, within(EXACT));
    assertThat(score(least, 2, 24)).isCloseTo(2 / Math.sqrt(2) / 11, within(EXACT));
  }

  @Test
  void halfSpaceTreesByHand() {
    // After four equal rows and a window of four: the crowd's part at depth 1 holds all 4 of 4, so
    // −log₂(1 · 2) = −1; the other part holds none: −log₂(1/5 · 2). The row at the end of the
    // range is in the other part of each tree whose first cut lies above the usual value.
    double[] row = {5};
    Online online = learned("half-space-trees trees=200 depth=1 window=4", row, row, row, row);
    assertThat(score(online, 5)).isCloseTo(-1, within(EXACT));
    double empty = Math.log(2.5) / Math.log(2);
    double far = (score(online, 1e9) + 1) / (empty + 1) * 200;
    assertThat(far).isCloseTo(Math.rint(far), within(1e-9));
    // The first cut is uniform on (0, 1); the usual value is ½, the end 1: half of the trees, ± 3
    // standard deviations of 7.07.
    assertThat(far).isBetween(78.0, 122.0);
  }

  @Test
  void randomCutForestByHand() {
    // One row held: any other is set apart from it by the first cut, which displaces 1 of 1 + 30.
    Online one = learned("random-cut-forest", new double[] {0, 0});
    assertThat(score(one, 3, 1)).isCloseTo(1.0 / 31, within(EXACT));
    assertThat(score(one, 0, 0)).isZero();
    assertThat(one.attribute(new double[] {3, 1}).contributions()[0])
        .isCloseTo(0.75 / 31, within(EXACT));
    // Two rows, 0 and 4, in every tree; 12 is cut off above both with 8 of 12, displacing 2, or
    // else below 4, displacing 1: (2/3 · 2 + 1/3 · 1) / 32, whatever the cuts.
    Online two = learned("random-cut-forest", new double[] {0}, new double[] {4});
    assertThat(score(two, 12)).isCloseTo(5.0 / 3 / 32, within(EXACT));
    // 1 is inside the box: it is set apart from one of the two alone.
    assertThat(score(two, 1)).isCloseTo(1.0 / 32, within(EXACT));
  }

  @Test
  void cutsFollowTheRangesAfterRowsWentInAndOut() {
    // Lemmas 4 and 7: after any insertions and deletions the first cut of the three rows held, 0, 1
    // and 10, lies between 1 and 10 in 9 of 10 trees. 400 trees: ± 3.5 standard deviations.
    var random = new RandomCuts(3);
    double[] weights = {1};
    int apart = 0;
    for (int i = 0; i < 400; i++) {
      var tree = new CutTree(CutTree.State.none(3, 1));
      for (double value : new double[] {7, 1, -20}) {
        tree.insert(new double[] {value}, weights, random);
      }
      tree.replace(2, new double[] {10}, weights, random);
      tree.replace(0, new double[] {0}, weights, random);
      CutTree.State state = tree.snapshot();
      double cut = state.cut()[state.root() - 3];
      apart += cut >= 1 ? 1 : 0;
      assertThat(cut).isBetween(0.0, 10.0);
    }
    assertThat(apart).isBetween(339, 381);
  }

  @Test
  void streamingTailsAreThoseOfTheDistribution() {
    // Exponential: P(X > x) = e⁻ˣ, so the surprise is x / ln 10 − log₁₀ 2, at 20 as at 5.
    Online online = Detectors.standard().parseOnline("streaming-tails").start(1);
    var random = new SplittableRandom(11);
    for (int i = 0; i < 60_000; i++) {
      online.learn(new double[] {-Math.log(1 - random.nextDouble())});
    }
    for (double x : new double[] {1, 2, 3, 5, 8}) {
      double expected = x / Math.log(10) - Math.log10(2);
      assertThat(score(online, x)).isCloseTo(expected, within(0.1 + 0.15 * expected));
    }
    assertThat(score(online, 100)).isGreaterThan(12);
    assertThat(score(online, Double.NaN)).isZero();
    assertThat(online.attribute(new double[] {3}).normal()[0]).isCloseTo(0.69, within(0.1));
  }

  @Test
  void streamingTailsDoNotCryWolfAndSeeOneFarColumnOfTwenty() {
    Online clean = Detectors.standard().parseOnline("streaming-tails").start(20);
    Online dirty = Detectors.standard().parseOnline("streaming-tails").start(20);
    var random = new SplittableRandom(12);
    double[] row = new double[20];
    double largest = 0;
    for (int i = 0; i < 60_000; i++) {
      double highest = fill(row, random);
      largest = Math.max(largest, highest);
      clean.learn(row);
      if (i % 100 == 0) {
        row[0] = 700;
        row[1] = 110;
      }
      dirty.learn(row);
    }
    double worst = 0;
    double worstDirty = 0;
    for (int i = 0; i < 5_000; i++) {
      fill(row, random);
      worst = Math.max(worst, clean.score(row));
      worstDirty = Math.max(worstDirty, dirty.score(row));
    }
    // 20 columns × 5,000 rows: five decades is what the rarest of 100,000 values is due.
    assertThat(worst).isBetween(3.0, 6.5);
    fill(row, random);
    row[1] = 110;
    assertThat(clean.score(row)).isGreaterThan(2 * worst);
    assertThat(dirty.score(row)).isGreaterThan(worstDirty);
    row[1] = 1;
    row[0] = 10 * largest;
    assertThat(clean.score(row)).isGreaterThan(worst + 1);
  }

  /** Log-normal, exponential, counts and mostly missing columns; returns the log-normal one. */
  private static double fill(double[] row, SplittableRandom random) {
    for (int j = 0; j < row.length; j++) {
      double exponential = -Math.log(1 - random.nextDouble());
      row[j] =
          switch (j % 4) {
            case 0 -> Math.exp(random.nextGaussian());
            case 1 -> exponential;
            case 2 -> Math.floor(2 * exponential);
            default -> random.nextInt(20) == 0 ? exponential : Double.NaN;
          };
    }
    return row[0];
  }
}
