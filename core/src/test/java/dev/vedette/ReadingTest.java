package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.Reading.Component;
import dev.vedette.data.Series;
import dev.vedette.series.Additive;
import dev.vedette.series.MovingMedian;
import dev.vedette.series.PcaMonitor;
import dev.vedette.series.SeasonalEsd;
import dev.vedette.series.SeasonalNaive;
import dev.vedette.series.SeasonalProfile;
import dev.vedette.series.SeriesAuto;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final long START = 1_772_323_200_000L; // 2026-03-01T00:00Z
  private static final long HOUR = 3_600_000;
  private static final double WEEK = 168;

  private static long[] times(int points, long step) {
    return LongStream.range(0, points).map(i -> START + i * step).toArray();
  }

  private static double[] values(int points, IntToDoubleFunction at) {
    var noise = new SplittableRandom(3);
    return IntStream.range(0, points)
        .mapToDouble(i -> at.applyAsDouble(i) + 0.5 * noise.nextGaussian())
        .toArray();
  }

  private static double wave(double at, double period, double height) {
    return height * Math.sin(2 * Math.PI * at / period);
  }

  /** Five weeks of hours with a day and a week in them. */
  private static Series load() {
    return Series.of(
        times(840, HOUR),
        values(840, i -> 100 + 0.05 * i + wave(i, 24, 20) + (i / 24 % 7 > 4 ? -30 : 0)));
  }

  private static Reading hindsight(SeriesDetector detector, Series series) {
    return detector.fit(series).readTraining(series);
  }

  private static List<String> names(Reading reading) {
    return reading.components().stream().map(Component::name).toList();
  }

  private static double[] part(Reading reading, String name) {
    return reading.components().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values()[0];
  }

  @Test
  void scoresOfABandAreTold() {
    double[] one = {1, 2, 3};
    assertThat(Reading.of(one, one, one).band()).isTrue();
    assertThat(Reading.ofScores(one, one, one).band()).isFalse();
    assertThat(Reading.ofScores(one, one, one).withBand(true).band()).isTrue();
    Reading reading = Reading.of(one, one, one).withComponents(List.of(Component.of("all", one)));
    assertThat(reading.band()).isTrue();
    assertThat(names(reading)).containsExactly("all");
  }

  @Test
  void partsOfAnotherShapeAreRefused() {
    double[] three = {1, 2, 3};
    Reading reading = Reading.of(three, three, three);
    assertThatThrownBy(
            () -> reading.withComponents(List.of(Component.of("trend", new double[] {1, 2}))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trend needs one number per point");
    assertThatThrownBy(
            () -> reading.withComponents(List.of(new Component("trend", new double[2][3]))))
        .hasMessage("trend needs values of each variable");
  }

  @Test
  void aDayAndAWeekAreToldApartFromTheTrend() {
    for (SeriesDetector detector : List.of(new SeriesAuto(), new SeasonalEsd(), new Additive())) {
      Series load = load();
      Reading reading = hindsight(detector, load);
      assertThat(names(reading))
          .as(detector.toString())
          .contains("trend", "season of a week")
          .allMatch(name -> List.of("trend", "season of a day", "season of a week").contains(name));
      double[] trend = part(reading, "trend");
      double rise = trend[trend.length - 1] - trend[0];
      assertThat(rise).as(detector.toString()).isBetween(30.0, 54.0);
      double[] week = part(reading, "season of a week");
      assertThat(Arrays.stream(week, 168, 336).sum() / WEEK).isBetween(-4.0, 4.0);
    }
    Series load = load();
    Reading profile = hindsight(new SeasonalProfile(), load);
    assertThat(names(profile)).containsExactly("trend", "season of a day", "season of a week");
  }

  @Test
  void seasonsAreCalledByTheirLength() {
    double[] values = values(300, i -> wave(i, 12, 10));
    long minute = 60_000;
    long day = 24 * HOUR;
    assertThat(seasonOf(Series.of(times(300, 5 * minute), values))).isEqualTo("season of an hour");
    assertThat(seasonOf(Series.of(times(300, 10 * minute), values))).isEqualTo("season of 2 h");
    long[] months = new long[300];
    for (int i = 0; i < months.length; i++) {
      months[i] = LocalDate.of(1990, 1, 1).plusMonths(i).toEpochDay() * day;
    }
    assertThat(seasonOf(Series.of(months, values))).isEqualTo("season of a year");
  }

  private static String seasonOf(Series series) {
    Reading reading = hindsight(new SeasonalEsd().period(12), series);
    return names(reading).getLast();
  }

  @Test
  void holidaysAreAPartOfTheirOwn() {
    Series load = load();
    Reading reading = hindsight(new Additive().holidays("2026-03-11"), load);
    assertThat(names(reading)).endsWith("holidays");
    double[] holidays = part(reading, "holidays");
    assertThat(holidays[9 * 24]).isZero();
    assertThat(holidays[10 * 24]).isNotZero();
  }

  @Test
  void aVariableWithoutAPartHasZerosThere() {
    double[] steady = values(840, i -> 7);
    Series both =
        Series.of(
            List.of("load", "steady"), times(840, HOUR), new double[][] {load().values(0), steady});
    Reading reading = hindsight(new SeriesAuto(), both);
    assertThat(reading.band()).isTrue();
    assertThat(names(reading)).contains("trend", "season of a week");
    for (Component part : reading.components()) {
      if (!part.name().equals("trend")) {
        assertThat(part.values()[1]).containsOnly(0.0);
      }
    }
  }

  @Test
  void whatTakesNothingApartHasNoParts() {
    Series load = load();
    assertThat(hindsight(new SeasonalNaive(), load).components()).isEmpty();
    assertThat(hindsight(new PcaMonitor(), load).components()).isEmpty();
    assertThat(names(hindsight(new MovingMedian(), load))).containsExactly("trend");
  }
}
