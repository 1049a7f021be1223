package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.data.Series;
import dev.vedette.explain.Direction;
import dev.vedette.explain.Input;
import dev.vedette.series.BayesianChangePoints;
import dev.vedette.series.Pelt;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a point whose score is that of a stretch, not of its own value. */
class SeriesExplanationTest {
  private static final double NO_CUT = Double.NaN;

  private static Series series(int points, IntToDoubleFunction value) {
    long[] times = new long[points];
    double[] values = new double[points];
    Arrays.setAll(times, i -> 60_000L * i);
    Arrays.setAll(values, value);
    return Series.of(times, values);
  }

  private static Series step(double size) {
    var random = new SplittableRandom(1);
    return series(400, i -> 0.3 * random.nextGaussian() + (i < 200 ? 0 : size));
  }

  private static Input at(Series series, Reading reading, int point) {
    return SeriesExplanation.of(series, reading, point, NO_CUT).reasons().getFirst().input();
  }

  /** The point with the highest score. */
  private static int peak(Reading reading) {
    double[] score = reading.score();
    return IntStream.range(20, score.length).reduce(20, (a, b) -> score[b] > score[a] ? b : a);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, -5})
  void aChangeOfTheLevelTellsBoth(double size) {
    Series series = step(size);
    for (SeriesDetector detector : new SeriesDetector[] {new Pelt(), new BayesianChangePoints()}) {
      Reading reading = detector.fit(series).readTraining(series);
      int peak = peak(reading);
      assertThat(peak).as("%s", detector).isBetween(199, 212);
      Input input = at(series, reading, peak);
      assertThat(input.direction()).as("%s %s", detector, input).isEqualTo(Direction.CHANGE);
      String[] words = input.normal().split(" ", -1);
      assertThat(words).containsExactly(words[0], "before,", words[2], "after");
      assertThat(Double.parseDouble(words[0])).isBetween(-0.2, 0.2);
      assertThat(Double.parseDouble(words[2])).isBetween(size - 0.2, size + 0.2);
    }
  }

  /** What is flagged near the change is never said to be low or high by the new level. */
  @Test
  void pointsAfterAChangeAreNeitherHighNorLow() {
    Series series = step(5);
    for (SeriesDetector detector : new SeriesDetector[] {new Pelt(), new BayesianChangePoints()}) {
      Reading reading = detector.fit(series).readTraining(series);
      for (int i = 200; i < 210; i++) {
        assertThat(at(series, reading, i).direction())
            .as("%s %s", detector, i)
            .isIn(Direction.CHANGE, Direction.USUAL);
      }
    }
  }

  @Test
  void withoutABandAValueWithinItsSpreadIsUsual() {
    Series series = series(40, i -> i == 20 ? 2.5 : i == 30 ? 40 : i == 31 ? -40 : 0);
    double[] flat = new double[40];
    double[] one = new double[40];
    Arrays.fill(one, 1);
    Reading stretch = Reading.ofScores(one, flat, one);
    assertThat(at(series, stretch, 20).direction()).isEqualTo(Direction.USUAL);
    assertThat(at(series, stretch, 30).direction()).isEqualTo(Direction.HIGH);
    assertThat(at(series, stretch, 31).direction()).isEqualTo(Direction.LOW);
    Reading band = Reading.of(series.values(0), flat, one);
    assertThat(SeriesExplanation.of(series, band, 20, 2).reasons().getFirst().input().direction())
        .isEqualTo(Direction.HIGH);
  }

  /** Far from both levels a value stands out by itself. */
  @Test
  void anOutlierAtAChangeIsStillHigh() {
    Series series = series(40, i -> i == 20 ? 90 : i < 20 ? 0 : 5);
    double[] expected = new double[40];
    Arrays.fill(expected, 20, 40, 5);
    double[] third = new double[40];
    Arrays.fill(third, 0.3);
    Reading reading = Reading.ofScores(third, expected, third);
    assertThat(at(series, reading, 20).direction()).isEqualTo(Direction.HIGH);
    assertThat(at(series, reading, 21).normal()).isEqualTo("0 before, 5 after");
    assertThat(at(series, reading, 2).direction()).isEqualTo(Direction.USUAL);
  }
}
