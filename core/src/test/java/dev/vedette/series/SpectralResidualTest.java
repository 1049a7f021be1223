package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Series;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpectralResidualTest {
  private static Series series(int points) {
    double[] values = new double[points];
    long[] times = new long[points];
    Arrays.setAll(values, i -> Math.sin(i * 0.7) + 0.1 * (i * 37 % 11) + (i == 25 ? 6 : 0));
    Arrays.setAll(times, i -> i * 60_000L);
    return Series.of(times, values);
  }

  /** Equations 1 to 8 of the paper written out with sums of complex numbers, in Python. */
  @Test
  void scoresAreThoseOfTheEquations() {
    Series series = series(40);
    double[] score = new SpectralResidual().fit(series).readTraining(series).score();
    int[] at = {1, 10, 24, 25, 26, 39};
    double[] expected = {
      0, 0.5089955414625742, 1.161275234780822, 6.418652800779677, 0.602364791335929, 0
    };
    for (int k = 0; k < at.length; k++) {
      assertThat(score[at[k]]).isCloseTo(expected[k], within(1e-9));
    }
  }

  @Test
  void aLaterPointStandsOutAtOnce() {
    Series all = series(400);
    var model = new SpectralResidual().fit(all.slice(26, 300));
    double[] values = all.slice(300, 331).values(0);
    values[30] += 8;
    double[] score = model.read(Series.of(all.slice(300, 331).times(), values)).score();
    assertThat(score[30]).isGreaterThan(3);
    assertThat(Arrays.stream(score, 0, 30).max().orElseThrow()).isLessThan(score[30]);
  }

  @Test
  void aStreamScoresThePointAsTheLastOfItsContext() {
    Series all = series(300);
    var detector = new SpectralResidual().context(64);
    SpectralStream stream = detector.start(1);
    for (int i = 0; i < 300; i++) {
      double[] value = {all.value(0, i)};
      double score = stream.score(all.time(i), value);
      if (i >= 12) {
        var read = detector.fit(all.slice(0, i)).read(all.slice(i, i + 1));
        assertThat(score).isEqualTo(read.score()[0]);
        assertThat(stream.expected(all.time(i), 0)).isEqualTo(read.expected()[0][0]);
      }
      stream.learn(all.time(i), value);
    }
  }
}
