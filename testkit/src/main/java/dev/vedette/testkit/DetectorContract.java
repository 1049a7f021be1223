package dev.vedette.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link RowDetector} promises. Extend it, name your detector and the catalogue it is
 * in, and the tests run:
 *
 * <pre>{@code
 * class MyDetectorTest extends DetectorContract {
 *   protected RowDetector detector() { return new MyDetector(); }
 *   protected Detectors catalogue() { return Detectors.standard().and("mine", new MyDetector(), "...", "..."); }
 * }
 * }</pre>
 */
public abstract class DetectorContract {
  private static final int ROWS = 600;
  private static final int OUTLIERS = 6;

  /** The detector under test. */
  protected abstract RowDetector detector();

  /** A catalogue that holds the detector. */
  protected Detectors catalogue() {
    return Detectors.standard();
  }

  private final Matrix training = SampleRows.withOutliers(ROWS, OUTLIERS, 1);
  private final Matrix fresh = SampleRows.withOutliers(301, OUTLIERS, 2);

  @Test
  void fittingTwiceGivesTheSameModel() {
    assertThat(detector().fit(training).score(fresh))
        .containsExactly(detector().fit(training).score(fresh));
  }

  @Test
  void aRowScoresTheSameAloneAndInABatch() {
    RowModel model = detector().fit(training);
    double[] batch = model.score(fresh);
    for (int i = 0; i < fresh.rows(); i++) {
      assertThat(model.score(fresh.row(i))).isEqualTo(batch[i]);
      assertThat(model.score(fresh.select(new int[] {i}))).containsExactly(batch[i]);
    }
  }

  @Test
  void permutingRowsPermutesScores() {
    RowModel model = detector().fit(training);
    double[] scores = model.score(fresh);
    int[] order = SampleRows.shuffled(fresh, 3);
    assertThat(model.score(fresh.select(order)))
        .containsExactly(Arrays.stream(order).mapToDouble(i -> scores[i]).toArray());
  }

  @Test
  void aSubsetScoresAsInTheWhole() {
    RowModel model = detector().fit(training);
    double[] scores = model.score(fresh);
    int[] odd = IntStream.range(0, fresh.rows()).filter(i -> i % 2 == 1).toArray();
    assertThat(model.score(fresh.select(odd)))
        .containsExactly(Arrays.stream(odd).mapToDouble(i -> scores[i]).toArray());
  }

  @Test
  void outliersScoreHigherThanEveryCrowdRow() {
    RowModel model = detector().fit(SampleRows.crowd(ROWS, 4));
    double[] scores = model.score(fresh);
    int crowd = fresh.rows() - OUTLIERS;
    double highest = Arrays.stream(scores, 0, crowd).max().orElseThrow();
    assertThat(Arrays.stream(scores, crowd, scores.length))
        .allSatisfy(score -> assertThat(score).isGreaterThan(highest));
    assertThat(Arrays.stream(scores, 0, crowd).distinct().count()).isGreaterThan(10);
  }

  @Test
  void outliersAmongTheTrainingRowsScoreHigh() {
    double[] scores = detector().fit(training).scoreTraining(training);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double median = sorted[ROWS / 2];
    assertThat(Arrays.stream(scores, ROWS - OUTLIERS, ROWS))
        .allSatisfy(score -> assertThat(score).isGreaterThan(median));
  }

  @Test
  void scoresAreFiniteHoweverFarARowIs() {
    RowModel model = detector().fit(training);
    for (double far : new double[] {0, 1e-300, 1e6, -1e12, 1e30, -1e200, Double.MAX_VALUE}) {
      double[] row = new double[SampleRows.COLUMNS];
      Arrays.fill(row, far);
      assertThat(model.score(row)).isFinite();
      Attribution attribution = model.attribute(row);
      assertThat(Arrays.stream(attribution.contributions()))
          .allSatisfy(c -> assertThat(c).isFinite());
    }
  }

  @Test
  void theInputIsLeftAloneAndNotKept() {
    RowModel model = detector().fit(training);
    double[] row = fresh.row(0);
    double[] copy = row.clone();
    double score = model.score(row);
    double[] contributions = model.attribute(row).contributions().clone();
    assertThat(row).containsExactly(copy);
    Arrays.fill(row, 1e9);
    assertThat(model.score(copy)).isEqualTo(score);
    Arrays.fill(model.attribute(copy).contributions(), 7);
    Arrays.fill(model.attribute(copy).normal(), 7);
    assertThat(model.attribute(copy).contributions()).containsExactly(contributions);
    assertThat(model.score(copy)).isEqualTo(score);
  }

