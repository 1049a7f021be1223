package dev.vedette.pipeline.feature;

import static dev.vedette.pipeline.feature.Stream.DAY;
import static dev.vedette.pipeline.feature.Stream.HOUR;
import static dev.vedette.pipeline.feature.Stream.MINUTE;
import static dev.vedette.pipeline.feature.Stream.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Every function against values computed by hand. */
class FunctionTest {
  private static final Offset<Double> EXACTLY = within(1e-12);

  @Test
  void fieldIsItsNumber() {
    Stream stream = Stream.of("amount");
    assertThat(stream.one("a", 0, "amount", 12.5)).isEqualTo(12.5);
    assertThat(stream.one("a", 0, "amount", true)).isEqualTo(1);
    assertThat(stream.one("a", 0, "amount", false)).isEqualTo(0);
    assertThat(stream.one("a", 0, "amount", "12.5")).isNaN();
    assertThat(stream.one("a", 0)).isNaN();
    assertThat(stream.one("a", 0, "amount", Double.NEGATIVE_INFINITY)).isNaN();
  }

  @Test
  void logKeepsTheSign() {
    Stream stream = Stream.of("log(amount)", "log(difference(amount, other))");
    double[] row = stream.next("a", 0, "amount", Math.E - 1, "other", 2 * Math.E - 2);
    assertThat(row[0]).isCloseTo(1, EXACTLY);
    assertThat(row[1]).isCloseTo(-1, EXACTLY);
  }

  @Test
  void missingTellsWhetherAFieldIsThere() {
    Stream stream = Stream.of("missing(amount)");
    assertThat(stream.one("a", 0)).isEqualTo(1);
    assertThat(stream.one("a", 0, "amount", "text")).isEqualTo(0);
    assertThat(stream.one("a", 0, "amount", Double.NaN)).isEqualTo(1);
  }

  @Test
  void hourAndWeekdayAreOfTheZone() {
    Stream stream =
        Stream.of("hour(at)", "hour(at, Europe/Berlin)", "weekday(at)", "weekday(at, Asia/Tokyo)");
    long sunday = Instant.parse("2024-03-31T00:30:00Z").toEpochMilli();
    assertThat(stream.next("a", sunday)).containsExactly(0.5, 1.5, 7, 7);
    // Summer time begins at 01:00Z.
    assertThat(stream.next("a", sunday + HOUR)).containsExactly(1.5, 3.5, 7, 7);
    assertThat(stream.next("a", sunday)).containsExactly(0.5, 1.5, 7, 7);
    assertThat(stream.next("a", sunday + 15 * HOUR)).containsExactly(15.5, 17.5, 7, 1);
    assertThat(stream.next("a", -DAY)).containsExactly(0, 1, 3, 3);
  }

  @Test
  void categoryIsTheSurpriseAmongAllEvents() {
    Stream stream = Stream.of("category(type)");
    assertThat(stream.one("a", 0, "type", "food")).isEqualTo(1);
    assertThat(stream.one("b", 0, "type", "food")).isEqualTo(1);
    assertThat(stream.one("c", 0, "type", "food")).isEqualTo(1);
    assertThat(stream.one("c", 0, "type", "gold")).isCloseTo(bits(0.5 / 4), EXACTLY);
    assertThat(stream.one("c", 0, "type", "rent")).isCloseTo(bits(0.5 / 5.5), EXACTLY);
    assertThat(stream.one("c", 0)).isNaN();
  }

  private static double bits(double share) {
    return -Math.log(share) / Math.log(2);
  }

  @Test
  void countAndSumSlideWithTheEvent() {
    Stream stream = Stream.of("count(1h)", "sum(amount, 1h)", "mean(amount, 1h)");
    assertThat(stream.next("a", 0, "amount", 1.0)).containsExactly(0, 0, Double.NaN);
    assertThat(stream.next("a", 10 * MINUTE, "amount", 2.0)).containsExactly(1, 1, 1);
    assertThat(stream.next("b", 10 * MINUTE, "amount", 2.0)).containsExactly(0, 0, Double.NaN);
    assertThat(stream.next("a", 20 * MINUTE)).containsExactly(2, 3, 1.5);
    assertThat(stream.next("a", 58 * MINUTE, "amount", 6.0)).containsExactly(3, 3, 1.5);
    // Now the pane of the first event is over.
    assertThat(stream.next("a", 60 * MINUTE, "amount", 6.0)).containsExactly(3, 8, 4);
    assertThat(stream.next("a", 10 * HOUR, "amount", 6.0)).containsExactly(0, 0, Double.NaN);
  }

