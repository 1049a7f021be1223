package dev.vedette.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SeriesDetector} promises. Extend it, name your detector and the catalogue it is
 * in, and the tests run.
 */
public abstract class SeriesContract {
  private static final int POINTS = 720; // thirty days of hours
  private static final int FROM = 400;
  private static final int TO = 430;
  private static final int NEAR = 60;

  /** The detector under test. */
  protected abstract SeriesDetector detector();

  /** A catalogue that holds the detector. */
  protected Detectors catalogue() {
    return Detectors.standard();
  }

  private int variables() {
    return detector().univariate() ? 1 : 3;
  }

  private Series history() {
    return SampleSeries.usual(0, POINTS, variables(), 1);
  }

  private Series later() {
    return SampleSeries.usual(POINTS, 240, variables(), 2);
  }

  @Test
  void aReadingIsFiniteAndComplete() {
    SeriesModel model = detector().fit(history());
    assertThat(model.detector()).isEqualTo(detector());
    assertThat(model.variables()).isEqualTo(variables());
    assertFinite(model.readTraining(history()), POINTS, variables());
    assertFinite(model.read(later()), 240, variables());
    assertThat(model.score(later())).containsExactly(model.read(later()).score());
  }

  private static void assertFinite(Reading reading, int points, int variables) {
    assertThat(reading.score()).hasSize(points);
    assertThat(reading.expected()).hasNumberOfRows(variables);
    for (int i = 0; i < points; i++) {
      double sum = 0;
      for (int v = 0; v < variables; v++) {
        assertThat(reading.expected()[v][i]).as("expected value at %s", i).isFinite();
        assertThat(reading.spread()[v][i]).as("spread at %s", i).isFinite().isNotNegative();
        sum += reading.contribution()[v][i];
      }
      double score = reading.score()[i];
      assertThat(score).as("score at %s", i).isFinite();
      assertThat(sum).isCloseTo(score, within(1e-9 * Math.max(1, Math.abs(score))));
    }
    assertParts(reading);
  }

  /** The parts of an expected value add up to it, if there are any. */
  private static void assertParts(Reading reading) {
    List<Component> parts = reading.components();
    assertThat(parts).extracting(Component::name).doesNotHaveDuplicates();
    for (int v = 0; v < reading.expected().length && !parts.isEmpty(); v++) {
      for (int i = 0; i < reading.score().length; i++) {
        double sum = 0;
        double sizes = 0;
        for (Component part : parts) {
          sum += part.values()[v][i];
          sizes += Math.abs(part.values()[v][i]);
        }
        assertThat(sum)
            .as("parts of variable %s at %s", v, i)
            .isFinite()
            .isCloseTo(reading.expected()[v][i], within(1e-9 * Math.max(1e-9, sizes)));
      }
    }
  }

  @Test
  void aReadingTellsWhetherItHasABand() {
    Series odd = SampleSeries.raised(history(), FROM, TO, 40);
    SeriesModel model = detector().fit(odd);
    for (Series series : List.of(odd, later())) {
      for (Reading reading : List.of(model.readTraining(series), model.read(series))) {
        assertThat(reading.band()).isEqualTo(hasBand(series, reading));
      }
    }
  }

  private static boolean hasBand(Series series, Reading reading) {
    return IntStream.range(0, series.points())
        .allMatch(
            i -> {
              double most =
                  IntStream.range(0, series.variables())
                      .mapToDouble(
                          v ->
                              Reading.score(
                                  series.value(v, i),
                                  reading.expected()[v][i],
                                  reading.spread()[v][i]))
                      .max()
                      .orElse(0);
              return Math.abs(most - reading.score()[i]) <= 1e-9 * Math.max(1, most);
            });
  }

  private static void assertSame(Reading one, Reading other) {
    assertThat(other.score()).containsExactly(one.score());
    assertThat(Arrays.deepEquals(other.expected(), one.expected())).as("expected").isTrue();
    assertThat(Arrays.deepEquals(other.spread(), one.spread())).as("spread").isTrue();
    assertThat(Arrays.deepEquals(other.contribution(), one.contribution())).isTrue();
    assertThat(other.band()).isEqualTo(one.band());
    assertThat(other.components()).hasSameSizeAs(one.components());
    for (int k = 0; k < one.components().size(); k++) {
      Component part = one.components().get(k);
      Component same = other.components().get(k);
      assertThat(same.name()).isEqualTo(part.name());
      assertThat(Arrays.deepEquals(same.values(), part.values())).as(part.name()).isTrue();
    }
  }

  @Test
  void fittingTwiceGivesTheSame() {
    SeriesModel one = detector().fit(history());
    SeriesModel two = detector().fit(history());
    assertSame(one.readTraining(history()), two.readTraining(history()));
    assertSame(one.read(later()), two.read(later()));
    assertSame(one.read(later()), one.read(later()));
  }

  @Test
  void threadsAgree() {
    SeriesModel model = detector().fit(history());
    Reading alone = model.read(later());
    IntStream.range(0, 8).parallel().forEach(i -> assertSame(alone, model.read(later())));
  }