  @Test
  void constantColumnsAreNoTrouble() {
    double[][] rows = rows(training);
    for (double[] row : rows) {
      row[1] = 42;
    }
    RowModel model = detector().fit(Matrix.of(rows));
    assertThat(Arrays.stream(model.score(Matrix.of(rows))))
        .allSatisfy(s -> assertThat(s).isFinite());
    assertThat(Arrays.stream(model.score(fresh))).allSatisfy(s -> assertThat(s).isFinite());
  }

  @Test
  void oneColumnIsEnough() {
    double[][] rows = new double[ROWS][1];
    double[][] far = {{100}};
    for (int i = 0; i < ROWS; i++) {
      rows[i][0] = training.get(i, 0) % 3;
    }
    RowModel model = detector().fit(Matrix.of(rows));
    double[] scores = model.score(Matrix.of(rows));
    Arrays.sort(scores);
    assertThat(model.score(far[0])).isFinite().isGreaterThan(scores[ROWS / 2]);
  }

  @Test
  void duplicatesAreNoTrouble() {
    double[][] rows = rows(training);
    for (int i = 0; i < ROWS / 2; i++) {
      rows[i] = rows[0];
    }
    RowModel model = detector().fit(Matrix.of(rows));
    double[] scores = model.score(Matrix.of(rows));
    assertThat(Arrays.stream(scores)).allSatisfy(score -> assertThat(score).isFinite());
    assertThat(scores[1]).isEqualTo(scores[0]);
  }

  @Test
  void allRowsEqualGiveOneScore() {
    double[][] rows = new double[50][];
    Arrays.fill(rows, training.row(0));
    RowModel model = detector().fit(Matrix.of(rows));
    double[] scores = model.score(Matrix.of(rows));
    assertThat(scores).containsOnly(scores[0]);
    assertThat(scores[0]).isFinite();
    assertThat(model.score(fresh.row(0))).isFinite();
  }

  @Test
  void tooFewRowsAreRefused() {
    Matrix none = training.select(new int[0]);
    assertThatThrownBy(() -> detector().fit(none))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0 rows given");
    Matrix one = training.select(new int[] {0});
    assertThatThrownBy(() -> detector().fit(one))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 row given");
  }

  @Test
  void noRowsGetNoScores() {
    assertThat(detector().fit(training).score(fresh.select(new int[0]))).isEmpty();
  }

  @Test
  void missingValuesAreUsedOrRefusedByPlace() {
    double[][] rows = rows(training);
    rows[7][2] = Double.NaN;
    Matrix holed = Matrix.of(List.of("a", "b", "amount", "d"), rows);
    RowModel complete = detector().fit(training);
    if (detector().acceptsMissing()) {
      RowModel model = detector().fit(holed);
      assertThat(model.score(holed)[7]).isFinite().isEqualTo(model.score(rows[7]));
      double[] nothing = new double[SampleRows.COLUMNS];
      Arrays.fill(nothing, Double.NaN);
      assertThat(model.score(nothing)).isFinite();
      assertThat(sum(model.attribute(rows[7]))).isCloseTo(model.score(rows[7]), within(1e-9));
      assertThat(complete.score(rows[7])).isFinite();
    } else {
      String place = "row 7, column 'amount' is NaN";
      assertThatThrownBy(() -> detector().fit(holed))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(place);
      assertThatThrownBy(() -> complete.score(holed))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(place);
      assertThatThrownBy(() -> complete.score(rows[7]))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("column 2 of the row is NaN");
    }
  }

