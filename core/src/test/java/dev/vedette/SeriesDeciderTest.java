package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.data.Series;
import dev.vedette.threshold.Rule;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesDeciderTest {
  private static Series noise(int points, long seed) {
    var random = new SplittableRandom(seed);
    double[] values = IntStream.range(0, points).mapToDouble(i -> random.nextGaussian()).toArray();
    return series(values);
  }

  private static Series series(double... values) {
    return Series.of(
        LongStream.range(0, values.length).map(i -> i * 60_000).toArray(), values.clone());
  }

  private static Series with(Series series, int at, double value) {
    double[] values = series.values(0);
    values[at] = value;
    return Series.of(series.times(), values);
  }

  private static SeriesDecider within(Series series) {
    SeriesModel model = new Level().fit(series);
    return SeriesDecider.within(model, series, model.readTraining(series), new Rule.StandOut());
  }

  private static long flagged(SeriesDecider decider, Series series) {
    return Arrays.stream(decider.model().readTraining(series).score())
        .mapToObj(decider::decideWithin)
        .filter(Decision::flagged)
        .count();
  }

  @Test
  void aSpikeIsFlaggedAndNoiseIsNot() {
    int alarms = 0;
    for (int seed = 0; seed < 50; seed++) {
      Series quiet = noise(300, seed);
      alarms += (int) flagged(within(quiet), quiet);
      Series odd = with(quiet, 100, 12);
      SeriesDecider decider = within(odd);
      Decision spike = decider.decideWithin(decider.model().readTraining(odd).score()[100]);
      assertThat(spike.flagged()).isTrue();
      assertThat(spike.severity()).isGreaterThan(80);
    }
    assertThat(alarms).isLessThanOrEqualTo(2);
  }

  @Test
  void manyAnomaliesAreAllSevere() {
    Series series = noise(400, 1);
    for (int i = 0; i < 20; i++) {
      series = with(series, i * 20, 30 + i);
    }
    SeriesDecider decider = within(series);
    double[] scores = decider.model().readTraining(series).score();
    for (int i = 0; i < 20; i++) {
      assertThat(decider.decideWithin(scores[i * 20]).flagged()).isTrue();
      assertThat(decider.decideWithin(scores[i * 20]).severity()).isGreaterThan(70);
    }
  }

  @Test
  void pointsToComeAreJudgedByPointsReadAhead() {
    SeriesDecider decider = SeriesDecider.fit(new Level(), noise(1000, 2), new Rule.FalseAlarms());
    assertThat(decider.calibration().rows()).isBetween(395, 400);
    double[] later = decider.model().score(noise(5000, 77));
    long alarms = Arrays.stream(later).filter(decider.threshold()::flags).count();
    assertThat(alarms / 5000.0).isBetween(0.002, 0.025);
    assertThat(SeriesDecider.fit(new Level(), noise(50, 2), new Rule.StandOut()).threshold().cut())
        .isFinite();
  }

  @Test
  void missingPointsAreNoPartOfTheScale() {
    double[] values = noise(200, 4).values(0);
    Arrays.fill(values, 0, 150, Double.NaN);
    Series series = series(values);
    assertThat(within(series).calibration().rows()).isLessThanOrEqualTo(50);
    assertThatThrownBy(
            () -> {
              Series empty = series(new double[] {Double.NaN, Double.NaN});
              SeriesModel model = new Level().fit(series);
              SeriesDecider.within(model, empty, model.read(empty), new Rule.StandOut());
            })
        .isInstanceOf(DataException.class)
        .hasMessage("all 2 points of [value] are missing");
  }

  @Test
  void labelsChooseTheThresholdWhereTheRuleLooksAtThem() {
    Series series = with(noise(300, 6), 17, 3.2);
    boolean[] labels = new boolean[300];
    labels[17] = true;
    Series labelled = series.withLabels(labels);
    SeriesModel model = new Level().fit(labelled);
    SeriesDecider decider =
        SeriesDecider.within(model, labelled, model.readTraining(labelled), new Rule.BestF1());
    assertThat(decider.threshold().flags(model.readTraining(labelled).score()[17])).isTrue();
  }
}
