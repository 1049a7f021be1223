package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.data.SeriesPreparation.Aggregate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to series before a detector sees them. */
class PreparationTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long HOUR = 3_600_000;
  private static final double NAN = Double.NaN;

  @TempDir Path folder;

  private static long millis(String moment) {
    return Instant.parse(moment).toEpochMilli();
  }

  /** Every hour the number of the hour. */
  private static Series hours(String from, int count) {
    long[] times = new long[count];
    double[] values = new double[count];
    Arrays.setAll(times, i -> millis(from) + i * HOUR);
    Arrays.setAll(values, i -> i);
    return Series.of(times, values);
  }

  private static Preparation.Prepared apply(Preparation preparation, Series series) {
    return preparation.apply(series, series.step(), false);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,500ms",
    "30s,30s",
    "90s,90s",
    "120s,2m",
    "15m,15m",
    "15min,15m",
    "1h,1h",
    "24h,24h",
    "1d,1d",
    "7d,1w",
    "2w,2w",
    "1mo,1mo",
    "12mo,1y",
    "1y,1y"
  })
  void stepsAreReadAndWritten(String text, String written) {
    Step step = Step.parse(text, BERLIN);
    assertThat(step.text()).isEqualTo(written);
    assertThat(Step.parse(step.text(), BERLIN)).isEqualTo(step);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0h", "-1h", "1", "h", "1.5h", "1 fortnight", "9999999999h"})
  void noStepIsRefused(String text) {
    assertThatThrownBy(() -> Step.parse(text, BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a step is a whole number, 1 or more, and a unit of ms, s, m, h, d, w, mo or y, such as"
                + " 15m, 1h, 1d or 1mo, is '%s'",
            text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "previous",
        "linear",
        "periodic",
        "periodic=24",
        "spline",
        "zero",
        "fixed=3",
        "fixed=-0.5",
        "none"
      })
  void imputationsAreReadAndWritten(String text) {
    assertThat(Imputation.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fixed", "fixed=", "fixed=a", "periodic=1", "linear=3", "nearest"})
  void noImputationIsRefused(String text) {
    assertThatThrownBy(() -> Imputation.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void daysOfAZoneHave23And25Hours() {
    var daily = new Preparation().zone(BERLIN).every(new Step.Days(1, BERLIN), Aggregate.COUNT);
    Series spring = apply(daily, hours("2026-03-27T23:00:00Z", 71)).series();
    assertThat(spring.values(0)).containsExactly(24, 23, 24);
    assertThat(spring.time(2)).isEqualTo(millis("2026-03-29T22:00:00Z"));
    Series autumn = apply(daily, hours("2026-10-23T22:00:00Z", 73)).series();
    assertThat(autumn.values(0)).containsExactly(24, 25, 24);
  }

  @Test
  void weeksBeginOnMondaysAndMonthsOnTheFirst() {
    Step week = Step.parse("1w", ZoneOffset.UTC);
    assertThat(week.floor(millis("2026-03-08T23:00:00Z")))
        .isEqualTo(millis("2026-03-02T00:00:00Z"));
    assertThat(week.floor(millis("1969-12-31T00:00:00Z")))
        .isEqualTo(millis("1969-12-29T00:00:00Z"));
    Step month = Step.parse("1mo", BERLIN);
    assertThat(month.floor(millis("2026-03-31T21:59:00Z")))
        .isEqualTo(millis("2026-02-28T23:00:00Z"));
  }

  @Test
  void jitterStaysOnePointAStep() {
    long[] times = {0, 59_000, 121_000, 180_000, 299_000, 360_500};
    Series series = Series.of(times, new double[] {1, 2, 3, 4, 6, 7});
    var minutes = new Preparation().every(Step.parse("1m", ZoneOffset.UTC), Aggregate.MEAN);
    var prepared = apply(minutes, series);
    assertThat(prepared.series().times())
        .containsExactly(0, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000);
    assertThat(prepared.series().values(0)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(prepared.remarks())
        .containsExactly(
            "6 points became 7, the mean of every 1m; 1 of them have no value",
            "1 missing values were put on the line between their neighbours");
    Series alone = minutes.apply(series.slice(1, 2), 60_000, false).series();
    assertThat(alone.times()).containsExactly(60_000);
  }

  @Test
  void aFinerStepIsRefusedWithARemedy() {
    var finer = new Preparation().every(Step.parse("15m", ZoneOffset.UTC), Aggregate.MEAN);
    assertThatThrownBy(() -> apply(finer, hours("2026-03-01T00:00:00Z", 20)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a step of 15m is finer than the series, whose points are 1 h apart; what lies between"
                + " would be made up: take a step at least as long, such as --every 1h");
  }

  @ParameterizedTest
  @EnumSource(Aggregate.class)
  void stepsCoveredInPartAreLeftOut(Aggregate aggregate) {
    var daily = new Preparation().every(Step.parse("1d", ZoneOffset.UTC), aggregate);
    var whole = apply(daily, hours("2026-03-01T00:00:00Z", 60 * 24));
    assertThat(whole.series().points()).isEqualTo(60);
    assertThat(whole.remarks()).hasSize(1);
    var late = apply(daily, hours("2026-03-01T00:00:00Z", 60 * 24 + 3));
    assertThat(late.series().times()).containsExactly(whole.series().times());
    assertThat(late.series().values(0)).containsExactly(whole.series().values(0));
    assertThat(late.remarks())
        .hasSize(2)
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("1443 points became 60, the ");
    assertThat(late.remarks())
        .contains("the last step, from 2026-04-30 00:00, is covered only in part and was left out");
    var both = apply(daily, hours("2026-03-01T01:00:00Z", 10 * 24));
    assertThat(both.series().points()).isEqualTo(9);
    assertThat(both.series().time(0)).isEqualTo(millis("2026-03-02T00:00:00Z"));
    assertThat(both.remarks())
        .contains(
            "the first step, from 2026-03-01 00:00, is covered only in part and was left out",
            "the last step, from 2026-03-11 00:00, is covered only in part and was left out");
  }

  @Test
  void theLabelsOfStepsLeftOutGoWithThem() {
    boolean[] labels = new boolean[5 * 24 + 3];
    labels[30] = true;
    labels[5 * 24] = true;
    Series series = hours("2026-03-01T00:00:00Z", labels.length).withLabels(labels);
    var daily = new Preparation().every(Step.parse("1d", ZoneOffset.UTC), Aggregate.MEAN);
    assertThat(apply(daily, series).series().labels().orElseThrow())
        .containsExactly(false, true, false, false, false);
  }

  @Test
  void fewStepsAreKeptAndSaidAloud() {
    var daily = new Preparation().every(Step.parse("1d", ZoneOffset.UTC), Aggregate.SUM);
    var late = apply(daily, hours("2026-03-01T00:00:00Z", 50));
    assertThat(late.series().points()).isEqualTo(3);
    assertThat(late.remarks())
        .hasSize(2)
        .contains("the last step, from 2026-03-03 00:00, is covered only in part");
    var both = apply(daily, hours("2026-03-01T05:00:00Z", 3 * 24));
    assertThat(both.series().points()).isEqualTo(4);
    assertThat(both.remarks()).hasSize(3);
    assertThat(apply(daily, hours("2026-03-01T05:00:00Z", 50)).remarks())
        .contains(
            "the first step, from 2026-03-01 00:00, is covered only in part",
            "the last step, from 2026-03-03 00:00, is covered only in part");
    assertThat(apply(daily, hours("2026-03-01T05:00:00Z", 3)).series().points()).isEqualTo(1);
  }

  /** Three hours of each day are known, so that no day is whole. */
  @Test
  void stepsOfUnevenSeriesAreKept() {
    Series all = hours("2026-03-01T00:00:00Z", 40 * 24 + 1);
    int[] kept = IntStream.range(0, all.points()).filter(i -> i % 24 < 2 || i % 24 == 9).toArray();
    Series uneven =
        Series.of(
            Arrays.stream(kept).mapToLong(all::time).toArray(),
            Arrays.stream(kept).mapToDouble(i -> all.value(0, i)).toArray());
    var daily = new Preparation().every(Step.parse("1d", ZoneOffset.UTC), Aggregate.MEAN);
    var prepared = daily.apply(uneven, HOUR, false);
    assertThat(prepared.series().points()).isEqualTo(41);
    assertThat(prepared.remarks())
        .hasSize(2)
        .contains("the last step, from 2026-04-10 00:00, is covered only in part");
    var whole = daily.apply(uneven.slice(0, 120), HOUR, false);
    assertThat(whole.series().points()).isEqualTo(40);
    assertThat(whole.remarks()).hasSize(1);
  }

  /** A month has 28 to 31 days, and its one point may be its last day. */
  @Test
  void oneOrSomePointsAStepAreWhole() {
    Step month = Step.parse("1mo", ZoneOffset.UTC);
    long[] ends = new long[24];
    long first = millis("2024-01-01T00:00:00Z");
    Arrays.setAll(ends, i -> month.plus(first, i + 1) - 24 * HOUR);
    for (int from = 0; from < 12; from++) {
      for (int to = from + 4; to <= 24; to++) {
        Series series = Series.of(ends, new double[24]).slice(from, to);
        var prepared = apply(new Preparation().every(month, Aggregate.SUM), series);
        assertThat(prepared.series().points()).isEqualTo(to - from);
        assertThat(prepared.remarks()).hasSize(1);
      }
    }
  }

  @Test
  void labelsAreCarriedAlong() {
    boolean[] labels = new boolean[48];
    labels[30] = true;
    Series series = hours("2026-03-01T00:00:00Z", 48).withLabels(labels);
    Series gap = Series.of(series.times(), series.values(0)).withLabels(labels);
    var sixth = new Preparation().every(Step.parse("6h", ZoneOffset.UTC), Aggregate.MEDIAN);
    assertThat(apply(sixth, gap).series().labels().orElseThrow())
        .containsExactly(false, false, false, false, false, true, false, false);
    Series holed =
        Series.of(new long[] {0, 10, 40}, new double[] {1, 2, 5})
            .withLabels(new boolean[] {true, false, true});
    var tens = new Preparation().every(new Step.Fixed(10), Aggregate.MEAN);
    assertThat(apply(tens, holed).series().labels().orElseThrow())
        .containsExactly(true, false, false, false, true);
  }

  @Test
  void missingValuesAreFilledAsAsked() {
    double[] values = {1, 2, 3, 1, NAN, 3, 1, 2, NAN};
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> i * 8L * HOUR);
    Series series = Series.of(times, values);
    assertThat(filled("previous", series)).containsExactly(1, 2, 3, 1, 1, 3, 1, 2, 2);
    assertThat(filled("linear", series)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 2);
    assertThat(filled("periodic", series)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
    assertThat(filled("zero", series)).containsExactly(1, 2, 3, 1, 0, 3, 1, 2, 0);
    assertThat(filled("fixed=7", series)).containsExactly(1, 2, 3, 1, 7, 3, 1, 2, 7);
    var none = new Preparation().imputation(new Imputation.None());
    assertThat(none.apply(series, 0, true).series().values(0)).containsExactly(values);
    assertThatThrownBy(() -> apply(none, series))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("2 values are missing and none may be for this detector; fill");
  }

  private static double[] filled(String how, Series series) {
    var preparation = new Preparation().imputation(Imputation.parse(how));
    return preparation.apply(series, series.step(), true).series().values(0);
  }

  @Test
  void thePeriodIsThatOfDayWeekOrYear() {
    assertThat(periodic(HOUR, 25)).isEqualTo(1);
    assertThat(periodic(24 * HOUR, 8)).isEqualTo(1);
    assertThat(periodic(7 * HOUR, 25)).isEqualTo(1);
    assertThatThrownBy(() -> periodic(5 * HOUR + 1, 25))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("give the period in points, such as periodic=24");
  }

  @Test
  void aPeriodThatTheSeriesDoesNotRepeatIsRefused() {
    double[] values = new double[400];
    values[100] = NAN;
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> i * HOUR);
    Series series = Series.of(times, values);
    assertThat(filled("periodic=200", series)[100]).isZero();
    for (String how : List.of("periodic=201", "periodic=1000000")) {
      assertThatThrownBy(() -> filled(how, series))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "a period of %s points is too long to fill a series of 400; take a period of at most"
                  + " 200 or another way to fill, such as linear",
              how.substring(9));
    }
    assertThatThrownBy(() -> filled("periodic=2", series.slice(99, 102)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a period of 2 points is too long to fill a series of 3; take another way to fill, such"
                + " as linear");
    assertThat(filled("periodic", series.slice(90, 115))[10]).isZero();
    assertThatThrownBy(() -> filled("periodic", series.slice(90, 114)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "a day, week or year of 24 points is too long to fill a series of 24");
  }

  /** What is filled in at the end of a single 1 followed by zeros. */
  private static double periodic(long step, int points) {
    double[] values = new double[points];
    long[] times = new long[points];
    Arrays.setAll(times, i -> i * step);
    values[0] = 1;
    values[points - 1] = NAN;
    return new Imputation.Periodic().fill(times, values)[points - 1];
  }

  @Test
  void timesWithoutAnOffsetAreOfTheZone() throws Exception {
    Path file = folder.resolve("local.csv");
    Files.writeString(
        file,
        """
        at,v
        2026-01-15 12:00,1
        2026-03-29 02:30,2
        2026-07-15,3
        2026-10-25 02:30,4
        2026-10-25 02:30:00.250+01:00,5
        """);
    ReadOptions options = new ReadOptions().zone(BERLIN);
    Column.Time at;
    try (TableFile source = TableFile.open(file, options)) {
      at = (Column.Time) source.read().column("at").orElseThrow();
    }
    assertThat(List.of(at.millis(0), at.millis(1), at.millis(2), at.millis(3), at.millis(4)))
        .containsExactly(
            millis("2026-01-15T11:00:00Z"),
            millis("2026-03-29T01:30:00Z"), // there is no 02:30; it is 03:30 of summer time
            millis("2026-07-14T22:00:00Z"),
            millis("2026-10-25T00:30:00Z"), // 02:30 comes twice; the first
            millis("2026-10-25T01:30:00.250Z"));
  }
}
