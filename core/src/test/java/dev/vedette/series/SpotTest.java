package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.SeriesStream;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class SpotTest {
  private static final Spot PLAIN = new Spot().depth(0);

  private static SeriesStream after(Spot spot, int points, DoubleSupplier value) {
    SeriesStream stream = spot.start(1);
    for (int i = 0; i < points; i++) {
      stream.learn(i, new double[] {value.getAsDouble()});
    }
    return stream;
  }

  private static double score(SeriesStream stream, double value) {
    return stream.score(1_000_000, new double[] {value});
  }

  @Test
  void anExponentialTailIsExtrapolated() {
    var random = new SplittableRandom(1);
    SeriesStream stream = after(PLAIN, 20_000, () -> -Math.log(1 - random.nextDouble()));
    // P(X ≥ x) = e^-x: once in ten thousand at 4 ln 10, and beyond all that was seen at 6 ln 10.
    assertThat(score(stream, 4 * Math.log(10))).isCloseTo(4, within(0.4));
    assertThat(score(stream, 6 * Math.log(10))).isCloseTo(6, within(1.0));
    assertThat(score(stream, 1)).isZero();
  }

  @Test
  void aHeavyTailIsExtrapolatedToo() {
    var random = new SplittableRandom(2);
    // Pareto: P(X ≥ x) = x^-2. A risk so small that nothing is refused, which would cut the tail.
    SeriesStream stream =
        after(PLAIN.risk(1e-12), 20_000, () -> Math.pow(1 - random.nextDouble(), -0.5));
    assertThat(score(stream, 100)).isCloseTo(4, within(0.7));
    assertThat(score(stream, 1_000)).isCloseTo(6, within(1.5));
  }

  @Test
  void bothSidesAreJudged() {
    var random = new SplittableRandom(3);
    SeriesStream stream = after(PLAIN, 5_000, random::nextGaussian);
    assertThat(score(stream, -7)).isGreaterThan(4);
    assertThat(score(stream, 7)).isGreaterThan(4);
  }

  @Test
  void driftIsFollowedWithADepth() {
    var random = new SplittableRandom(4);
    double[] level = new double[1];
    SeriesStream stream =
        after(new Spot(), 5_000, () -> (level[0] += 0.01) + random.nextGaussian());
    assertThat(score(stream, 50)).isLessThan(2);
    assertThat(score(stream, 70)).isGreaterThan(4);
    assertThat(score(stream, 30)).isGreaterThan(4);
  }

  @Test
  void whatIsTooImprobableTeachesNothingUnlessItStays() {
    var random = new SplittableRandom(5);
    SeriesStream stream = after(PLAIN, 3_000, random::nextGaussian);
    double before = score(stream, 20);
    for (int i = 0; i < 10; i++) {
      stream.learn(3_000 + i, new double[] {20});
    }
    assertThat(score(stream, 20)).isEqualTo(before);
    for (int i = 0; i < 5_000; i++) {
      stream.learn(4_000 + i, new double[] {20 + random.nextGaussian()});
    }
    assertThat(score(stream, 20)).isLessThan(4);
  }

  @Test
  void theFirstValuesAreJudgedByFewPeaks() {
    var random = new SplittableRandom(6);
    SeriesStream stream = after(PLAIN, 60, random::nextGaussian);
    assertThat(score(stream, 30)).isGreaterThan(3);
    assertThat(score(stream, 0)).isZero();
  }

  /** Once all such values scored 30, so that no threshold told them apart. */
  @Test
  void ofTwoUnheardOfValuesTheFartherOneScoresHigher() {
    var random = new SplittableRandom(6);
    SeriesStream stream = after(PLAIN, 5_000, random::nextGaussian);
    double last = 20;
    for (double far = 100; far < 1e140; far *= 10) {
      assertThat(score(stream, far)).isGreaterThan(last).isLessThan(200);
      last = score(stream, far);
    }
    assertThat(score(stream, -Double.MAX_VALUE)).isFinite();
  }
}
