package dev.vedette.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.ModelFileException;
import dev.vedette.Models;
import dev.vedette.Online;
import dev.vedette.OnlineDetector;
import dev.vedette.OnlineState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OnlineDetector} promises. Extend it, name your detector and the catalogue it is
 * in, and the tests run:
 *
 * <pre>{@code
 * class MyOnlineTest extends OnlineContract {
 *   protected OnlineDetector detector() { return new MyOnline(); }
 *   protected Detectors catalogue() { return Detectors.standard().and("mine", new MyOnline(), "...", "..."); }
 * }
 * }</pre>
 */
public abstract class OnlineContract {
  private static final int COLUMNS = SampleRows.COLUMNS;
  private static final int ROWS = 2_000;

  /** The detector under test. */
  protected abstract OnlineDetector detector();

  /** A catalogue that holds the detector. */
  protected Detectors catalogue() {
    return Detectors.standard();
  }

  private final double[][] crowd = rows(2 * ROWS, 1);

  private static double[][] rows(int count, long seed) {
    var random = new SplittableRandom(seed);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = row(random);
    }
    return rows;
  }

  private static double[] row(SplittableRandom random) {
    double first = random.nextGaussian();
    return new double[] {
      first,
      10 + 2 * random.nextGaussian(),
      Math.exp(random.nextGaussian()),
      3 + first + 0.1 * random.nextGaussian()
    };
  }

  private Online learned(int rows) {
    Online online = detector().start(COLUMNS);
    for (int i = 0; i < rows; i++) {
      online.learn(crowd[i]);
    }
    return online;
  }

  private static double[] far() {
    return new double[] {30, 90, 200, -40};
  }

  private byte[] bytes(OnlineState state) throws IOException {
    var out = new ByteArrayOutputStream();
    Models.write(state, out, catalogue());
    return out.toByteArray();
  }

  @Test
  void itScoresFromTheFirstRowOn() {
    Online online = detector().start(COLUMNS);
    assertThat(online.score(crowd[0])).isZero();
    assertThat(online.columns()).isEqualTo(COLUMNS);
    assertThat(online.detector()).isEqualTo(detector());
    for (double[] row : Arrays.copyOf(crowd, 600)) {
      assertThat(online.score(row)).isFinite();
      assertThat(online.score(far())).isFinite();
      online.learn(row);
    }
  }

  @Test
  void scoringLearnsNothing() throws IOException {
    for (int rows : new int[] {0, 1, 17, ROWS}) {
      Online online = learned(rows);
      byte[] before = bytes(online.snapshot());
      double score = online.score(far());
      for (double[] row : Arrays.copyOf(crowd, 100)) {
        online.score(row);
        online.attribute(row);
      }
      assertThat(online.score(far())).isEqualTo(score);
      assertThat(bytes(online.snapshot())).isEqualTo(before);
    }
  }

  @Test
  void learningTwiceTheSameGivesTheSame() throws IOException {
    assertThat(bytes(learned(ROWS).snapshot())).isEqualTo(bytes(learned(ROWS).snapshot()));
  }

  @Test
  void resumedIsNeverStopped() throws IOException {
    for (int stop : new int[] {0, 1, 2, 31, 100, 257, 1_000, 1_999}) {
      Online never = learned(stop);
      OnlineState state = never.snapshot();
      byte[] bytes = bytes(state);
      Online resumed = state.resume();
      Online loaded = Models.readOnline(new ByteArrayInputStream(bytes), catalogue()).resume();
      assertThat(loaded.detector()).isEqualTo(never.detector());
      for (int i = stop; i < stop + 900; i++) {
        double[] row = i % 7 == 0 ? holed(crowd[i]) : crowd[i];
        double score = never.score(row);
        assertThat(resumed.score(row)).isEqualTo(score);
        assertThat(loaded.score(row)).isEqualTo(score);
        never.learn(row);
        resumed.learn(row);
        loaded.learn(row);
      }
      assertThat(resumed.attribute(far())).isEqualTo(never.attribute(far()));
      assertThat(loaded.bytes()).isEqualTo(never.bytes());
      assertThat(bytes(loaded.snapshot())).isEqualTo(bytes(never.snapshot()));
      assertThat(bytes(resumed.snapshot())).isEqualTo(bytes(never.snapshot()));
      assertThat(bytes(state)).isEqualTo(bytes);
    }
  }

  private static double[] holed(double[] row) {
    double[] holed = row.clone();
    holed[1] = Double.NaN;
    return holed;
  }

  @Test
  void memoryIsBoundedOverAMillionRows() {
    Online online = detector().start(COLUMNS);
    var random = new SplittableRandom(3);
    long early = 0;
    for (int i = 0; i < 1_000_000; i++) {
      double[] row = row(random);
      row[0] += i * 1e-3;
      online.learn(row);
      if (i == 10_000) {
        early = online.bytes();
      }
    }
    assertThat(online.bytes()).isPositive().isLessThanOrEqualTo(early);
    assertThat(online.score(row(random))).isFinite();
  }

  @Test
  void oneFarRowStandsOutAndTheCrowdDoesNot() {
    Online online = learned(ROWS);
    double[] clean = scores(online);
    Arrays.sort(clean);
    double high = clean[(int) (0.99 * clean.length)];
    assertThat(online.score(far())).isGreaterThan(high);
    assertThat(Arrays.stream(clean).distinct().count()).isGreaterThan(10);
    online.learn(far());
    assertThat(online.score(far())).as("after it was seen once").isGreaterThan(high);
  }

  private double[] scores(Online online) {
    return Arrays.stream(crowd, ROWS, 2 * ROWS).mapToDouble(online::score).toArray();
  }

  @Test
  void aNewLevelBecomesNormal() {
    Online online = learned(ROWS);
    double[][] shifted = rows(3_000, 9);
    double before = 0;
    double after = 0;
    for (int i = 0; i < shifted.length; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        shifted[i][j] += 25;
      }
      before += i < 20 ? online.score(shifted[i]) : 0;
      after += i >= shifted.length - 20 ? online.score(shifted[i]) : 0;
      online.learn(shifted[i]);
    }
    assertThat(after).isLessThan(before / 2);
  }

  @Test
  void scoresAreFiniteHoweverFarARowIs() {
    double[] extremes = {0, 1e-300, 1e6, -1e12, 1e30, -1e200, Double.MAX_VALUE, -Double.MAX_VALUE};
    for (int rows : new int[] {0, 1, 5, ROWS}) {
      Online online = learned(rows);
      for (int round = 0; round < 40; round++) {
        for (double extreme : extremes) {
          double[] row = new double[COLUMNS];
          Arrays.fill(row, extreme);
          row[round % COLUMNS] = -extreme;
          assertThat(online.score(row)).isFinite();
          Attribution attribution = online.attribute(row);
          assertThat(Arrays.stream(attribution.contributions()))
              .allSatisfy(c -> assertThat(c).isFinite());
          online.learn(row);
        }
      }
      assertThat(online.score(crowd[0])).isFinite();
      assertThat(online.snapshot().resume().score(crowd[0])).isEqualTo(online.score(crowd[0]));
    }
  }

  @Test
  void constantAndRepeatedRowsAreNoTrouble() {
    Online online = detector().start(COLUMNS);
    for (int i = 0; i < 5_000; i++) {
      online.learn(crowd[0]);
    }
    double same = online.score(crowd[0]);
    double[] other = crowd[0].clone();
    other[2] += 1_000;
    assertThat(same).isFinite();
    assertThat(online.score(other)).isFinite().isGreaterThan(same);
  }

  @Test
  void missingValuesAreAccepted() {
    Online online = detector().start(COLUMNS);
    double[] nothing = new double[COLUMNS];
    Arrays.fill(nothing, Double.NaN);
    online.learn(nothing);
    assertThat(online.score(nothing)).isFinite();
    for (int i = 0; i < ROWS; i++) {
      double[] row = crowd[i].clone();
      row[i % COLUMNS] = Double.NaN;
      online.learn(row);
    }
    online.learn(nothing);
    assertThat(online.score(nothing)).isFinite();
    double[] row = far();
    row[0] = Double.NaN;
    assertThat(online.score(row)).isFinite().isGreaterThan(online.score(nothing));
    assertSums(online, row);
    assertSums(online, nothing);
  }

  @Test
  void infinityAndOtherWidthsAreRefused() throws IOException {
    Online online = learned(100);
    byte[] before = bytes(online.snapshot());
    double[] infinite = crowd[0].clone();
    infinite[3] = Double.NEGATIVE_INFINITY;
    double[] wide = new double[COLUMNS + 1];
    assertThatThrownBy(() -> online.score(infinite))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 3")
        .hasMessageContaining("-Infinity");
    assertThatThrownBy(() -> online.learn(infinite))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 3");
    assertThatThrownBy(() -> online.attribute(infinite)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> online.score(wide))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("5 columns");
    assertThatThrownBy(() -> online.learn(wide)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> detector().start(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(bytes(online.snapshot())).isEqualTo(before);
  }

  @Test
  void theRowIsLeftAloneAndNotKept() throws IOException {
    Online online = learned(300);
    Online twin = learned(300);
    double[] row = crowd[300].clone();
    online.score(row);
    online.attribute(row);
    online.learn(row);
    assertThat(row).containsExactly(crowd[300]);
    Arrays.fill(row, 1e9);
    Arrays.fill(online.attribute(row).normal(), 7);
    twin.learn(crowd[300]);
    assertThat(bytes(online.snapshot())).isEqualTo(bytes(twin.snapshot()));
  }

  @Test
  void attributionsAddUpToTheScore() {
    for (int rows : new int[] {0, 1, 40, ROWS}) {
      Online online = learned(rows);
      assertSums(online, far());
      for (int i = 0; i < 50; i++) {
        assertSums(online, crowd[ROWS + i]);
      }
    }
  }

  private static void assertSums(Online online, double[] row) {
    Attribution attribution = online.attribute(row);
    double score = online.score(row);
    assertThat(attribution.score()).isEqualTo(score);
    double sum = attribution.base() + Arrays.stream(attribution.contributions()).sum();
    assertThat(sum).isCloseTo(score, within(1e-9 * Math.max(1, Math.abs(score))));
    assertThat(attribution.normal()).hasSize(COLUMNS);
  }

  @Test
  void theStrangeColumnIsNamed() {
    Online online = learned(ROWS);
    for (int j = 0; j < COLUMNS; j++) {
      double[] row = {0, 10, 1, 3};
      row[j] += 100;
      double[] contributions = online.attribute(row).contributions();
      assertThat(contributions[j])
          .as("contribution of column %s", j)
          .isEqualTo(Arrays.stream(contributions).max().orElseThrow());
    }
  }

  @Test
  void optionsRoundTripThroughText() {
    String text = catalogue().text(detector());
    assertThat(catalogue().parseOnline(text)).isEqualTo(detector());
    String name = catalogue().entry(detector()).name();
    assertThatThrownBy(() -> catalogue().parseOnline(name + " nonsense=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
    assertThatThrownBy(() -> catalogue().parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("online detector, for streams");
  }

  @Test
  void damagedBytesAreRefused() throws IOException {
    byte[] sound = bytes(learned(50).snapshot());
    for (int i = 0; i < 60; i++) {
      byte[] damaged = sound.clone();
      damaged[(int) ((long) i * sound.length / 60)] ^= 0x41;
      assertRefused(damaged);
      assertRefused(Arrays.copyOf(sound, (int) ((long) i * sound.length / 60)));
    }
  }

  private void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> Models.readOnline(new ByteArrayInputStream(bytes), catalogue()))
        .isInstanceOf(ModelFileException.class);
  }
}
