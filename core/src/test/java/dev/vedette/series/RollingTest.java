package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.Reading;
import dev.vedette.data.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollingTest {
  private static final long HOUR = 3_600_000;

  /** A day's rhythm and noise. */
  private static double[] values(int points) {
    var random = new SplittableRandom(8);
    return IntStream.range(0, points)
        .mapToDouble(i -> 50 + 10 * Math.sin(2 * Math.PI * i / 24) + random.nextGaussian())
        .toArray();
  }

  private static Series hourly(double[] values) {
    long[] times = IntStream.range(0, values.length).mapToLong(i -> i * HOUR).toArray();
    return Series.of(times, values);
  }

  private static double[] scores(Rolling detector, double[] values) {
    return detector.start(1).read(hourly(values)).score();
  }

  private static byte[] bytes(RollingStream stream) throws IOException {
    var out = new ByteArrayOutputStream();
    Models.write(stream.snapshot(), out, Detectors.standard());
    return out.toByteArray();
  }

  /** Fits are due at 4, 6, 9, 13, 19, 28, 42, 62, 82, 102 and 122 points. */
  @Test
  void aPointIsReadByTheModelOfTheWindowAndThePointsSince() {
    Series series = hourly(values(131));
    for (String text : List.of("seasonal-esd", "dynamic-threshold", "spectral-residual")) {
      var detector = new Rolling(text, 100, 20);
      double[] score = detector.start(1).read(series).score();
      Reading whole = detector.series().fit(series.slice(22, 122)).read(series.slice(122, 131));
      assertThat(score[130]).isEqualTo(whole.score()[8]);
      Reading early = detector.series().fit(series.slice(0, 62)).read(series.slice(62, 71));
      assertThat(score[70]).isEqualTo(early.score()[8] * (61 / 71.0));
      assertThat(Arrays.copyOf(score, 4)).containsOnly(0);
    }
  }

  @Test
  void aSpikeStandsOutAndANewLevelBecomesUsual() {
    double[] values = values(1_200);
    values[500] += 15;
    for (int i = 700; i < values.length; i++) {
      values[i] += 30;
    }
    double[] scores = scores(new Rolling().window(240).every(24), values);
    double usual = Arrays.stream(scores, 240, 500).max().orElseThrow();
    assertThat(scores[500]).isGreaterThan(2 * usual);
    assertThat(scores[700]).isGreaterThan(2 * usual);
    double after = Arrays.stream(scores, 964, 1_200).max().orElseThrow(); // a window and a fit on
    assertThat(after).isLessThan(6);
    assertThat(Arrays.stream(scores, 964, 1_200).average().orElseThrow()).isLessThan(1.5);
  }

  @Test
  void aFitThatIsRefusedLeavesTheFormerModel() {
    double[] values = values(600);
    RollingStream stream = new Rolling().window(100).every(20).start(1);
    for (int i = 0; i < 300; i++) {
      stream.learn(i * HOUR, new double[] {values[i]});
    }
    int before = System.identityHashCode(stream.snapshot().model());
    long gap = 400L * 365 * 24 * HOUR; // too many steps for a window
    for (int i = 300; i < 390; i++) {
      assertThat(stream.score(i * HOUR + gap, new double[] {values[i]})).isFinite();
      stream.learn(i * HOUR + gap, new double[] {values[i]});
    }
    assertThat(System.identityHashCode(stream.snapshot().model())).isEqualTo(before);
    for (int i = 390; i < 450; i++) {
      stream.learn(i * HOUR + gap, new double[] {values[i]});
    }
    assertThat(System.identityHashCode(stream.snapshot().model())).isNotEqualTo(before);
    assertThat(stream.score(450 * HOUR + gap, new double[] {values[450]})).isLessThan(5);
    assertThat(stream.score(450 * HOUR + gap, new double[] {0})).isGreaterThan(10);
  }

  @Test
  void aMissingValueIsTheLastOneWhereItMustBeKnown() throws IOException {
    double[] values = values(200);
    RollingStream holed = new Rolling("windows", 100, 20).start(1);
    RollingStream held = new Rolling("windows", 100, 20).start(1);
    holed.learn(-HOUR, new double[] {Double.NaN});
    for (int i = 0; i < 200; i++) {
      boolean missing = i % 9 == 4;
      holed.learn(i * HOUR, new double[] {missing ? Double.NaN : values[i]});
      held.learn(i * HOUR, new double[] {missing ? values[i - 1] : values[i]});
    }
    assertThat(bytes(holed)).isEqualTo(bytes(held));
    assertThat(holed.score(200 * HOUR, new double[] {Double.NaN})).isZero();
    assertThat(holed.score(200 * HOUR, new double[] {90})).isPositive();
  }

  @Test
  void fittedItKnowsTheLastWindow() {
    Series series = hourly(values(400));
    var detector = new Rolling().window(100).every(20);
    Rolling.Fitted model = detector.fit(series.slice(0, 300));
    Reading beside = model.read(series.slice(100, 200));
    Reading whole = new SeasonalEsd().fit(series.slice(200, 300)).read(series.slice(100, 200));
    assertThat(beside.score()).containsExactly(whole.score());
    double[] later = model.read(series.slice(300, 400)).score();
    Reading next = new SeasonalEsd().fit(series.slice(200, 300)).read(series.slice(300, 301));
    assertThat(later[0]).isEqualTo(next.score()[0]);
    assertThat(model.readTraining(series.slice(0, 300)).score())
        .containsExactly(scores(detector, Arrays.copyOf(series.values(0), 300)));
    assertThatThrownBy(() -> detector.fit(series.slice(0, 3)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 points");
    assertThatThrownBy(
            () -> detector.detector("windows").fit(hourly(new double[] {Double.NaN, Double.NaN})))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 points");
  }

  @Test
  void onePointIsEnoughForADetectorThatNeedsNoMore() {
    Series series = hourly(values(10));
    Rolling.Fitted model = new Rolling("novelty", 100, 20).fit(series.slice(0, 1));
    Reading reading = model.read(series.slice(1, 10));
    assertThat(reading.spread()[0][0]).isFinite();
    assertThat(Arrays.stream(reading.score()).allMatch(Double::isFinite)).isTrue();
    assertThatThrownBy(() -> new Rolling("novelty", 100, 20).fit(series.slice(0, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0 points");
  }

  @Test
  void contributionsAreThoseOfTheDetector() {
    int points = 300;
    double[] first = values(points);
    double[] second = Arrays.stream(first).map(x -> 3 * x).toArray();
    double[] third = values(points + 7);
    second[280] += 40;
    long[] times = hourly(first).times();
    Series series =
        Series.of(
            List.of("a", "b", "c"),
            times,
            new double[][] {first, second, Arrays.copyOfRange(third, 7, points + 7)});
    var detector = new Rolling("variable-graph", 200, 50);
    Reading reading = detector.fit(series.slice(0, 270)).read(series.slice(270, points));
    assertThat(reading.score()[10]).isEqualTo(Arrays.stream(reading.score()).max().orElseThrow());
    assertThat(reading.contribution()[1][10]).isGreaterThan(reading.contribution()[0][10]);
    assertThat(reading.contribution()[1][10]).isGreaterThan(reading.contribution()[2][10]);
  }

  @Test
  void detectorsAreNestedAsText() throws IOException {
    var detector = new Rolling("windows:width=8:detector=knn::k=3", 100, 20);
    assertThat(detector.series()).isEqualTo(new Windows("knn:k=3", 8, false));
    Series series = hourly(values(150));
    Rolling.Fitted model = detector.fit(series.slice(0, 120));
    Path file = Files.createTempFile("rolling", ".model");
    try {
      Models.save(model, file, Detectors.standard());
      var loaded = Models.loadSeries(file, Detectors.standard());
      assertThat(loaded.score(series.slice(120, 150)))
          .containsExactly(model.score(series.slice(120, 150)));
    } finally {
      Files.delete(file);
    }
    assertThatThrownBy(() -> new Rolling("rolling", 100, 20))
        .hasMessageContaining("name another detector");
    assertThatThrownBy(() -> new Rolling("pelt", 100, 20))
        .hasMessageContaining("take bayesian-change-points");
    assertThatThrownBy(() -> new Rolling("nothing", 100, 20))
        .hasMessageContaining("no detector of series [nothing]");
    assertThatThrownBy(() -> new Rolling("stl", 100, 101))
        .hasMessageContaining("every must be from 1 to 100");
    assertThatThrownBy(() -> new Rolling().start(2)).isInstanceOf(IllegalArgumentException.class);
  }
}
