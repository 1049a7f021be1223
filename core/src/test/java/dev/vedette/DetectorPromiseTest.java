package dev.vedette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.threshold.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The false-alarm promise with real detectors: fitted and calibrated on 200 normal rows, how many
 * of 500 other normal rows are flagged, on average over 20 repetitions? The threshold alone is
 * proved in {@code threshold.PromiseTest}.
 */
class DetectorPromiseTest {
  private static final int REPETITIONS = 20;
  private static final int ROWS = 200;
  private static final int FRESH = 500;
  private static final double RATE = 0.05;

  static Stream<String> detectors() {
    return Detectors.standard().entries().stream().map(Detectors.Entry::name);
  }

  private static Table normal(int rows, SplittableRandom random) {
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < 10; j++) {
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = random.nextGaussian();
      }
      columns.add(Column.Numeric.numbers("x" + j, values));
    }
    return Table.of(columns);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void freshNormalRowsAreFlaggedAtThePromisedRate(String name) {
    var random = new SplittableRandom(77);
    var detector = new TableDetector(Detectors.standard().parse(name));
    double flagged = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      Decider decider = Decider.fit(detector, normal(ROWS, random), new Rule.FalseAlarms(RATE));
      flagged += decider.decide(normal(FRESH, random)).stream().filter(Decision::flagged).count();
    }
    double rate = flagged / (REPETITIONS * FRESH);
    // The realised rate of one calibration varies by √(p(1−p)/n), the count of one repetition by
    // √(p(1−p)/m); four standard errors of the mean.
    double error = 4 * Math.sqrt(RATE * (1 - RATE) * (1.0 / ROWS + 1.0 / FRESH) / REPETITIONS);
    assertThat(rate).isLessThanOrEqualTo(RATE + error).isGreaterThan(RATE / 4);
  }
}
