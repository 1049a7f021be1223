package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.SeriesStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SeasonalProfileTest {
  private static final long START = Instant.parse("2025-01-06T00:00:00Z").toEpochMilli(); // Monday
  private static final long HOUR = 3_600_000;

  /** {@code days} of hours with the value {@code ofHour} says for the hour since the start. */
  private static SeriesStream after(int days, DoubleUnaryOperator ofHour) {
    SeriesStream stream = new SeasonalProfile().start(1);
    for (int hour = 0; hour < 24 * days; hour++) {
      stream.learn(START + hour * HOUR, new double[] {ofHour.applyAsDouble(hour)});
    }
    return stream;
  }

  private static double score(SeriesStream stream, int hour, double value) {
    return stream.score(START + hour * HOUR, new double[] {value});
  }

  @Test
  void theFirstPointsByHand() {
    SeriesStream stream = after(0, hour -> 0);
    stream.learn(START, new double[] {10});
    // One point: a level of 10, uncertain by itself; (1 + 9) / 0.5 = 20.
    assertThat(stream.expected(START + HOUR, 0)).isEqualTo(10);
    assertThat(stream.spread(START + HOUR, 0)).isEqualTo(200);
    stream.learn(START + HOUR, new double[] {12});
    // Two: the mean of both; the difference, times (2 + 9) / 1.
    assertThat(stream.expected(START + 3 * HOUR, 0)).isEqualTo(11);
    assertThat(stream.spread(START + 3 * HOUR, 0)).isCloseTo(11 * 2, within(1e-9));
    // Where the second lay, half of the difference is left: 1 / (1 day + 0.3) is of the day, and of
    // what is then left, 1 − 1 / 14.3, the part 1 / (1 week + 0.5) is of the week.
    assertThat(stream.expected(START + 25 * HOUR, 0)).isBetween(11.7, 12.5);
  }

  @Test
  void whatIsUsualAtNoonIsStrangeAtMidnight() {
    var random = new SplittableRandom(1);
    SeriesStream stream =
        after(14, hour -> 100 - 20 * Math.cos(hour * Math.PI / 12) + random.nextGaussian());
    int midnight = 24 * 14;
    assertThat(stream.expected(START + midnight * HOUR, 0)).isCloseTo(80, within(2.0));
    assertThat(stream.expected(START + (midnight + 12) * HOUR, 0)).isCloseTo(120, within(2.0));
    assertThat(score(stream, midnight, 120)).isGreaterThan(8);
    assertThat(score(stream, midnight + 12, 120)).isLessThan(2);
    assertThat(score(stream, midnight, 80)).isLessThan(2);
  }

  @Test
  void aSundayIsNoMonday() {
    var random = new SplittableRandom(2);
    SeriesStream stream =
        after(56, hour -> (Math.floor(hour / 24) % 7 == 6 ? 20 : 100) + random.nextGaussian());
    int monday = 24 * 56 + 12;
    int sunday = monday + 6 * 24;
    assertThat(score(stream, monday, 20)).isGreaterThan(8);
    assertThat(score(stream, sunday, 20)).isLessThan(3);
    assertThat(score(stream, monday, 100)).isLessThan(3);
  }

  @Test
  void noRhythmIsInventedInARandomWalk() {
    var random = new SplittableRandom(3);
    double[] value = new double[1];
    SeriesStream stream = after(28, hour -> value[0] += random.nextGaussian());
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int hour = 0; hour < 24; hour++) {
      double expected = stream.expected(START + (24 * 28 + hour) * HOUR, 0);
      least = Math.min(least, expected);
      most = Math.max(most, expected);
    }
    assertThat(most - least).isLessThan(stream.spread(START, 0) * 2);
  }

  @Test
  void theRhythmFollowsTheClocks() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    SeriesStream stream = new SeasonalProfile().zone("Europe/Berlin").start(1);
    ZonedDateTime time = ZonedDateTime.of(2025, 3, 1, 0, 0, 0, 0, berlin);
    ZonedDateTime changed = ZonedDateTime.of(2025, 3, 30, 0, 0, 0, 0, berlin);
    while (time.isBefore(changed)) {
      boolean lunch = time.getHour() == 12;
      stream.learn(time.toInstant().toEpochMilli(), new double[] {lunch ? 50 : 10});
      time = time.plusHours(1);
    }
    long noon = changed.withHour(12).toInstant().toEpochMilli();
    assertThat(stream.expected(noon, 0)).isGreaterThan(40);
    assertThat(stream.expected(noon + HOUR, 0)).isLessThan(20);
  }

  @Test
  void aNewLevelIsLearnedAndOneFarValueIsNot() {
    var random = new SplittableRandom(4);
    SeriesStream stream = after(28, hour -> (hour < 24 * 14 ? 100 : 200) + random.nextGaussian());
    int now = 24 * 28;
    assertThat(score(stream, now, 200)).isLessThan(3);
    assertThat(score(stream, now, 100)).isGreaterThan(5);
    double before = stream.expected(START + (now + 24) * HOUR, 0);
    stream.learn(START + now * HOUR, new double[] {1e6});
    assertThat(stream.expected(START + (now + 24) * HOUR, 0)).isCloseTo(before, within(10.0));
    assertThat(score(stream, now + 1, 300)).isGreaterThan(5);
  }

  @Test
  void severalVariablesScoreAsTheFarthest() {
    SeriesStream stream = new SeasonalProfile().start(2);
    var random = new SplittableRandom(5);
    for (int hour = 0; hour < 24 * 7; hour++) {
      stream.learn(
          START + hour * HOUR, new double[] {random.nextGaussian(), 50 + random.nextGaussian()});
    }
    long next = START + 24 * 7 * HOUR;
    double second = 90;
    double far = (second - stream.expected(next, 1)) / stream.spread(next, 1);
    assertThat(stream.score(next, new double[] {0, second})).isCloseTo(far, within(1e-12));
    assertThat(stream.score(next, new double[] {Double.NaN, second})).isCloseTo(far, within(1e-12));
    assertThat(stream.score(next, new double[] {Double.NaN, Double.NaN})).isZero();
  }

  @Test
  void oneKeyTakesLessThanTwentyKilobytes() {
    assertThat(new SeasonalProfile().start(1).bytes()).isLessThan(20_000);
  }

  @Test
  void refusesUnknownZones() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeasonalProfile().zone("Atlantis"))
        .withMessageContaining("'Atlantis'");
  }
}
