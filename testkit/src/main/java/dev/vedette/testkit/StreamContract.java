package dev.vedette.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.SeriesState;
import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the stream of every {@link StreamingDetector} promises, besides {@link SeriesContract}. */
public abstract class StreamContract {
  private static final int POINTS = 1_500;

  /** The detector under test. */
  protected abstract StreamingDetector detector();

  /** A catalogue that holds the detector. */
  protected Detectors catalogue() {
    return Detectors.standard();
  }

  private int variables() {
    return detector().univariate() ? 1 : 3;
  }

  private long time(int point) {
    return SampleSeries.START + point * SampleSeries.HOUR;
  }

  private double[] point(int hour, SplittableRandom random) {
    double[] values = new double[variables()];
    for (int v = 0; v < values.length; v++) {
      values[v] = SampleSeries.value(hour, v, random);
    }
    return values;
  }

  private double[][] points(int count) {
    var random = new SplittableRandom(5);
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      points[i] = point(i, random);
    }
    return points;
  }

  private SeriesStream learned(double[][] points, int count) {
    SeriesStream stream = detector().start(variables());
    for (int i = 0; i < count; i++) {
      stream.learn(time(i), points[i]);
    }
    return stream;
  }

  private double[] far() {
    double[] far = new double[variables()];
    Arrays.fill(far, 500);
    return far;
  }

  private byte[] bytes(SeriesState state) throws IOException {
    var out = new ByteArrayOutputStream();
    Models.write(state, out, catalogue());
    return out.toByteArray();
  }

  @Test
  void itScoresFromTheFirstPointOn() {
    double[][] points = points(400);
    SeriesStream stream = detector().start(variables());
    assertThat(stream.score(time(0), points[0])).isZero();
    assertThat(stream.variables()).isEqualTo(variables());
    assertThat(stream.detector()).isEqualTo(detector());
    for (int i = 0; i < points.length; i++) {
      assertThat(stream.score(time(i), points[i])).isFinite();
      assertThat(stream.score(time(i), far())).isFinite();
      for (int v = 0; v < variables(); v++) {
        assertThat(stream.expected(time(i), v)).isFinite();
        assertThat(stream.spread(time(i), v)).isFinite().isNotNegative();
      }
      stream.learn(time(i), points[i]);
    }
  }

  @Test
  void scoringLearnsNothing() throws IOException {
    double[][] points = points(POINTS);
    for (int count : new int[] {0, 1, 17, 700}) {
      SeriesStream stream = learned(points, count);
      byte[] before = bytes(stream.snapshot());
      double score = stream.score(time(count), far());
      for (int i = 0; i < 50; i++) {
        stream.score(time(count + i), points[i]);
        stream.expected(time(count + i), 0);
      }
      assertThat(stream.score(time(count), far())).isEqualTo(score);
      assertThat(bytes(stream.snapshot())).isEqualTo(before);
    }
  }

  @Test
  void resumedIsNeverStopped() throws IOException {
    double[][] points = points(POINTS);
    for (int stop : new int[] {0, 1, 2, 31, 257, 1_000}) {
      SeriesStream never = learned(points, stop);
      SeriesState state = never.snapshot();
      byte[] bytes = bytes(state);
      SeriesStream resumed = state.resume();
      SeriesStream loaded =
          Models.readSeries(new ByteArrayInputStream(bytes), catalogue()).resume();
      assertThat(loaded.detector()).isEqualTo(never.detector());
      for (int i = stop; i < stop + 400; i++) {
        double score = never.score(time(i), points[i]);
        assertThat(resumed.score(time(i), points[i])).isEqualTo(score);
        assertThat(loaded.score(time(i), points[i])).isEqualTo(score);
        never.learn(time(i), points[i]);
        resumed.learn(time(i), points[i]);
        loaded.learn(time(i), points[i]);
      }
      assertThat(loaded.bytes()).isEqualTo(never.bytes());
      assertThat(bytes(loaded.snapshot())).isEqualTo(bytes(never.snapshot()));
      assertThat(bytes(resumed.snapshot())).isEqualTo(bytes(never.snapshot()));
      assertThat(bytes(state)).isEqualTo(bytes);
    }
  }

  @Test
  void memoryIsBounded() {
    SeriesStream stream = detector().start(variables());
    var random = new SplittableRandom(3);
    long early = 0;
    for (int i = 0; i < 60_000; i++) {
      stream.learn(time(i), point(i, random));
      if (i == 20_000) {
        early = stream.bytes();
      }
    }
    assertThat(stream.bytes()).isPositive().isLessThanOrEqualTo(early);
    assertThat(stream.score(time(60_000), point(60_000, random))).isFinite();
  }

  @Test
  void aStretchThatDoesNotBelongStandsOut() {
    double[][] points = points(POINTS);
    SeriesStream stream = detector().start(variables());
    double[] scores = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double[] values = i >= 1_200 && i < 1_230 ? far() : points[i];
      scores[i] = stream.score(time(i), values);
      stream.learn(time(i), values);
    }
    double within = Arrays.stream(scores, 1_200, 1_260).max().orElseThrow();
    double[] before = Arrays.copyOfRange(scores, 400, 1_200);
    Arrays.sort(before);
    assertThat(within).isGreaterThan(before[(int) (0.99 * before.length)]);
  }

  @Test
  void anythingFiniteOrMissingIsAccepted() {
    double[] extremes = {0, 1e-300, 1e6, Double.NaN, -1e12, 1e200, -Double.MAX_VALUE};
    for (int count : new int[] {0, 1, 5, 700}) {
      SeriesStream stream = learned(points(POINTS), count);
      for (int i = 0; i < 300; i++) {
        double[] values = new double[variables()];
        Arrays.fill(values, extremes[i % extremes.length]);
        assertThat(stream.score(time(count + i), values)).isFinite();
        stream.learn(time(count + i), values);
        assertThat(stream.expected(time(count + i + 1), 0)).isFinite();
        assertThat(stream.spread(time(count + i + 1), 0)).isFinite();
      }
      assertThat(stream.score(time(count + 300), far())).isFinite();
    }
  }

  @Test
  void gapsAndLatePointsAreNoTrouble() throws IOException {
    double[][] points = points(POINTS);
    SeriesStream stream = learned(points, 700);
    byte[] before = bytes(stream.snapshot());
    stream.learn(time(699), far());
    stream.learn(time(3), far());
    assertThat(bytes(stream.snapshot())).as("a late point changes nothing").isEqualTo(before);
    stream.learn(time(100_000), points[700]);
    assertThat(stream.score(time(100_001), points[701])).isFinite();
    stream.learn(Long.MAX_VALUE / 4, points[701]);
    assertThat(stream.score(Long.MAX_VALUE / 4 + 1, points[702])).isFinite();
  }

  @Test
  void infinityAndOtherWidthsAreRefused() throws IOException {
    SeriesStream stream = learned(points(100), 100);
    byte[] before = bytes(stream.snapshot());
    double[] infinite = far();
    infinite[0] = Double.NEGATIVE_INFINITY;
    double[] wide = new double[variables() + 1];
    assertThatThrownBy(() -> stream.score(time(100), infinite)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> stream.learn(time(100), infinite)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> stream.score(time(100), wide)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> stream.learn(time(100), wide)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> detector().start(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(bytes(stream.snapshot())).isEqualTo(before);
  }

  @Test
  void thePointIsNotKept() throws IOException {
    double[][] points = points(301);
    SeriesStream stream = learned(points, 300);
    SeriesStream twin = learned(points, 300);
    double[] values = points[300].clone();
    stream.learn(time(300), values);
    assertThat(values).containsExactly(points[300]);
    Arrays.fill(values, 1e9);
    twin.learn(time(300), points[300]);
    assertThat(bytes(stream.snapshot())).isEqualTo(bytes(twin.snapshot()));
  }
}
