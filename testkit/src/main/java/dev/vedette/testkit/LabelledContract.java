package dev.vedette.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.Models;
import dev.vedette.RowModel;
import dev.vedette.TableDetector;
import dev.vedette.data.Column;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link LabelledDetector} promises; used as {@link DetectorContract} is, which holds
 * for detectors without labels.
 */
public abstract class LabelledContract {
  private static final int ROWS = 600;
  private static final int OUTLIERS = 30;

  /** The detector under test. */
  protected abstract LabelledDetector detector();

  /** A catalogue that holds the detector. */
  protected Detectors catalogue() {
    return Detectors.standard();
  }

  private final Matrix training = SampleRows.withOutliers(ROWS, OUTLIERS, 1);
  private final Matrix fresh = SampleRows.withOutliers(301, OUTLIERS, 2);
  private final boolean[] labels = last(ROWS, OUTLIERS);

  private static boolean[] last(int rows, int anomalies) {
    boolean[] labels = new boolean[rows];
    Arrays.fill(labels, rows - anomalies, rows, true);
    return labels;
  }

  private RowModel fitted() {
    return detector().fit(training, labels);
  }

  @Test
  void fittingTwiceGivesTheSameModel() {
    assertThat(fitted().score(fresh)).containsExactly(fitted().score(fresh));
    assertThat(fitted().scoreTraining(training)).containsExactly(fitted().scoreTraining(training));
  }

  @Test
  void aRowScoresTheSameAloneAndInABatch() {
    RowModel model = fitted();
    double[] batch = model.score(fresh);
    for (int i = 0; i < fresh.rows(); i++) {
      assertThat(model.score(fresh.row(i))).isEqualTo(batch[i]);
      assertThat(model.score(fresh.select(new int[] {i}))).containsExactly(batch[i]);
    }
    int[] order = SampleRows.shuffled(fresh, 3);
    assertThat(model.score(fresh.select(order)))
        .containsExactly(Arrays.stream(order).mapToDouble(i -> batch[i]).toArray());
  }

  @Test
  void anomaliesLikeThoseKnownScoreHigherThanTheCrowd() {
    double[] scores = fitted().score(fresh);
    int crowd = fresh.rows() - OUTLIERS;
    double highest = Arrays.stream(scores, 0, crowd).max().orElseThrow();
    assertThat(Arrays.stream(scores, crowd, scores.length))
        .allSatisfy(score -> assertThat(score).isGreaterThan(highest));
    double[] own = fitted().scoreTraining(training);
    double[] sorted = Arrays.stream(own, 0, ROWS - OUTLIERS).sorted().toArray();
    assertThat(Arrays.stream(own, ROWS - OUTLIERS, ROWS))
        .allSatisfy(s -> assertThat(s).isGreaterThan(sorted[sorted.length / 2]));
  }

  @Test
  void scoresAreFiniteHoweverFarARowIs() {
    RowModel model = fitted();
    for (double far : new double[] {0, 1e-300, 1e6, -1e12, 1e30, -1e200, Double.MAX_VALUE}) {
      double[] row = new double[SampleRows.COLUMNS];
      Arrays.fill(row, far);
      assertThat(model.score(row)).isFinite();
      assertThat(Arrays.stream(model.attribute(row).contributions()))
          .allSatisfy(c -> assertThat(c).isFinite());
    }
  }

