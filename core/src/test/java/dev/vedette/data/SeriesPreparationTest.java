package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.data.SeriesPreparation.Aggregate;
import dev.vedette.data.SeriesPreparation.Duplicates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesPreparationTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long HOUR = 3_600_000;
  private static final double NAN = Double.NaN;

  private static long[] moments(String... texts) {
    return Stream.of(texts).mapToLong(text -> Instant.parse(text).toEpochMilli()).toArray();
  }

  private static long[] days(String... dates) {
    return Stream.of(dates)
        .mapToLong(date -> LocalDate.parse(date).atStartOfDay(BERLIN).toInstant().toEpochMilli())
        .toArray();
  }

  @Test
  void pointsAreSortedAndDuplicatesMerged() {
    long[] times = {30, 10, 20, 10, 20};
    double[][] values = {{3, 1, NAN, 2, 7}};
    Series mean = SeriesPreparation.sorted(List.of("x"), times, values, Duplicates.MEAN);
    assertThat(mean.times()).containsExactly(10, 20, 30);
    assertThat(mean.values(0)).containsExactly(1.5, 7, 3);
    Series last = SeriesPreparation.sorted(List.of("x"), times, values, Duplicates.LAST);
    assertThat(last.values(0)).containsExactly(2, 7, 3);
    assertThatThrownBy(
            () -> SeriesPreparation.sorted(List.of("x"), times, values, Duplicates.REFUSE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "points 1 and 3 are both at 1970-01-01T00:00:00.010Z; merge them by mean or last");
  }

  @Test
  void daysAreThoseOfTheTimeZone() {
    long[] spring = days("2025-03-28", "2025-03-29", "2025-03-30", "2025-03-31", "2025-04-02");
    assertThat(Step.of(spring, BERLIN)).isEqualTo(new Step.Days(1, BERLIN));
    assertThat(Step.of(spring, ZoneOffset.UTC)).isEqualTo(new Step.Fixed(24 * HOUR));
    Series series = Series.of(spring, new double[] {1, 2, 3, 4, 6});
    Series regular = SeriesPreparation.regular(series, new Step.Days(1, BERLIN));
    assertThat(regular.times())
        .containsExactly(
            days(
                "2025-03-28",
                "2025-03-29",
                "2025-03-30",
                "2025-03-31",
                "2025-04-01",
                "2025-04-02"));
    assertThat(regular.values(0)).containsExactly(1, 2, 3, 4, NAN, 6);
  }

  @Test
  void aDayThatClocksChangeHas23Or25Hours() {
    for (String date : List.of("2025-03-30", "2025-10-26")) {
      long start = days(date)[0];
      long[] hours = LongStream.range(0, 49).map(i -> start + i * HOUR).toArray();
      double[] ones = new double[hours.length];
      Arrays.fill(ones, 1);
      Series byDay =
          SeriesPreparation.coarser(
              Series.of(hours, ones), new Step.Days(1, BERLIN), Aggregate.SUM);
      assertThat(byDay.value(0, 0)).isEqualTo(date.equals("2025-03-30") ? 23 : 25);
      assertThat(byDay.value(0, 1)).isEqualTo(24);
    }
  }

  @Test
  void monthEndsAndLeapDaysAreSteps() {
    long[] ends =
        moments(
            "2023-12-31T06:00:00Z",
            "2024-01-31T06:00:00Z",
            "2024-02-29T06:00:00Z",
            "2024-04-30T06:00:00Z",
            "2024-05-31T06:00:00Z");
    Step step = Step.of(ends, ZoneOffset.UTC);
    assertThat(step).isEqualTo(new Step.Months(1, 31, ZoneOffset.UTC));
    Series regular = SeriesPreparation.regular(Series.of(ends, new double[] {1, 2, 3, 5, 6}), step);
    assertThat(regular.time(3)).isEqualTo(moments("2024-03-31T06:00:00Z")[0]);
    assertThat(regular.values(0)).containsExactly(1, 2, 3, NAN, 5, 6);
    assertThat(Step.of(moments("2019-02-28T00:00:00Z", "2020-02-28T00:00:00Z"), ZoneOffset.UTC))
        .isEqualTo(new Step.Months(12, 28, ZoneOffset.UTC));
    Step leap = new Step.Months(12, 29, ZoneOffset.UTC);
    assertThat(leap.plus(moments("2024-02-29T00:00:00Z")[0], 1))
        .isEqualTo(moments("2025-02-28T00:00:00Z")[0]);
    assertThat(leap.plus(moments("2024-02-29T00:00:00Z")[0], 4))
        .isEqualTo(moments("2028-02-29T00:00:00Z")[0]);
  }

  @Test
  void jitterGoesToTheNearestStep() {
    long[] times = {0, 290_000, 610_000, 1_204_000};
    Series regular =
        SeriesPreparation.regular(
            Series.of(times, new double[] {1, 2, 3, 5}), new Step.Fixed(300_000));
    assertThat(regular.times()).containsExactly(0, 300_000, 600_000, 900_000, 1_200_000);
    assertThat(regular.values(0)).containsExactly(1, 2, 3, NAN, 5);
    Series far = Series.of(new long[] {0, 1, Long.MAX_VALUE / 4}, new double[3]);
    assertThatThrownBy(() -> SeriesPreparation.regular(far, new Step.Fixed(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("point 2");
  }

  @Test
  void everyImputationFillsItsWay() {
    double[] values = {NAN, 0, NAN, NAN, 3, NAN, 9, NAN};
    assertThat(new Imputation.None().fill(values)).containsExactly(values);
    assertThat(new Imputation.Previous().fill(values)).containsExactly(0, 0, 0, 0, 3, 3, 9, 9);
    assertThat(new Imputation.Linear().fill(values)).containsExactly(0, 0, 1, 2, 3, 6, 9, 9);
    assertThat(new Imputation.Constant().fill(values)).containsExactly(0, 0, 0, 0, 3, 0, 9, 0);
    assertThat(new Imputation.Constant(7).fill(values)[0]).isEqualTo(7);
    double[] week = {1, 2, 3, 1, NAN, 3, 1, 4, NAN};
    assertThat(new Imputation.Periodic(3).fill(week)).containsExactly(1, 2, 3, 1, 3, 3, 1, 4, 3);
    double[] none = {NAN, NAN};
    assertThat(new Imputation.Spline().fill(none)).containsExactly(none);
  }

  @Test
  void theSplineFollowsACurveAndStaysBetweenItsNeighbours() {
    double[] curve = new double[40];
    Arrays.setAll(curve, i -> Math.sin(i / 6.0));
    double[] holed = curve.clone();
    Arrays.fill(holed, 14, 17, NAN);
    holed[30] = NAN;
    double[] filled = new Imputation.Spline().fill(holed);
    for (int i = 0; i < curve.length; i++) {
      assertThat(filled[i]).isCloseTo(curve[i], within(0.01));
    }
    double[] step = {0, 0, NAN, NAN, NAN, 1, 1};
    assertThat(new Imputation.Spline().fill(step)).isSorted();
  }

  @Test
  void coarserStepsTellOfTheirPoints() {
    long[] times = {0, 20, 40, 130, 150};
    Series series = Series.of(times, new double[] {1, NAN, 4, 7, 5});
    Step step = new Step.Fixed(60);
    Map<Aggregate, double[]> expected =
        Map.of(
            Aggregate.MEAN, new double[] {2.5, NAN, 6},
            Aggregate.SUM, new double[] {5, NAN, 12},
            Aggregate.MEDIAN, new double[] {2.5, NAN, 6},
            Aggregate.MIN, new double[] {1, NAN, 5},
            Aggregate.MAX, new double[] {4, NAN, 7},
            Aggregate.LAST, new double[] {4, NAN, 5},
            Aggregate.COUNT, new double[] {2, 0, 2});
    expected.forEach(
        (aggregate, values) -> {
          Series coarser = SeriesPreparation.coarser(series, step, aggregate);
          assertThat(coarser.times()).containsExactly(0, 60, 120);
          assertThat(coarser.values(0)).containsExactly(values);
        });
  }
}
