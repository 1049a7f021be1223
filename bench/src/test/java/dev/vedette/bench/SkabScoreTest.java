package dev.vedette.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Series;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SkabScoreTest {
  private static final int POINTS = 1000;
  private final boolean[] anomaly = new boolean[POINTS];
  private final boolean[] changePoint = new boolean[POINTS];
  private final boolean[] flags = new boolean[POINTS];

  private SkabScore score() {
    long[] times = LongStream.range(0, POINTS).map(i -> 1000 * i).toArray();
    var file = new SkabFile("x", Series.of(times, new double[POINTS]), anomaly, changePoint);
    var score = new SkabScore();
    score.add(file, flags);
    return score;
  }

  private static void set(boolean[] array, int from, int to) {
    java.util.Arrays.fill(array, from, to, true);
  }

  @Test
  void pointsAfterTheTrainingPartAreCounted() {
    set(anomaly, 500, 700); // 200 anomalous points, 400 normal ones
    set(flags, 350, 410); // 10 false alarms, the others are training
    set(flags, 600, 750); // 100 hits, 50 false alarms
    SkabScore score = score();
    assertThat(score.falseAlarmRate()).isCloseTo(15, within(1e-12));
    assertThat(score.missedRate()).isCloseTo(50, within(1e-12));
    assertThat(score.f1()).isCloseTo(100 / (100 + (100 + 60) / 2.0), within(1e-12));
  }

  @Test
  void aChangePointEarnsTheMoreTheSoonerItIsFound() {
    set(changePoint, 500, 501);
    assertThat(score().nab(0)).isZero();
    set(flags, 500, POINTS);
    assertThat(score().nab(0)).isCloseTo(100, within(1e-9));
    flags[500] = false; // one second late: a step of 16 of 1000 along the curve
    double x = Math.PI * (16 / 999.0 - 0.5);
    double late = (1 + Math.tanh(x) / Math.tanh(Math.PI / 2)) / 2;
    assertThat(score().nab(0)).isCloseTo(100 * (2 - 1.11 * late) / 2, within(1e-9));
    assertThat(score().nab(2)).isCloseTo(100 * (3 - 1.11 * late) / 3, within(1e-9));
  }

  @Test
  void missesAndFalseDetectionsCost() {
    set(changePoint, 500, 501);
    set(changePoint, 800, 801);
    set(flags, 700, 705); // on and off: two false detections
    SkabScore score = score();
    assertThat(score.missedChangePoints()).isEqualTo(2);
    assertThat(score.falseChangePoints()).isEqualTo(2);
    assertThat(score.nab(0)).isCloseTo(100 * -0.22 / 4, within(1e-9));
    assertThat(score.nab(1)).isCloseTo(100 * -0.44 / 4, within(1e-9));
    assertThat(score.nab(2)).isCloseTo(100 * -0.22 / 6, within(1e-9));
  }

  @Test
  void anOverlappingWindowBeginsWhereTheOneBeforeEnds() {
    set(changePoint, 500, 501);
    set(changePoint, 530, 531);
    set(flags, 560, POINTS); // the end of the first window, the beginning of the second
    SkabScore score = score();
    assertThat(score.missedChangePoints()).isZero();
    assertThat(score.nab(0)).isCloseTo(100 * (1 - 0.11 + 2) / 4, within(1e-9));
  }
}
