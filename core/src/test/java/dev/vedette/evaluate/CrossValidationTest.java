package dev.vedette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Detector;
import dev.vedette.Model;
import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.threshold.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
  /** Scores a row by its distance from the mean of column x, and remembers what it was shown. */
  private record FromMean(List<Set<Double>> learned, List<Set<Double>> scored)
      implements Detector<Table> {
    FromMean() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public Model<Table> fit(Table rows) {
      double[] x = column(rows, "x");
      learned.add(ids(rows));
      return new Fitted(this, Arrays.stream(x).average().orElseThrow());
    }
  }

  private record Fitted(FromMean detector, double mean) implements Model<Table> {
    @Override
    public double[] score(Table rows) {
      assertThat(rows.labels()).as("labels shown while scoring").isEmpty();
      detector.scored().add(ids(rows));
      return Arrays.stream(column(rows, "x")).map(x -> Math.abs(x - mean)).toArray();
    }
  }

  private static double[] column(Table table, String name) {
    var column = (Column.Numeric) table.column(name).orElseThrow();
    double[] values = new double[table.rows()];
    Arrays.setAll(values, column::value);
    return values;
  }

  private static Set<Double> ids(Table table) {
    var ids = new HashSet<Double>();
    for (double id : column(table, "id")) {
      ids.add(id);
    }
    return ids;
  }

  /** 200 rows, every tenth an anomaly far to the right. */
  private static Table table() {
    var random = new SplittableRandom(51);
    double[] x = new double[200];
    double[] id = new double[200];
    boolean[] labels = new boolean[200];
    for (int i = 0; i < x.length; i++) {
      labels[i] = i % 10 == 3;
      x[i] = random.nextGaussian() + (labels[i] ? 6 : 0);
      id[i] = i;
    }
    return Table.of(List.of(Column.Numeric.numbers("x", x), Column.Numeric.numbers("id", id)))
        .withLabels(labels);
  }

  @Test
  void noRowIsJudgedByAModelOrThresholdThatSawIt() {
    var detector = new FromMean();
    CrossValidated result = new CrossValidation().run(table(), detector);
    assertThat(detector.learned()).hasSize(5);
    assertThat(detector.scored()).hasSize(10); // each fold: calibration, then test
    int[] fold = result.foldOfRow();
    for (int f = 0; f < 5; f++) {
      Set<Double> learned = detector.learned().get(f);
      Set<Double> calibration = detector.scored().get(2 * f);
      Set<Double> test = detector.scored().get(2 * f + 1);
      assertThat(learned).hasSize(128);
      assertThat(calibration).hasSize(32).doesNotContainAnyElementsOf(learned);
      assertThat(test).hasSize(40).doesNotContainAnyElementsOf(learned);
      assertThat(test).doesNotContainAnyElementsOf(calibration);
      for (double row : test) {
        assertThat(fold[(int) row]).isEqualTo(f);
      }
    }
  }

  @Test
  void everyRowHasTheScoreOfItsFoldsModel() {
    Table table = table();
    var cross = new CrossValidation().calibration(0).folds(4).seed(9);
    CrossValidated result = cross.run(table, new FromMean());
    double[] x = column(table, "x");
    double[] scores = result.scores();
    int[] fold = result.foldOfRow();
    for (int i = 0; i < scores.length; i++) {
      double sum = 0;
      int count = 0;
      for (int j = 0; j < x.length; j++) {
        if (fold[j] != fold[i]) {
          sum += x[j];
          count++;
        }
      }
      assertThat(scores[i]).isCloseTo(Math.abs(x[i] - sum / count), within(1e-12));
    }
    assertThat(cross.run(table, new FromMean())).isEqualTo(result).hasSameHashCodeAs(result);
    assertThat(cross.seed(10).run(table, new FromMean())).isNotEqualTo(result);
  }

  @Test
  void normalOnlyLearnsFromNormalRowsButCalibratesOnBoth() {
    var detector = new FromMean();
    Table table = table();
    boolean[] labels = table.labels().orElseThrow();
    var cross = new CrossValidation().normalOnly(true).rule(new Rule.BestF1());
    CrossValidated result = cross.run(table, detector);
    for (Set<Double> learned : detector.learned()) {
      assertThat(learned).noneMatch(row -> labels[row.intValue()]);
    }
    assertThat(detector.scored()).allMatch(s -> s.stream().anyMatch(r -> labels[r.intValue()]));
    assertThat(result.rocAuc().mean()).isGreaterThan(0.99);
    assertThat(result.spread(fold -> fold.f1().value()).mean()).isGreaterThan(0.9);
  }

  @Test
  void meansAndDecisionsFollowFromTheFolds() {
    CrossValidated result = new CrossValidation().run(table(), new FromMean());
    double[] areas = result.folds().stream().mapToDouble(e -> e.rocAuc().value()).toArray();
    double mean = Arrays.stream(areas).average().orElseThrow();
    double squares = Arrays.stream(areas).map(a -> (a - mean) * (a - mean)).sum();
    assertThat(result.rocAuc().mean()).isCloseTo(mean, within(1e-12));
    assertThat(result.rocAuc().deviation()).isCloseTo(Math.sqrt(squares / 4), within(1e-12));
    boolean[] flagged = result.flagged();
    boolean[] labels = table().labels().orElseThrow();
    int caught = 0;
    int alarms = 0;
    for (int i = 0; i < flagged.length; i++) {
      caught += flagged[i] && labels[i] ? 1 : 0;
      alarms += flagged[i] && !labels[i] ? 1 : 0;
    }
    assertThat(result.confusion())
        .isEqualTo(new Confusion(caught, alarms, 20 - caught, 180 - alarms));
    assertThat(result.toString())
        .startsWith("200 rows, 20 anomalies, 5 folds: mean +- standard deviation over the folds")
        .contains("ROC AUC               " + result.rocAuc());
  }

  @Test
  void refusesWhatCannotBeCutOrJudged() {
    Table table = table();
    Table unlabelled = Table.of(table.columns());
    assertThatThrownBy(() -> new CrossValidation().run(unlabelled, new FromMean()))
        .isInstanceOf(DataException.class)
        .hasMessage("the table has no labels to judge by");
    assertThatThrownBy(() -> new CrossValidation().folds(21).run(table, new FromMean()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("20 anomalies and 180 normal rows cannot be spread over 21 folds");
    assertThatThrownBy(() -> new CrossValidation().folds(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CrossValidation().calibration(1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
