package dev.vedette.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Calibration TO_99 =
      Calibration.of(IntStream.rangeClosed(1, 99).mapToDouble(i -> i).toArray());

  @Test
  void pValuesByHand() {
    assertThat(TO_99.pValue(99.5)).isEqualTo(0.01);
    assertThat(TO_99.pValue(99)).isEqualTo(0.02);
    assertThat(TO_99.pValue(50.5)).isEqualTo(0.5);
    assertThat(TO_99.pValue(1)).isEqualTo(1);
    assertThat(TO_99.pValue(-5)).isEqualTo(1);
    assertThat(TO_99.pValue(Double.POSITIVE_INFINITY)).isEqualTo(0.01);
    Calibration ties = Calibration.of(new double[] {2, 1, 2, 2});
    assertThat(ties.pValue(2)).isEqualTo(0.8);
    assertThat(ties.pValue(1.5)).isEqualTo(0.8);
    assertThat(ties.pValue(3)).isEqualTo(0.2);
  }

  @Test
  void severityInsideTheCalibrationScores() {
    assertThat(TO_99.severity(0)).isEqualTo(0);
    assertThat(TO_99.severity(90.5)).isCloseTo(20, within(1e-12)); // p = 0.1
    assertThat(TO_99.severity(99)).isCloseTo(20 * Math.log10(50), within(1e-12));
    Calibration million = Calibration.of(IntStream.range(0, 999_999).asDoubleStream().toArray());
    assertThat(million.severity(990_000)).isCloseTo(40, within(0.01)); // p = 0.01
    assertThat(million.severity(999_000)).isCloseTo(60, within(0.01)); // p = 0.001
    assertThat(million.severity(999_900)).isCloseTo(80, within(0.1)); // p = 0.0001
    assertThat(million.severity(999_995)).isEqualTo(100); // p = 0.000005
  }

  @Test
  void severityBeyondTheCalibrationScores() {
    // The ten largest exceed 89 by 1 to 10; their mean excess is 5.5.
    assertThat(TO_99.decay()).isCloseTo(5.5, within(1e-12));
    double perUnit = 20 / (5.5 * Math.log(10));
    double atLargest = 20 * Math.log10(50);
    assertThat(TO_99.severity(110)).isCloseTo(atLargest + 11 * perUnit, within(1e-9));
    // Just beyond the largest the p-value, 0.01, already says more.
    assertThat(TO_99.severity(99.001)).isCloseTo(40, within(1e-12));
    assertThat(TO_99.severity(1000)).isEqualTo(100);
    assertThat(TO_99.severity(Double.MAX_VALUE)).isEqualTo(100);
    assertThat(TO_99.severity(Double.POSITIVE_INFINITY)).isEqualTo(100);
    assertThat(TO_99.severity(Double.NEGATIVE_INFINITY)).isEqualTo(0);
  }

  @Test
  void extrapolationOfAnExponentialTailIsRight() {
    // A row of 20,000 exponential scores: the chance of exceeding x is exp(-x), also beyond all.
    var random = new SplittableRandom(5);
    double[] scores = random.doubles(20_000).map(u -> -Math.log(1 - u)).toArray();
    Calibration calibration = Calibration.of(scores);
    assertThat(calibration.decay()).isCloseTo(1, within(0.05));
    double x = -Math.log(2e-5);
    assertThat(calibration.severity(x)).isCloseTo(-20 * Math.log10(2e-5), within(8.0));
  }

  @Test
  void constantAndTiedScoresStayFinite() {
    Calibration one = Calibration.of(new double[] {0.3});
    assertThat(one.decay()).isEqualTo(0.3);
    assertThat(one.severity(0.3)).isEqualTo(0);
    assertThat(one.severity(0.30001)).isCloseTo(20 * Math.log10(2), within(1e-12));
    Calibration zeros = Calibration.of(new double[1000]);
    assertThat(zeros.decay()).isEqualTo(1);
    assertThat(zeros.severity(0)).isEqualTo(0);
    assertThat(zeros.severity(1e-9)).isCloseTo(20 * Math.log10(1001), within(1e-9));
    assertThat(zeros.severity(100)).isEqualTo(100);
    // More than the top tenth is tied: the mean distance from the largest, 20 of 100 at 0.
    double[] tied = new double[100];
    Arrays.fill(tied, 20, 100, 5.0);
    assertThat(Calibration.of(tied).decay()).isCloseTo(1, within(1e-12));
    double huge = Double.MAX_VALUE;
    assertThat(Calibration.of(new double[] {-huge, huge}).severity(huge)).isBetween(0.0, 100.0);
  }

  @Test
  void severityNeverFallsAndAgreesWithThePValue() {
    var random = new SplittableRandom(6);
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(200);
      double grain = random.nextBoolean() ? 1e-9 : 0.5;
      double[] scores =
          random.doubles(n).map(u -> Math.rint(Math.log(u) / grain) * -grain).toArray();
      Calibration calibration = Calibration.of(scores);
      double[] probes = random.doubles(200, -2, 30).sorted().toArray();
      double last = -1;
      for (double probe : probes) {
        double severity = calibration.severity(probe);
        assertThat(severity).isBetween(Math.max(0, last), 100.0);
        double promised = Math.min(100, -20 * Math.log10(calibration.pValue(probe)));
        assertThat(severity).isGreaterThanOrEqualTo(promised);
        last = severity;
      }
    }
  }

  @Test
  void theConformalThresholdFlagsExactlyWhereThePValueAllows() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      double[] scores = random.ints(1 + random.nextInt(80), 0, 15).asDoubleStream().toArray();
      double rate = 0.01 * (1 + random.nextInt(50));
      Threshold threshold = Threshold.falseAlarms(rate, scores);
      Calibration calibration = Calibration.of(scores);
      for (double probe = -0.5; probe < 16; probe += 0.5) {
        assertThat(threshold.flags(probe)).isEqualTo(calibration.pValue(probe) <= rate + 1e-12);
      }
    }
  }

  @Test
  void equalByContentAndClosedAgainstChange() {
    double[] scores = {3, 1, 2};
    Calibration calibration = Calibration.of(scores);
    scores[0] = 9;
    calibration.scores()[0] = 9;
    assertThat(calibration).isEqualTo(Calibration.of(new double[] {1, 2, 3}));
    assertThat(calibration).hasSameHashCodeAs(Calibration.of(new double[] {1, 2, 3}));
    assertThat(calibration).isNotEqualTo(Calibration.of(new double[] {1, 2, 4}));
    assertThat(calibration).isEqualTo(new Calibration(calibration.scores(), calibration.decay()));
    assertThat(calibration).hasToString("Calibration[3 scores from 1.0 to 3.0, decay 1.5]");
    assertThat(calibration.rows()).isEqualTo(3);
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    assertThatThrownBy(() -> Calibration.of(new double[0])).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> Calibration.of(new double[] {Double.NaN}))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> TO_99.severity(Double.NaN)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> TO_99.pValue(Double.NaN)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> new Calibration(new double[] {2, 1}, 1))
        .hasMessageContaining("sort them first");
    assertThatThrownBy(() -> new Calibration(new double[] {1}, 0))
        .hasMessageContaining("decay must be positive");
    assertThatThrownBy(() -> new Calibration(new double[] {1}, Double.POSITIVE_INFINITY))
        .hasMessageContaining("decay must be positive");
  }
}