  @Test
  void savedAndLoadedItReadsTheSame() throws IOException {
    SeriesModel model = detector().fit(history());
    Path file = Files.createTempFile("series", ".model");
    try {
      Models.save(model, file, catalogue());
      SeriesModel loaded = Models.loadSeries(file, catalogue());
      assertThat(loaded.detector()).isEqualTo(detector());
      assertThat(loaded.note()).isEqualTo(model.note());
      assertSame(model.read(later()), loaded.read(later()));
      assertSame(model.readTraining(history()), loaded.readTraining(history()));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aStretchThatDoesNotBelongStandsOut() {
    Series odd = SampleSeries.raised(history(), FROM, TO, 40);
    Reading hindsight = detector().fit(odd).readTraining(odd);
    assertStandsOut(hindsight.score(), FROM, TO);
    Series oddLater = SampleSeries.raised(later(), 100, 130, 40);
    double[] ahead = detector().fit(history()).read(oddLater).score();
    assertStandsOut(ahead, 100, 130);
  }

  /** The highest score lies at the stretch or near it, above nearly all scores elsewhere. */
  private static void assertStandsOut(double[] scores, int from, int to) {
    double within = Arrays.stream(scores, from - NEAR / 2, to + NEAR / 2).max().orElseThrow();
    double[] elsewhere =
        IntStream.range(0, scores.length)
            .filter(i -> i < from - NEAR || i >= to + NEAR)
            .mapToDouble(i -> scores[i])
            .sorted()
            .toArray();
    assertThat(within).isGreaterThan(elsewhere[(int) (0.99 * elsewhere.length) - 1]);
  }

  @Test
  void theSeriesIsLeftAlone() {
    Series history = history();
    Series later = later();
    SeriesModel model = detector().fit(history);
    Reading before = model.readTraining(history);
    Arrays.fill(before.score(), -1);
    for (double[] expected : before.expected()) {
      Arrays.fill(expected, -1);
    }
    for (Component part : before.components()) {
      for (double[] values : part.values()) {
        Arrays.fill(values, -1);
      }
    }
    assertSame(detector().fit(history()).readTraining(history()), model.readTraining(history));
    model.read(later);
    assertThat(later.values(0)).containsExactly(later().values(0));
    assertThat(history.values(0)).containsExactly(history().values(0));
  }

  @Test
  void constantValuesAreNoTrouble() {
    for (double constant : new double[] {0, 7.5, -1e9}) {
      double[][] values = new double[variables()][POINTS];
      for (double[] each : values) {
        Arrays.fill(each, constant);
      }
      Series flat = Series.of(history().names(), history().times(), values);
      SeriesModel model = detector().fit(flat);
      assertFinite(model.readTraining(flat), POINTS, variables());
      assertFinite(model.read(later()), 240, variables());
    }
  }

  @Test
  void fewPointsAreReadOrRefused() {
    for (int points = 0; points < 40; points++) {
      Series few = history().slice(0, points);
      SeriesModel model;
      try {
        model = detector().fit(few);
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("" + points);
        continue;
      }
      assertFinite(model.readTraining(few), points, variables());
      assertFinite(model.read(later()), 240, variables());
    }
    assertFinite(detector().fit(history()).read(later().slice(0, 1)), 1, variables());
    assertFinite(detector().fit(history()).read(later().slice(0, 0)), 0, variables());
  }

  @Test
  void irregularTimesAreReadOrRefused() {
    long[] times = history().times();
    for (int i = 0; i < times.length; i++) {
      times[i] += (i * 7919L % 50) * 60_000;
    }
    Series irregular =
        Series.of(
            history().names(),
            times,
            IntStream.range(0, variables()).mapToObj(history()::values).toArray(double[][]::new));
    assertReadOrRefused(irregular);
    assertReadOrRefused(
        Series.of(
            history().names(),
            SampleSeries.hours(0, POINTS),
            IntStream.range(0, variables())
                .mapToObj(v -> Arrays.stream(history().values(v)).map(x -> x * 1e150).toArray())
                .toArray(double[][]::new)));
  }

  private void assertReadOrRefused(Series series) {
    try {
      assertFinite(
          detector().fit(series).readTraining(series), series.points(), series.variables());
    } catch (DataException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void missingValuesAreReadOrRefused() {
    double[][] values =
        IntStream.range(0, variables()).mapToObj(history()::values).toArray(double[][]::new);
    for (double[] each : values) {
      each[17] = Double.NaN;
      Arrays.fill(each, 300, 306, Double.NaN);
      each[POINTS - 1] = Double.NaN;
    }
    Series holed = Series.of(history().names(), history().times(), values);
    if (!detector().acceptsMissing()) {
      assertThatThrownBy(() -> detector().fit(holed))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("point 17");
      assertThatThrownBy(() -> detector().fit(history()).read(holed))
          .isInstanceOf(DataException.class);
      return;
    }
    SeriesModel model = detector().fit(holed);
    Reading reading = model.readTraining(holed);
    assertFinite(reading, POINTS, variables());
    assertFinite(model.read(holed), POINTS, variables());
  }

  @Test
  void otherVariablesAreRefused() {
    SeriesModel model = detector().fit(history());
    Series other = SampleSeries.usual(0, 100, variables() + 1, 3);
    assertThatThrownBy(() -> model.read(other)).isInstanceOf(DataException.class);
    if (detector().univariate()) {
      assertThatThrownBy(() -> detector().fit(other)).isInstanceOf(DataException.class);
    }
  }

  @Test
  void optionsRoundTripThroughText() {
    String text = catalogue().text(detector());
    assertThat(catalogue().parseSeries(text)).isEqualTo(detector());
    String name = catalogue().entry(detector()).name();
    assertThatThrownBy(() -> catalogue().parseSeries(name + " no-such-option=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-option");
    assertThat(List.of(text.split(" "))).first().isEqualTo(name);
  }
}