  @Test
  void withoutLabelsTheRemedyIsNamed() {
    assertThatThrownBy(() -> detector().fit(training))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("learns from labels")
        .hasMessageContaining("--label");
    assertThatThrownBy(() -> new TableDetector(detector()).fit(table(training)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("learns from labels");
  }

  @Test
  void tooFewOfAClassAreRefused() {
    assertThatThrownBy(() -> detector().fit(training, last(ROWS, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 anomalies and 599 normal rows")
        .hasMessageContaining("at least");
    assertThatThrownBy(() -> detector().fit(training, last(ROWS, ROWS)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("600 anomalies and 0 normal rows");
    assertThatThrownBy(() -> detector().fit(training, last(ROWS - 1, OUTLIERS)))
        .hasMessageContaining("599 labels for 600 rows");
    Matrix none = training.select(new int[0]);
    assertThatThrownBy(() -> detector().fit(none, new boolean[0]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0 anomalies and 0 normal rows");
  }

  @Test
  void inputIsLeftAloneAndNotKept() {
    boolean[] given = labels.clone();
    RowModel model = detector().fit(training, given);
    assertThat(given).containsExactly(labels);
    double[] row = fresh.row(0);
    double[] copy = row.clone();
    double score = model.score(row);
    Attribution attribution = model.attribute(row);
    assertThat(row).containsExactly(copy);
    Arrays.fill(row, 1e9);
    Arrays.fill(attribution.contributions(), 7);
    Arrays.fill(attribution.normal(), 7);
    assertThat(model.score(copy)).isEqualTo(score);
    assertThat(sum(model.attribute(copy))).isCloseTo(score, within(1e-9 * Math.abs(score)));
  }

  @Test
  void constantColumnsAndDuplicatesAreNoTrouble() {
    double[][] rows = IntStream.range(0, ROWS).mapToObj(training::row).toArray(double[][]::new);
    for (int i = 0; i < ROWS; i++) {
      rows[i][1] = 42;
      rows[i] = i < ROWS / 2 ? rows[0] : rows[i];
    }
    RowModel model = detector().fit(Matrix.of(rows), labels);
    assertThat(model.score(fresh)).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    double[][] equal = new double[60][];
    Arrays.fill(equal, training.row(0));
    RowModel same = detector().fit(Matrix.of(equal), last(60, 20));
    assertThat(same.score(Matrix.of(equal))).containsOnly(same.score(equal[0]));
    assertThat(same.score(equal[0])).isFinite();
    assertThat(same.score(fresh.row(0))).isFinite();
  }

  @Test
  void missingValuesAreUsedOrRefusedByPlace() {
    double[][] rows = IntStream.range(0, ROWS).mapToObj(training::row).toArray(double[][]::new);
    for (int i = 7; i < ROWS; i += 20) {
      rows[i][2] = Double.NaN;
    }
    Matrix holed = Matrix.of(List.of("a", "b", "amount", "d"), rows);
    if (detector().acceptsMissing()) {
      RowModel model = detector().fit(holed, labels);
      assertThat(model.score(holed)[7]).isFinite().isEqualTo(model.score(rows[7]));
      assertThat(sum(model.attribute(rows[7]))).isCloseTo(model.score(rows[7]), within(1e-9));
    } else {
      assertThatThrownBy(() -> detector().fit(holed, labels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("row 7, column 'amount' is NaN");
      RowModel complete = fitted();
      assertThatThrownBy(() -> complete.score(rows[7]))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("column 2 of the row is NaN");
    }
  }

  @Test
  void infinityAndOtherWidthsAreRefused() {
    RowModel model = fitted();
    double[] infinite = fresh.row(0);
    infinite[3] = Double.NEGATIVE_INFINITY;
    assertThatThrownBy(() -> model.score(infinite))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 3");
    assertThatThrownBy(() -> model.attribute(infinite)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> model.score(new double[SampleRows.COLUMNS + 1]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("5 columns");
    assertThatThrownBy(() -> model.score(Matrix.of(new double[][] {{1, 2}})))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 columns");
    assertThatThrownBy(() -> model.scoreTraining(fresh))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("301 rows");
    assertThat(model.columns()).isEqualTo(SampleRows.COLUMNS);
  }

  @Test
  void savingAndLoadingKeepsEveryBit(@TempDir Path folder) {
    RowModel model = fitted();
    Path file = folder.resolve("model.vedette");
    Models.save(model, file, catalogue());
    RowModel loaded = Models.load(file, catalogue());
    assertThat(loaded.detector()).isEqualTo(model.detector());
    assertThat(loaded.score(fresh)).containsExactly(model.score(fresh));
    assertThat(loaded.scoreTraining(training)).containsExactly(model.scoreTraining(training));
    assertThat(loaded.attribute(fresh.row(0))).isEqualTo(model.attribute(fresh.row(0)));
  }

  @Test
  void oneThreadAndManyAgree() throws Exception {
    double[] many = fitted().score(fresh);
    double[] manyTraining = fitted().scoreTraining(training);
    try (var single = new ForkJoinPool(1);
        var four = new ForkJoinPool(4)) {
      for (ForkJoinPool pool : List.of(single, four)) {
        RowModel model = pool.submit(this::fitted).get();
        assertThat(pool.submit(() -> model.score(fresh)).get()).containsExactly(many);
        assertThat(pool.submit(() -> model.scoreTraining(training)).get())
            .containsExactly(manyTraining);
      }
    }
  }

  @Test
  void optionsRoundTripThroughText() {
    String text = catalogue().text(detector());
    assertThat(catalogue().parse(text)).isEqualTo(detector());
    String name = catalogue().entry(detector()).name();
    assertThat(catalogue().labelledEntries().stream().map(Detectors.Entry::name)).contains(name);
    assertThat(catalogue().entries().stream().map(Detectors.Entry::name)).doesNotContain(name);
    assertThatThrownBy(() -> detector().fit(training)).hasMessageStartingWith(name + " ");
  }

  @Test
  void contributionsSumToTheScore() {
    RowModel model = fitted();
    double[] own = model.scoreTraining(training);
    for (int i = 0; i < fresh.rows(); i++) {
      Attribution attribution = model.attribute(fresh.row(i));
      assertSums(attribution, model.score(fresh.row(i)));
      assertSums(model.attributeTraining(training, i), own[i]);
    }
  }

  private static void assertSums(Attribution attribution, double score) {
    double tolerance = 1e-9 * Math.max(1, Math.abs(score));
    assertThat(attribution.score()).isCloseTo(score, within(tolerance));
    assertThat(sum(attribution)).isCloseTo(score, within(tolerance));
    assertThat(attribution.normal()).hasSize(SampleRows.COLUMNS);
  }

  @Test
  void thePromiseIsKeptOnNormalRows() {
    Decider decider =
        Decider.fit(
            new TableDetector(detector()),
            table(training).withLabels(labels),
            new Rule.FalseAlarms(0.05));
    double[] crowd = decider.model().score(table(SampleRows.crowd(4000, 6)));
    double flagged = Arrays.stream(crowd).filter(decider.threshold()::flags).count() / 4000.0;
    // a threshold on 570 rows varies by 0.009; four of that
    assertThat(flagged).isLessThan(0.05 + 0.037);
    double[] far = decider.model().score(table(fresh));
    assertThat(Arrays.stream(far, 301 - OUTLIERS, 301)).allMatch(decider.threshold()::flags);
  }

  private static Table table(Matrix rows) {
    return Table.of(
        IntStream.range(0, rows.columns())
            .mapToObj(j -> Column.Numeric.numbers("x" + j, rows.column(j)))
            .toList());
  }

  private static double sum(Attribution attribution) {
    return attribution.base() + Arrays.stream(attribution.contributions()).sum();
  }
}
