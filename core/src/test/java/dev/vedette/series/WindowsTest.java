package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.data.Series;
import dev.vedette.row.Knn;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static Series waves(int points, int variables, int oddFrom, int oddVariable) {
    var random = new SplittableRandom(8);
    double[][] values = new double[variables][points];
    for (int i = 0; i < points; i++) {
      for (int v = 0; v < variables; v++) {
        boolean odd = v == oddVariable && i >= oddFrom && i < oddFrom + 15;
        double phase = 2 * Math.PI * i / (odd ? 7 : 20) + v;
        values[v][i] = 100 * v + Math.sin(phase) + 0.05 * random.nextGaussian();
      }
    }
    List<String> names = IntStream.range(0, variables).mapToObj(v -> "v" + v).toList();
    return Series.of(names, LongStream.range(0, points).toArray(), values);
  }

  private static int top(double[] scores) {
    int top = 0;
    for (int i = 0; i < scores.length; i++) {
      top = scores[i] > scores[top] ? i : top;
    }
    return top;
  }

  @Test
  void anyDetectorOfRowsFindsTheOddStretch() {
    Series history = waves(600, 1, -100, 0);
    Series later = waves(400, 1, 200, 0);
    String[] detectors = {"knn:k=5", "iforest:trees=50", "sequence-autoencoder:epochs=10", "pca"};
    for (String detector : detectors) {
      Reading reading = new Windows(detector, 20, false).fit(history).read(later);
      assertThat(top(reading.score())).as(detector).isBetween(195, 220);
    }
  }

  @Test
  void theHistoryIsNotScoredByWindowsThatOverlap() {
    Series history = waves(800, 1, 500, 0);
    Windows.Fitted model = new Windows().fit(history);
    assertThat(model.embedding().width()).isEqualTo(20);
    Reading reading = model.readTraining(history);
    assertThat(top(reading.score())).isBetween(495, 520);
    double usual = Arrays.stream(reading.score(), 0, 400).max().orElseThrow();
    assertThat(reading.score()[507]).isGreaterThan(2 * usual);
  }

  @Test
  void theVariableThatIsOddHasTheLargestShare() {
    Series history = waves(600, 3, -100, 0);
    Reading reading = new Windows("pca", 20, false).fit(history).read(waves(400, 3, 200, 1));
    int top = top(reading.score());
    assertThat(top).isBetween(195, 220);
    assertThat(reading.contribution()[1][top]).isGreaterThan(0.5 * reading.score()[top]);
  }

  @Test
  void windowsKnowTheEndOfTheHistory() {
    Series all = waves(500, 1, -100, 0);
    Windows.Fitted model = new Windows().width(20).fit(all.slice(0, 450));
    double[] together = model.read(all.slice(450, 500)).score();
    double[] first = model.read(all.slice(450, 451)).score();
    assertThat(first).hasSize(1);
    assertThat(first[0]).isBetween(0.01, 2.0);
    assertThat(together).hasSize(50);
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    assertThatThrownBy(() -> new Windows("ensemble", 20, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ensemble is not for windows");
    assertThatThrownBy(() -> new Windows("nothing", 20, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> new Windows().fit(waves(63, 1, 0, 0)))
        .isInstanceOf(DataException.class)
        .hasMessage("the history has 63 points, windows need 64");
    assertThat(new Windows().detector("knn:k=3").rows()).isEqualTo(new Knn().k(3));
  }

  /**
   * By hand: windows of 4 of a square wave 0 0 1 1 have two directions, (1 0 −1 0)/√2 and (0 1 0
   * −1)/√2, of equal variance; the rest is constant. A window on the wave steps along one or both.
   */
  @Test
  void mainDirectionsOfASquareWave() {
    double[] values = new double[400];
    Arrays.setAll(values, i -> i % 4 < 2 ? 0 : 1);
    Series wave = Series.of(LongStream.range(0, 400).toArray(), values);
    SubPca.Fitted model = new SubPca(4, 0.99, false).fit(wave);
    assertThat(model.directions()).hasNumberOfRows(2);
    Reading reading = model.readTraining(wave);
    for (int i = 0; i < 400; i++) {
      assertThat(reading.expected()[0][i]).isCloseTo(values[i], within(1e-9));
      assertThat(reading.score()[i]).isCloseTo(Math.sqrt(2 / 4.0), within(0.01));
    }
    values[200] = 0.5;
    Series odd = Series.of(LongStream.range(0, 400).toArray(), values);
    assertThat(top(model.readTraining(odd).score())).isBetween(197, 203);
  }
}