  @Test
  void spreadAndRangeAreOfTheWindow() {
    Stream stream = Stream.of("std(x, 1h)", "min(x, 1h)", "max(x, 1h)", "mean(log(x), 1h)");
    assertThat(stream.next("a", 0, "x", 2.0)).containsOnly(Double.NaN);
    assertThat(stream.next("a", MINUTE, "x", 4.0))
        .containsExactly(Double.NaN, 2, 2, Math.log1p(2.0));
    stream.next("a", 5 * MINUTE, "x", 9.0);
    double[] row = stream.next("a", 6 * MINUTE, "x", -1.0);
    // 2, 4, 9: mean 5, squares 9 + 1 + 16 over 2.
    assertThat(row[0]).isCloseTo(Math.sqrt(13), EXACTLY);
    assertThat(row[1]).isEqualTo(2);
    assertThat(row[2]).isEqualTo(9);
    assertThat(row[3]).isCloseTo((Math.log1p(2) + Math.log1p(4) + Math.log1p(9)) / 3, EXACTLY);
  }

  @Test
  void tumblingBeginsWithTheDay() {
    Stream stream = Stream.of("sum(amount, tumbling 1d)", "count(tumbling 7d)");
    long monday = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    stream.next("a", monday - 1, "amount", 5.0);
    assertThat(stream.next("a", monday, "amount", 7.0)).containsExactly(0, 0);
    assertThat(stream.next("a", monday + DAY - 1, "amount", 8.0)).containsExactly(7, 1);
    // One that comes late is of the day and week before.
    assertThat(stream.next("a", monday - 1, "amount", 2.0)).containsExactly(5, 1);
    assertThat(stream.next("a", monday + DAY, "amount", 8.0)).containsExactly(0, 2);
  }

  @Test
  void windowOfEventsForgetsTheOldest() {
    Stream stream =
        Stream.of("mean(x, 2 events)", "count(2 events)", "max(x, 2 events)", "std(x, 2 events)");
    stream.next("a", 0, "x", 1.0);
    stream.next("a", DAY, "x", 3.0);
    assertThat(stream.next("a", 50 * DAY, "x", 7.0)).containsExactly(2, 2, 3, Math.sqrt(2));
    assertThat(stream.next("a", 50 * DAY)).containsExactly(5, 2, 7, Math.sqrt(8));
  }

  @Test
  void rateIsOfTheAgeOfAYoungKey() {
    Stream stream = Stream.of("rate(1h)", "rate(10d)", "rate(2 events)", "rate(tumbling 1d)");
    assertThat(stream.next("a", 0)).containsExactly(0, 0, 0, 0);
    assertThat(stream.next("a", 30 * MINUTE)).containsExactly(2, 2, 2, 2);
    assertThat(stream.next("a", 60 * MINUTE)).containsExactly(1, 2, 2, 2);
    double[] row = stream.next("a", DAY + 2 * HOUR);
    assertThat(row[0]).isEqualTo(0);
    assertThat(row[1]).isCloseTo(3 / 26.0, EXACTLY);
    assertThat(row[2]).isCloseTo(2 / 25.5, EXACTLY);
    assertThat(row[3]).isEqualTo(0);
    // A second event at once is as one a minute later.
    stream.next("b", 0);
    assertThat(stream.next("b", 0)).containsExactly(60, 60, 60, 60);
  }

  @Test
  void distinctCountsValues() {
    Stream stream =
        Stream.of("distinct(shop, 30m)", "distinct(shop, 2 events)", "distinct(shop, tumbling 1d)");
    assertThat(stream.next("a", 0, "shop", "x")).containsExactly(0, 0, 0);
    assertThat(stream.next("a", MINUTE, "shop", "y")).containsExactly(1, 1, 1);
    assertThat(stream.next("a", 2 * MINUTE, "shop", "x")).containsExactly(2, 2, 2);
    assertThat(stream.next("a", 3 * MINUTE, "shop", "x")).containsExactly(2, 2, 2);
    assertThat(stream.next("a", 4 * MINUTE)).containsExactly(2, 1, 2);
    assertThat(stream.next("a", 31 * MINUTE)).containsExactly(1, 1, 2);
    assertThat(stream.next("a", DAY)).containsExactly(0, 1, 0);
  }

