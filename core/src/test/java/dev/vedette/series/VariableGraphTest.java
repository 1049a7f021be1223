package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Reading;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VariableGraphTest {
  static double[] alternating(int points) {
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = i % 2 == 0 ? 1 : -1;
    }
    return values;
  }

  /**
   * Twenty points 1, −1, 1, ...: mean 0, unit 1. The point before the first is like it, so the
   * products of neighbours are 1 − 19 and the weight with ridge 0.5 is −18 / (20 + 10) = −0.6. Held
   * out, the first stretch has the weight −16/24 and errors 5/3, 1/3, 1/3, 1/3, the others −14/24
   * and 5/12.
   */
  @Test
  void oneVariableByHand() {
    var detector = new VariableGraph().lags(1).ridge(0.5).halfLife(0);
    var history = SensorSeries.of(new double[][] {alternating(20)});
    var model = detector.fit(history);
    double spread = Math.sqrt((25 / 9.0 + 3 / 9.0 + 16 * 25 / 144.0) / 20);
    Reading reading = model.read(SensorSeries.of(new double[][] {{1, -1, -1}}));
    assertThat(reading.expected()[0])
        .containsExactly(new double[] {-0.6, -0.6, 0.6}, within(1e-12));
    assertThat(reading.spread()[0][1]).isCloseTo(spread, within(1e-12));
    assertThat(reading.score())
        .containsExactly(new double[] {1.6 / spread, 0.4 / spread, 1.6 / spread}, within(1e-9));
    double[] training = model.readTraining(history).score();
    assertThat(training[0]).isCloseTo(5 / 3.0 / spread, within(1e-9));
    assertThat(training[1]).isCloseTo(1 / 3.0 / spread, within(1e-9));
    assertThat(training[19]).isCloseTo(5 / 12.0 / spread, within(1e-9));
  }

  @Test
  void scoresOfUsualPointsLieAroundOne() {
    double[] scores =
        new VariableGraph()
            .fit(SensorSeries.usual(2000, 1))
            .read(SensorSeries.usual(2000, 2))
            .score();
    assertThat(Arrays.stream(scores).average().orElseThrow()).isBetween(0.9, 1.2);
  }

  @Test
  void aBrokenRelationIsFoundAndItsVariablesNamed() {
    var model = new VariableGraph().fit(SensorSeries.usual(2000, 1));
    double[][] values = SensorSeries.values(500, 2);
    values[1][300] -= 3; // within its range, not beside the inlet
    Reading reading = model.read(SensorSeries.of(values));
    int worst = 0;
    for (int i = 0; i < 500; i++) {
      worst = reading.score()[i] > reading.score()[worst] ? i : worst;
    }
    assertThat(worst).isEqualTo(300);
    assertThat(reading.contribution()[1][300]).isGreaterThan(0.4 * reading.score()[300]);
    assertThat(reading.contribution()[2][300]).isLessThan(0.02 * reading.score()[300]);
    assertThat(reading.expected()[1][300]).isCloseTo(values[1][300] + 3, within(1.5));
  }

  @Test
  void aChangedCorrelationIsNamed() {
    var model = new VariableGraph().fit(SensorSeries.usual(3000, 1));
    double[][] values = SensorSeries.values(400, 2);
    System.arraycopy(SensorSeries.values(400, 3)[1], 0, values[1], 200, 200); // a wave of its own
    var later = SensorSeries.of(values);
    assertThat(model.changes(later, 190, 0)).isEmpty();
    var changes = model.changes(later, 350, 0);
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().other()).isEqualTo(1);
    assertThat(changes.getFirst().usual()).isGreaterThan(0.9);
    assertThat(changes.getFirst().recent()).isLessThan(0.7);
    assertThat(model.changes(later, 350, 2)).isEmpty();
  }

  @Test
  void outliersInTheHistoryDoNotHideOthers() {
    double[][] values = SensorSeries.values(2000, 1);
    for (int i = 100; i < 2000; i += 200) {
      values[2][i] += 40;
    }
    var model = new VariableGraph().fit(SensorSeries.of(values));
    double spread = model.read(SensorSeries.usual(10, 4)).spread()[2][0];
    assertThat(spread).isBetween(1.0, 1.5); // 1 where there are no outliers
  }

  @Test
  void aVariableAboveItselfIsExpectedWithLeastSpread() {
    double[][] values = SensorSeries.values(1000, 1);
    values[2] = values[0].clone();
    var model = new VariableGraph().fit(SensorSeries.of(values));
    double[][] later = SensorSeries.values(100, 2);
    later[2] = later[0].clone();
    assertThat(Arrays.stream(model.read(SensorSeries.of(later)).score()).max().orElseThrow())
        .isLessThan(4);
    later[2][50] += 2;
    assertThat(model.read(SensorSeries.of(later)).score()[50]).isGreaterThan(4);
  }

  @Test
  void tooFewPointsAreRefused() {
    assertThatThrownBy(() -> new VariableGraph().fit(SensorSeries.usual(12, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage("the history has 12 points, a graph of variables with 3 lags needs 13");
  }
}
