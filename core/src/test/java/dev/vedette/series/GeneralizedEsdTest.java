package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneralizedEsdTest {
  /** The 54 values of Rosner 1983, as in the NIST/SEMATECH e-Handbook, 1.3.5.17.3. */
  private static final double[] ROSNER = {
    -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65,
    1.69, 1.70, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24,
    2.26, 2.35, 2.37, 2.40, 2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59,
    3.68, 4.30, 4.64, 5.34, 5.42, 6.01
  };

  @Test
  void thePublishedExampleHasThreeOutliers() {
    GeneralizedEsd.Outcome outcome = new GeneralizedEsd(10).test(ROSNER);
    double[] statistics = {3.118, 2.942, 3.179, 2.810, 2.815, 2.848, 2.279, 2.310, 2.101, 2.067};
    double[] critical = {3.158, 3.151, 3.143, 3.136, 3.128, 3.120, 3.111, 3.103, 3.094, 3.085};
    assertThat(outcome.statistics()).containsExactly(statistics, within(1e-3));
    assertThat(outcome.critical()).containsExactly(critical, within(1.1e-3));
    assertThat(outcome.outliers()).containsExactly(53, 52, 51);
  }

  @Test
  void oneSideLeavesTheOtherAlone() {
    double[] values = values(300);
    values[7] = 12;
    values[8] = -13;
    assertThat(robust(GeneralizedEsd.Side.BOTH, values)).containsExactly(8, 7);
    assertThat(robust(GeneralizedEsd.Side.HIGH, values)).containsExactly(7);
    assertThat(robust(GeneralizedEsd.Side.LOW, values)).containsExactly(8);
  }

  private static int[] robust(GeneralizedEsd.Side side, double[] values) {
    return new GeneralizedEsd(30).robust(true).side(side).test(values).outliers();
  }

  private static double[] values(int count) {
    var random = Seeds.stream(5, count);
    return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
  }

  @Test
  void aFifthOfOutliersDoesNotHideBehindItself() {
    double[] values = values(1000);
    for (int i = 0; i < 200; i++) {
      values[i] = 30 + values[i];
    }
    GeneralizedEsd.Outcome outcome = new GeneralizedEsd(300).robust(true).test(values);
    assertThat(outcome.outliers()).hasSize(200);
    assertThat(Arrays.stream(outcome.outliers()).max()).hasValue(199);
    assertThat(outcome.spread()).isCloseTo(1, within(0.1));
    assertThat(outcome.limit()).isBetween(3.5, 4.5);
  }

  @Test
  void normalValuesRarelyHaveOutliers() {
    int alarms = 0;
    for (int i = 0; i < 200; i++) {
      alarms += new GeneralizedEsd(10).test(values(100 + i)).outliers().length > 0 ? 1 : 0;
    }
    assertThat(alarms).isBetween(2, 22); // 5 % of 200 with some luck
  }

  @Test
  void fewConstantAndMissingValuesAreNoTrouble() {
    for (int n = 0; n < 6; n++) {
      assertThat(new GeneralizedEsd(3).robust(true).test(new double[n]).outliers()).isEmpty();
    }
    double[] values = new double[50];
    Arrays.fill(values, 0, 10, Double.NaN);
    values[20] = 1;
    GeneralizedEsd.Outcome outcome = new GeneralizedEsd(5).robust(true).test(values);
    assertThat(outcome.outliers()).containsExactly(20);
    assertThat(outcome.spread()).isZero();
  }

  /** Each statistic against its definition on what is left, from the definition alone. */
  @Test
  void everyStatisticIsThatOfWhatIsLeft() {
    for (int n = 5; n < 40; n++) {
      for (boolean robust : new boolean[] {false, true}) {
        double[] values = Arrays.stream(values(n)).map(x -> Math.rint(1e9 + 3 * x)).toArray();
        double[] statistics = new GeneralizedEsd(n).robust(robust).test(values).statistics();
        double[] left = values.clone();
        for (double statistic : statistics) {
          double center = robust ? Quantiles.median(left) : Moments.mean(left);
          double[] off = Arrays.stream(left).map(x -> Math.abs(x - center)).toArray();
          double spread =
              robust
                  ? 1.482602218505602 * Quantiles.median(off)
                  : Moments.deviation(left) * Math.sqrt(left.length / (left.length - 1.0));
          double most = Arrays.stream(off).max().orElseThrow();
          if (spread == 0 || (robust && Quantiles.median(off) == 0)) {
            break;
          }
          assertThat(statistic).as("of %s", n).isCloseTo(most / spread, within(1e-9));
          int farthest = 0;
          for (int i = 0; i < off.length; i++) {
            boolean ahead = off[i] > off[farthest];
            farthest =
                ahead || (off[i] == off[farthest] && left[i] > left[farthest]) ? i : farthest;
          }
          int last = farthest;
          left =
              IntStream.range(0, left.length)
                  .filter(i -> i != last)
                  .mapToDouble(at(left))
                  .toArray();
        }
      }
    }
  }

  private static IntToDoubleFunction at(double[] values) {
    return i -> values[i];
  }

  /** Minutes when each round looked at all values; also where half of them are the same. */
  @Test
  void manyOutliersAmongManyValuesAreFound() {
    double[] values = values(400_000);
    for (int i = 0; i < 40_000; i++) {
      values[10 * i] += 100;
    }
    assertThat(new GeneralizedEsd(60_000).robust(true).test(values).outliers()).hasSize(40_000);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 10 == 0 ? values[i] : i % 3 == 0 ? 1 : 0;
    }
    assertThat(new GeneralizedEsd(60_000).robust(true).test(values).outliers()).isNotEmpty();
  }
}