  @Test
  void distinctCountsNothingThatCameAfter() {
    Stream stream =
        Stream.of("distinct(shop, tumbling 1d)", "distinct(shop, 30m)", "count(tumbling 1d)");
    stream.next("a", DAY - 2 * MINUTE, "shop", "v");
    for (String shop : new String[] {"x", "y", "z"}) {
      stream.next("a", DAY + MINUTE, "shop", shop);
    }
    assertThat(stream.next("a", DAY - MINUTE, "shop", "w")).containsExactly(1, 1, 1);
  }

  @Test
  void surpriseOfAnEventLongBeforeTheOthersIsKnown() {
    Stream stream = Stream.of("surprise(shop, 1s)");
    stream.one("a", DAY, "shop", "x");
    stream.one("a", DAY - 10 * MINUTE, "shop", "y");
    assertThat(stream.one("a", DAY - 10 * MINUTE, "shop", "y")).isBetween(0.0, 20.0);
  }

  @Test
  void distinctOfVeryManyIsNear() {
    Stream stream = Stream.of("distinct(shop, 30m)");
    double found = 0;
    for (int i = 0; i <= 10_000; i++) {
      found = stream.one("a", 0, "shop", "shop " + i);
      if (i <= Distinct.LIMIT) {
        assertThat(found).isEqualTo(i);
      }
    }
    assertThat(found).isCloseTo(10_000, within(2_500.0));
    // A window later few values are counted exactly again.
    for (int day = 1; day < 20; day++) {
      for (int i = 0; i < 10; i++) {
        found = stream.one("a", day * DAY + i, "shop", "shop " + i);
      }
    }
    assertThat(found).isEqualTo(9);
  }

  @Test
  void zscoreOfFewEventsIsDrawnToAllKeys() {
    Stream stream = Stream.of("zscore(x, 90d)");
    assertThat(stream.one("a", 0, "x", 10.0)).isNaN();
    // The only deviation there is, so that it is its own prior: away / sqrt(e^(2 * 0.635) away^2).
    double first = Math.exp(-0.6351814227307392);
    assertThat(stream.one("a", 1, "x", 1e9)).isCloseTo(first, within(1e-9));
    assertThat(stream.one("b", 1, "x", 0.0)).isNaN();
    assertThat(stream.one("b", 2, "x", 0.0)).isEqualTo(0);
    assertThat(stream.one("b", 2)).isNaN();
  }

  @Test
  void zscoreOfManyEventsIsTheirOwn() {
    Stream stream = Stream.of("zscore(x, 90d)");
    for (int i = 0; i < 1000; i++) {
      stream.one("a", i, "x", i % 2 == 0 ? 9.0 : 11.0);
    }
    assertThat(stream.one("a", 1000, "x", 15.0)).isCloseTo(5, within(0.02));
    // 15 is in the past of the next one, too.
    assertThat(stream.one("a", 1000, "x", 7.0)).isCloseTo(-3.005 / Math.sqrt(1.025), within(0.02));
  }

  @Test
  void ratioOfNothingIsMissing() {
    Stream stream =
        Stream.of("ratio(amount, mean(amount, 30d))", "ratio(a, amount)", "difference(a, amount)");
    assertThat(stream.next("a", 0, "amount", 10.0)).containsOnly(Double.NaN);
    assertThat(stream.next("a", 1, "amount", 25.0, "a", 5.0)).containsExactly(2.5, 0.2, -20);
    assertThat(stream.next("a", 1, "amount", 0.0, "a", 5.0)).containsExactly(0, Double.NaN, 5);
  }

  @Test
  void surpriseIsDrawnToAllKeys() {
    Stream stream = Stream.of("surprise(shop, 90d)");
    stream.one("a", 0, "shop", "x");
    stream.one("a", 0, "shop", "x");
    stream.one("a", 0, "shop", "y");
    // y has 1.5 of 3 + 3 / 2 over all keys; b has no past.
    double global = 1.5 / 4.5;
    assertThat(stream.one("b", 0, "shop", "y")).isCloseTo(bits(global), EXACTLY);
    // What half of the past or more had is not surprising, however often it was.
    assertThat(stream.one("a", 0, "shop", "x")).isEqualTo(1);
    // 45 days later a weight is 1 / e; the key has had x three times and y once.
    global = 2.5 / 6.5;
    double weight = Math.exp(-1);
    assertThat(stream.one("a", 45 * DAY, "shop", "y"))
        .isCloseTo(bits((weight + 2 * global) / (4 * weight + 2)), EXACTLY);
  }

