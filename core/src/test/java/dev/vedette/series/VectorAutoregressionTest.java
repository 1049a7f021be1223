package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.data.Series;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VectorAutoregressionTest {
  /** The same numbers as by hand in {@link VariableGraphTest}: with one variable they agree. */
  @Test
  void oneVariableByHand() {
    var history = SensorSeries.of(new double[][] {VariableGraphTest.alternating(20)});
    var model = new VectorAutoregression(1, 0.5, 0).fit(history);
    double spread = Math.sqrt((25 / 9.0 + 3 / 9.0 + 16 * 25 / 144.0) / 20);
    Reading reading = model.read(SensorSeries.of(new double[][] {{1, -1, -1}}));
    assertThat(reading.expected()[0])
        .containsExactly(new double[] {-0.6, -0.6, 0.6}, within(1e-12));
    assertThat(reading.score())
        .containsExactly(new double[] {1.6 / spread, 0.4 / spread, 1.6 / spread}, within(1e-9));
    assertThat(model.readTraining(history).score()[0]).isCloseTo(5 / 3.0 / spread, within(1e-9));
  }

  /** Errors that usually agree: one apart from the other is worse than both together. */
  @Test
  void errorsAreJudgedTogether() {
    var model = new VectorAutoregression().halfLife(0).fit(SensorSeries.usual(3000, 1));
    double[][] together = SensorSeries.values(200, 2);
    double[][] apart = SensorSeries.values(200, 2);
    together[0][100] += 4;
    together[1][100] += 2;
    apart[0][100] += 4;
    apart[1][100] -= 2;
    double both = model.read(SensorSeries.of(together)).score()[100];
    double against = model.read(SensorSeries.of(apart)).score()[100];
    assertThat(against).isGreaterThan(2 * both);
  }

  @Test
  void tooManyWeightsAreRefused() {
    int variables = 600;
    double[][] values = new double[variables][30];
    long[] times = IntStream.range(0, 30).mapToLong(i -> i).toArray();
    Series wide = Series.of(Collections.nCopies(variables, "v"), times, values);
    assertThatThrownBy(() -> new VectorAutoregression(10, 0.01, 0).fit(wide))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("600 variables with 10 lags");
  }
}
