package dev.vedette.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnivariateTest {
  private static final long HOUR = 3_600_000_000L;

  private static double[] days(int points) {
    var random = new SplittableRandom(7);
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = 100 + 30 * Math.sin(2 * Math.PI * i / 24) + random.nextDouble();
    }
    return values;
  }

  private static Points hourly(double[] values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> i * HOUR);
    return new Points(times, values, Granularity.HOURLY, 1);
  }

  @Test
  void aDayIsFoundAndWhatBreaksItToo() {
    double[] values = days(240);
    values[100] += 60;
    values[200] -= 60;
    EntireResult result = new Univariate().entire(new UnivariateRequest(hourly(values)));
    assertThat(result.period()).isEqualTo(24);
    assertThat(result.isPositiveAnomaly()[100]).isTrue();
    assertThat(result.isNegativeAnomaly()[200]).isTrue();
    assertThat(result.expectedValues()[100])
        .isCloseTo(100 + 30 * Math.sin(2 * Math.PI * 100 / 24), within(2.0));
    assertThat(result.severity()[100]).isGreaterThan(0.3);
    assertThat(result.trace().detector()).isEqualTo("seasonal_series");
  }

  @Test
  void everyNormalPointLiesInItsBand() {
    double[] values = days(480);
    values[77] += 200;
    EntireResult result = new Univariate().entire(new UnivariateRequest(hourly(values)));
    for (int i = 0; i < values.length; i++) {
      boolean inside =
          values[i] <= result.expectedValues()[i] + result.upperMargins()[i]
              && values[i] >= result.expectedValues()[i] - result.lowerMargins()[i];
      assertThat(inside).as("point %d", i).isNotEqualTo(result.isAnomaly()[i]);
      assertThat(result.severity()[i] > 0).isEqualTo(result.isAnomaly()[i]);
    }
  }

  @Test
  void aSeasonNeedsMoreThanHalfOfItsPoints() {
    double[] values = days(100);
    long[] times = new long[100];
    Arrays.setAll(times, i -> (i < 99 ? 3L * i : 300) * HOUR);
    var points = new Points(times, values, Granularity.HOURLY, 1);
    var request = new UnivariateRequest(points).period(24);
    assertThatThrownBy(() -> new Univariate().entire(request))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "Ratio of missing points should be less than 50% for seasonal timeseries."
                + " There should be at least 151 points, but got 100 points.");
    assertThat(new Univariate().entire(new UnivariateRequest(points)).period()).isZero();
  }

  @Test
  void theLastPointOfADay() {
    double[] values = days(200);
    UnivariateRequest calm = new UnivariateRequest(hourly(values));
    LastResult before = new Univariate().last(calm);
    assertThat(before.period()).isEqualTo(24);
    assertThat(before.suggestedWindow()).isEqualTo(97);
    values[199] += 50;
    LastResult after = new Univariate().last(new UnivariateRequest(hourly(values)));
    assertThat(after.verdict().anomaly()).isTrue();
    assertThat(after.verdict().negative()).isFalse();
    assertThat(after.expectedValue()).isCloseTo(before.expectedValue(), within(3.0));
  }

  @Test
  void gapsAreFilledAndDoNotShow() {
    double[] values = days(240);
    long[] times = new long[236];
    double[] sent = new double[236];
    for (int i = 0; i < 236; i++) {
      int at = i < 120 ? i : i + 4;
      times[i] = at * HOUR;
      sent[i] = values[at];
    }
    var request = new UnivariateRequest(new Points(times, sent, Granularity.HOURLY, 1));
    EntireResult result = new Univariate().entire(request);
    assertThat(result.expectedValues()).hasSize(236);
    assertThat(result.period()).isEqualTo(24);
    assertThat(result.trace().filled()).isTrue();
    assertThat(result.expectedValues()[121]).isCloseTo(sent[121], within(3.0));
  }

  @Test
  void aConstantIsAsExpected() {
    double[] values = new double[50];
    Arrays.fill(values, 5);
    EntireResult result = new Univariate().entire(new UnivariateRequest(new Points(values)));
    assertThat(result.period()).isZero();
    assertThat(result.isAnomaly()).containsOnly(false);
    assertThat(result.expectedValues()).usingComparatorWithPrecision(1e-9).containsOnly(5);
    ChangePointResult changes =
        new Univariate().changePoints(new ChangePointRequest(hourly(values)));
    assertThat(changes.isChangePoint()).containsOnly(false);
  }

  @Test
  void aShiftIsAChangePoint() {
    double[] values = days(200);
    for (int i = 120; i < 200; i++) {
      values[i] += 80;
    }
    ChangePointResult result =
        new Univariate().changePoints(new ChangePointRequest(hourly(values)));
    assertThat(result.isChangePoint()[120]).isTrue();
    assertThat(result.confidenceScores()[120]).isGreaterThan(0.9);
    assertThat(result.confidenceScores()[60]).isZero();
  }

  @Test
  void aSpikeAmongMinutes() {
    var random = new SplittableRandom(3);
    double[] values = new double[400];
    long[] times = new long[400];
    for (int i = 0; i < values.length; i++) {
      values[i] = 20 + random.nextDouble();
      times[i] = i * 60_000_000L;
    }
    values[250] = 60;
    var request = new UnivariateRequest(new Points(times, values, Granularity.MINUTELY, 1));
    EntireResult result = new Univariate().entire(request.period(0));
    assertThat(result.trace().detector()).isEqualTo("spectral_residual");
    assertThat(result.isAnomaly()[250]).isTrue();
    assertThat(result.expectedValues()[250]).isCloseTo(20.5, within(0.5));
  }

  @Test
  void higherSensitivityMeansANarrowerBand() {
    UnivariateRequest request = new UnivariateRequest(hourly(days(240)));
    double wide = new Univariate().last(request.tuning(new Tuning().sensitivity(60))).upperMargin();
    double narrow =
        new Univariate().last(request.tuning(new Tuning().sensitivity(95))).upperMargin();
    assertThat(narrow).isLessThan(wide);
  }
}
