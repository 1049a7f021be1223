package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every detector of series promises of units, extremes and types. */
class UnitsTest {
  private static final int POINTS = 700;
  private static final int HISTORY = 500;
  private static final long HOUR = 3_600_000;

  static Stream<String> detectors() {
    return Detectors.standard().seriesEntries().stream().map(Detectors.SeriesEntry::name);
  }

  private static SeriesDetector detector(String name) {
    return Detectors.standard().parseSeries(name);
  }

  private static Series series(int variables, int exponent) {
    double[][] values = new double[variables][POINTS];
    long[] times = new long[POINTS];
    var random = new SplittableRandom(3);
    for (int i = 0; i < POINTS; i++) {
      times[i] = 1_700_006_400_000L + i * HOUR;
      for (int v = 0; v < variables; v++) {
        double odd = (i >= 300 && i < 310 ? 12 : 0) + (i == 600 ? -15 : 0);
        double value = 20 + 5 * Math.sin(Math.PI * (i + 3 * v) / 12) + random.nextGaussian() + odd;
        values[v][i] = Math.scalb(value, exponent);
      }
    }
    List<String> names = IntStream.range(0, variables).mapToObj(v -> "v" + v).toList();
    return Series.of(names, times, values);
  }

  private static double[] scores(SeriesDetector detector, Series series) {
    Series history = series.slice(0, HISTORY);
    SeriesModel model = detector.fit(history);
    double[] before = model.readTraining(history).score();
    double[] later = model.read(series.slice(HISTORY, POINTS)).score();
    return DoubleStream.concat(Arrays.stream(before), Arrays.stream(later)).toArray();
  }

  private static double[] streamed(StreamingDetector detector, Series series) {
    SeriesStream stream = detector.start(series.variables());
    double[] scores = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      int point = i;
      double[] values =
          IntStream.range(0, series.variables()).mapToDouble(v -> series.value(v, point)).toArray();
      scores[i] = stream.score(series.time(i), values);
      stream.learn(series.time(i), values);
    }
    return scores;
  }

  /** Farads or bytes: a power of two more or less changes no digit of a value. */
  @ParameterizedTest
  @MethodSource("detectors")
  void theUnitDoesNotMatter(String name) {
    SeriesDetector detector = detector(name);
    int variables = detector.univariate() ? 1 : 3;
    Series plain = series(variables, 0);
    for (int exponent : new int[] {-60, 40}) {
      Series other = series(variables, exponent);
      assertThat(scores(detector, other)).containsExactly(scores(detector, plain), within(1e-6));
      if (detector instanceof StreamingDetector streaming) {
        assertThat(streamed(streaming, other))
            .containsExactly(streamed(streaming, plain), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void whatIsTooLargeIsReadOrRefused(String name) {
    SeriesDetector detector = detector(name);
    int variables = detector.univariate() ? 1 : 3;
    for (int exponent : new int[] {-1_040, 990, 1_015}) {
      Series extreme = series(variables, exponent);
      try {
        assertThat(Arrays.stream(scores(detector, extreme)).allMatch(Double::isFinite)).isTrue();
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("large");
      }
    }
  }

  /** Else {@code new Ets().fit(history).note()} would not compile in another package. */
  @ParameterizedTest
  @MethodSource("detectors")
  void whatIsFittedAndStartedCanBeNamed(String name) throws ReflectiveOperationException {
    Class<?> detector = detector(name).getClass();
    assertThat(detector.getMethod("fit", Series.class).getReturnType()).matches(UnitsTest::named);
    if (StreamingDetector.class.isAssignableFrom(detector)) {
      Class<?> stream = detector.getMethod("start", int.class).getReturnType();
      assertThat(stream).matches(UnitsTest::named);
      assertThat(stream.getMethod("snapshot").getReturnType()).matches(UnitsTest::named);
    }
  }

  private static boolean named(Class<?> type) {
    return Modifier.isPublic(type.getModifiers());
  }

  @Test
  void timesSoFarApartThatTheirDistanceOverflowsAreRefused() {
    assertThatThrownBy(() -> Series.of(new long[] {Long.MIN_VALUE, 0}, new double[2]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("point 0 is at")
        .hasMessageContaining("milliseconds");
    assertThatThrownBy(() -> Series.of(new long[] {0, Long.MAX_VALUE}, new double[2]))
        .hasMessageContaining("point 1 is at");
    assertThat(Series.of(new long[] {-1L << 61, 1L << 61}, new double[2]).step())
        .isEqualTo(1L << 62);
  }
}
