package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The full measurement is bench/run periods; here are a few series of each kind. */
class PeriodsTest {
  private static final long MINUTES_5 = 300_000;
  private static final List<DoubleUnaryOperator> PROFILES =
      List.of(
          phase -> Math.sin(2 * Math.PI * phase),
          phase -> 3 * phase,
          phase -> phase < 0.4 ? 2 : 0,
          phase -> 6 * Math.exp(-60 * (phase - 0.5) * (phase - 0.5)));

  private static double[] season(int points, double period, DoubleUnaryOperator profile) {
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = profile.applyAsDouble(i / period - Math.floor(i / period));
    }
    return values;
  }

  /** Noise, a bent trend, 1 % outliers and 10 % missing. */
  private static double[] spoilt(double[] values, SplittableRandom random) {
    double[] spoilt = values.clone();
    for (int i = 0; i < spoilt.length; i++) {
      double at = (double) i / spoilt.length;
      spoilt[i] += 0.5 * random.nextGaussian() + 4 * at * at;
      if (random.nextDouble() < 0.01) {
        spoilt[i] += 15;
      }
      if (random.nextDouble() < 0.1) {
        spoilt[i] = Double.NaN;
      }
    }
    return spoilt;
  }

  @Test
  void oneSeasonOfAnyShapeIsFound() {
    for (double period : new double[] {4, 7, 12.5, 24, 61.3, 168, 288}) {
      for (int p = 0; p < PROFILES.size(); p++) {
        var random = Seeds.stream(11, (long) (10 * period) + p);
        int points = (int) Math.max(200, 8 * period);
        double[] values = spoilt(season(points, period, PROFILES.get(p)), random);
        List<Season> found = Periods.of(values, 0);
        assertThat(found).as("period %s, profile %s", period, p).hasSize(1);
        assertThat(found.getFirst().points())
            .isCloseTo(period, within(Math.max(0.5, 0.01 * period)));
        assertThat(found.getFirst().strength()).isBetween(0.3, 1.0);
      }
    }
  }

  @Test
  void aWeekAndItsDaysAreTwoSeasons() {
    double[] values = season(24 * 7 * 6, 24, PROFILES.get(1));
    double[] week = season(values.length, 168, PROFILES.get(2));
    Arrays.setAll(values, i -> values[i] + week[i]);
    List<Season> found = Periods.of(spoilt(values, Seeds.stream(12, 0)), 0);
    assertThat(found).hasSize(2);
    assertThat(found).anySatisfy(season -> assertThat(season.rounded()).isEqualTo(24));
    assertThat(found).anySatisfy(season -> assertThat(season.points()).isCloseTo(168, within(1.0)));
    assertThat(Periods.of(spoilt(values, Seeds.stream(12, 0)), 12 * MINUTES_5))
        .extracting(Season::rounded)
        .containsExactlyInAnyOrder(24, 168);
  }

  @Test
  void aKnownStepTellsOfAWeekThatIsSeenTwice() {
    double[] values = season(288 * 14, 288, PROFILES.getFirst());
    Arrays.setAll(values, i -> values[i] + ((i / 288) % 7 < 5 ? 1.5 : 0));
    double[] spoilt = spoilt(values, Seeds.stream(13, 0));
    assertThat(Periods.of(spoilt, MINUTES_5))
        .extracting(Season::rounded)
        .containsExactly(288, 7 * 288);
    assertThat(Periods.of(spoilt, 0)).extracting(Season::rounded).containsExactly(288);
  }

  @Test
  void nothingIsFoundWhereNothingRepeats() {
    int found = 0;
    for (int i = 0; i < 60; i++) {
      var random = Seeds.stream(14, i);
      double memory = List.of(0.0, 0.5, 0.9, 1.0).get(i % 4);
      double[] values = new double[300 + 20 * i];
      double level = 0;
      for (int t = 0; t < values.length; t++) {
        level = memory * level + random.nextGaussian();
        values[t] = level;
      }
      found += Periods.of(spoilt(values, random), 0).size();
    }
    assertThat(found).isLessThanOrEqualTo(1);
  }

  @Test
  void constantShortAndEmptySeriesHaveNoPeriod() {
    assertThat(Periods.of(new double[0], 0)).isEmpty();
    assertThat(Periods.of(new double[] {1, 2, 1, 2}, 0)).isEmpty();
    assertThat(Periods.of(new double[500], MINUTES_5)).isEmpty();
    double[] missing = new double[500];
    Arrays.fill(missing, Double.NaN);
    assertThat(Periods.of(missing, MINUTES_5)).isEmpty();
  }

  @Test
  void whatIsShiftedOrScaledHasTheSamePeriod() {
    double[] values = spoilt(season(400, 24, PROFILES.get(1)), Seeds.stream(15, 0));
    for (double scale : new double[] {1e-200, 1e-9, 1e9, 1e100}) {
      double[] scaled = Arrays.stream(values).map(value -> scale * (value + 5)).toArray();
      assertThat(Periods.of(scaled, 0)).extracting(Season::rounded).containsExactly(24);
    }
  }

  /** The place of a high harmonic in a long spectrum is beyond what an int counts half way. */
  @Test
  void highHarmonicsOfALongPeriodAreLookedAt() {
    assertThat(new Spectrum(new double[600_000]).outstanding(150_000, 2_000)).isNotNegative();
  }
}