  @Test
  void infinityAndOtherWidthsAreRefused() {
    RowModel model = detector().fit(training);
    double[] infinite = fresh.row(0);
    infinite[3] = Double.NEGATIVE_INFINITY;
    assertThatThrownBy(() -> model.score(infinite))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 3")
        .hasMessageContaining("-Infinity");
    assertThatThrownBy(() -> model.attribute(infinite)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> model.score(new double[SampleRows.COLUMNS + 1]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("5 columns");
    assertThatThrownBy(() -> model.score(Matrix.of(new double[][] {{1, 2}})))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 columns");
    assertThat(model.columns()).isEqualTo(SampleRows.COLUMNS);
  }

  @Test
  void savingAndLoadingKeepsEveryBit(@TempDir Path folder) {
    RowModel model = detector().fit(training);
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
    double[] many = detector().fit(training).score(fresh);
    double[] manyTraining = detector().fit(training).scoreTraining(training);
    try (var single = new ForkJoinPool(1);
        var four = new ForkJoinPool(4)) {
      for (ForkJoinPool pool : List.of(single, four)) {
        RowModel model = pool.submit(() -> detector().fit(training)).get();
        assertThat(pool.submit(() -> model.score(fresh)).get()).containsExactly(many);
        assertThat(pool.submit(() -> model.scoreTraining(training)).get())
            .containsExactly(manyTraining);
      }
    }
  }

  @Test
  void concurrentScoringAgrees() throws Exception {
    RowModel model = detector().fit(training);
    double[] expected = model.score(fresh);
    try (var pool = new ForkJoinPool(4)) {
      List<Future<double[]>> results = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        results.add(
            pool.submit(
                () ->
                    IntStream.range(0, fresh.rows())
                        .mapToDouble(i -> model.score(fresh.row(i)))
                        .toArray()));
      }
      for (Future<double[]> result : results) {
        assertThat(result.get()).containsExactly(expected);
      }
    }
  }

  @Test
  void optionsRoundTripThroughText() {
    String text = catalogue().text(detector());
    assertThat(catalogue().parse(text)).isEqualTo(detector());
    String name = catalogue().entry(detector()).name();
    assertThat(text).startsWith(name);
    assertThatThrownBy(() -> catalogue().parse(name + " no-such-option=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no option [no-such-option]");
  }

  @Test
  void contributionsSumToTheScore() {
    RowModel model = detector().fit(training);
    for (int i = 0; i < fresh.rows(); i++) {
      double[] row = fresh.row(i);
      Attribution attribution = model.attribute(row);
      double score = model.score(row);
      assertThat(attribution.score()).isCloseTo(score, within(1e-9 * Math.max(1, score)));
      assertThat(sum(attribution)).isCloseTo(score, within(1e-9 * Math.max(1, Math.abs(score))));
      assertThat(attribution.normal()).hasSize(SampleRows.COLUMNS);
    }
  }

  @Test
  void contributionsOfTrainingRowsSumToTheirOwnScore() {
    RowModel model = detector().fit(training);
    double[] scores = model.scoreTraining(training);
    for (int i = 0; i < ROWS; i += 7) {
      Attribution attribution = model.attributeTraining(training, i);
      double tolerance = 1e-9 * Math.max(1, Math.abs(scores[i]));
      assertThat(attribution.score()).isCloseTo(scores[i], within(tolerance));
      assertThat(sum(attribution)).isCloseTo(scores[i], within(tolerance));
    }
  }

  @Test
  void theShiftedColumnContributesMost() {
    RowModel model = detector().fit(SampleRows.crowd(ROWS, 4));
    double[] crowd = model.score(SampleRows.crowd(ROWS, 5));
    Arrays.sort(crowd);
    int seen = 0;
    // The first and the last column follow each other: which of the two is wrong is not for the row
    // to say.
    for (int[] shifted : new int[][] {{0, 3}, {1}, {2}}) {
      double[] row = {0, 10, -5, 3};
      row[shifted[0]] += 40;
      double[] contributions = model.attribute(row).contributions();
      double largest = Arrays.stream(contributions).max().orElseThrow();
      if (model.score(row) > crowd[ROWS / 2]) { // some detectors do not see every shift
        seen++;
        assertThat(Arrays.stream(shifted).mapToDouble(j -> contributions[j]))
            .as("contributions after a shift of column %s", shifted[0])
            .contains(largest);
      }
    }
    assertThat(seen).isPositive();
  }

  private static double sum(Attribution attribution) {
    return attribution.base() + Arrays.stream(attribution.contributions()).sum();
  }

  private static double[][] rows(Matrix matrix) {
    return IntStream.range(0, matrix.rows()).mapToObj(matrix::row).toArray(double[][]::new);
  }
}