  @Test
  void surpriseOfHoursIsSmoothOverMidnight() {
    Stream stream = Stream.of("surprise(hour(at), 90d)");
    assertThat(stream.one("a", 23 * HOUR)).isCloseTo(bits(1 / 24.0), EXACTLY);
    double global = (2 / 9.0 + 0.5) / 13;
    assertThat(stream.one("a", 24 * HOUR))
        .isCloseTo(bits((2 / 9.0 * decay(HOUR) + 0.25 * global) / (decay(HOUR) + 0.25)), EXACTLY);
    double noon = stream.one("b", 12 * HOUR);
    assertThat(noon).isCloseTo(bits(0.5 / 14), EXACTLY);
  }

  private static double decay(long age) {
    return Math.exp(-2.0 * age / (90 * DAY));
  }

  @Test
  void novelIsAValueTheKeyDidNotHave() {
    Stream stream = Stream.of("novel(shop, 10d)", "change(shop)");
    assertThat(stream.next("a", 0, "shop", "x")).containsOnly(Double.NaN);
    assertThat(stream.next("b", 0, "shop", "x")).containsOnly(Double.NaN);
    assertThat(stream.next("a", DAY, "shop", "y")).containsExactly(1, 1);
    assertThat(stream.next("a", DAY, "shop", "y")).containsExactly(0, 0);
    assertThat(stream.next("a", DAY)).containsOnly(Double.NaN);
    assertThat(stream.next("a", 2 * DAY, "shop", "x")).containsExactly(0, 1);
    // Of y, the last is 11 days ago, of x 10.
    assertThat(stream.next("a", 12 * DAY, "shop", "y")).containsExactly(1, 1);
    assertThat(stream.next("a", 30 * DAY, "shop", "y")).containsExactly(Double.NaN, 0);
  }

  @Test
  void sinceLastIsInSeconds() {
    Stream stream = Stream.of("since_last()", "since_last(shop)");
    assertThat(stream.next("a", 0, "shop", "x")).containsOnly(Double.NaN);
    assertThat(stream.next("a", 1500, "shop", "y")).containsExactly(1.5, Double.NaN);
    assertThat(stream.next("a", 2 * SECOND, "shop", "x")).containsExactly(0.5, 2);
    // An event that comes late was at once.
    assertThat(stream.next("a", SECOND, "shop", "x")).containsExactly(0, 0);
    assertThat(stream.next("a", 3 * SECOND)).containsExactly(1, Double.NaN);
  }

  @Test
  void speedIsTheLowestFromTheLastThreePlaces() {
    Stream stream = Stream.of("speed(lat, lon)");
    // A degree of a meridian is 111.195 km.
    double degree = 6_371.0088 * Math.PI / 180;
    assertThat(stream.one("a", 0, "lat", 0.0, "lon", 0.0)).isNaN();
    assertThat(stream.one("a", HOUR, "lat", 1.0, "lon", 0.0)).isCloseTo(degree, within(1e-9));
    // One false place, and home again: 1 degree in 2 hours, not 89 in one.
    assertThat(stream.one("a", 2 * HOUR, "lat", 90.0, "lon", 0.0)).isGreaterThan(40 * degree);
    assertThat(stream.one("a", 3 * HOUR, "lat", 2.0, "lon", 0.0))
        .isCloseTo(degree / 2, within(1e-9));
    assertThat(stream.one("a", 3 * HOUR, "lat", 2.005, "lon", 0.0)).isEqualTo(0);
    assertThat(stream.one("a", 3 * HOUR, "lat", 91.0, "lon", 0.0)).isNaN();
    assertThat(stream.one("a", 3 * HOUR)).isNaN();
    stream.one("b", 0, "lat", 0.0, "lon", 179.5);
    // At once is as in a minute; over the date line.
    assertThat(stream.one("b", 0, "lat", 0.0, "lon", -179.5)).isCloseTo(60 * degree, within(1e-6));
  }
}
