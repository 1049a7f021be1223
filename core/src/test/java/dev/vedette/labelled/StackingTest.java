package dev.vedette.labelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.TableDetector;
import dev.vedette.data.Column;
import dev.vedette.data.Matrix;
import dev.vedette.data.Table;
import dev.vedette.evaluate.Evaluate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StackingTest {
  private static final Stacking SMALL = new Stacking().members("zscore+hbos+pca");

  private static Matrix rows(int count, long seed) {
    var random = new SplittableRandom(seed);
    double[][] rows = new double[count][3];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return Matrix.of(rows);
  }

  private static boolean[] random(int count, double share, long seed) {
    var random = new SplittableRandom(seed);
    boolean[] labels = new boolean[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextDouble() < share;
    }
    return labels;
  }

  @Test
  void scoresOfTrainingRowsHaveNotSeenTheirLabels() {
    double sum = 0;
    for (long seed = 1; seed <= 4; seed++) {
      boolean[] random = random(600, 0.3, seed);
      Matrix rows = rows(600, 10 + seed);
      sum += Evaluate.rocAuc(SMALL.fit(rows, random).scoreTraining(rows), random);
    }
    // 0.5 with a standard error of 0.013, as the labels mean nothing
    assertThat(sum / 4).isBetween(0.45, 0.55);
  }

  @Test
  void labelsSayWhomToBelieve() {
    var random = new SplittableRandom(3);
    double[][] strengths = new double[500][2];
    boolean[] labels = new boolean[500];
    for (int i = 0; i < 500; i++) { // the first tells them apart, the second knows nothing
      labels[i] = i % 10 == 0;
      strengths[i][0] = (labels[i] ? 1.5 : 0) + random.nextDouble();
      strengths[i][1] = random.nextDouble();
    }
    var cross = new CrossFit(labels, new int[500], strengths);
    double[] weights = cross.stack(1).weights();
    assertThat(weights[0]).isGreaterThan(2);
    assertThat(weights[1]).isBetween(0.0, 1.0);
    assertThat(cross.stack(1e6).weights())
        .containsExactly(new double[] {Math.log(10) / 2, Math.log(10) / 2}, within(1e-3));
  }

  @Test
  void theScoreIsTheLogOddsOfAnAnomaly() {
    Matrix rows = rows(2000, 5);
    var random = new SplittableRandom(6);
    boolean[] labels = new boolean[2000];
    for (int i = 0; i < 2000; i++) { // likelier the farther out
      double far = Arrays.stream(rows.row(i)).map(v -> v * v).sum();
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(5 - 0.8 * far));
    }
    double[] scores = SMALL.fit(rows, labels).scoreTraining(rows);
    double expected = Arrays.stream(scores).map(s -> 1 / (1 + Math.exp(-s))).sum();
    long known = IntStream.range(0, 2000).filter(i -> labels[i]).count();
    assertThat(expected / known).isCloseTo(1, within(0.05));
  }

  @Test
  void otherDetectorsNeverSeeLabels() {
    Table table =
        Table.of(
            IntStream.range(0, 3)
                .mapToObj(j -> Column.Numeric.numbers("x" + j, rows(200, 7).column(j)))
                .toList());
    boolean[] labels = random(200, 0.2, 8);
    for (Detectors.Entry entry : Detectors.standard().entries()) {
      if (List.of("zscore", "iforest", "ensemble", "auto").contains(entry.name())) {
        var detector = new TableDetector(entry.defaults());
        assertThat(detector.fit(table.withLabels(labels)).score(table))
            .containsExactly(detector.fit(table).score(table));
      }
    }
  }

  @Test
  void whatCannotBeStackedIsRefused() {
    assertThatThrownBy(() -> SMALL.fit(rows(100, 1), random(100, 0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "0 anomalies and 100 normal rows; stacking needs at least 5 of both to learn from");
    assertThatThrownBy(() -> new Stacking().members("none").fit(rows(9, 1), new boolean[9]))
        .hasMessage("stacking needs members");
    for (String member : List.of("stacking", "boosted-trees", "ensemble", "auto")) {
      assertThatThrownBy(() -> new Stacking().members(member + "+knn"))
          .hasMessageContaining(member + " is no member of an ensemble");
      assertThatThrownBy(() -> Detectors.standard().parse("ensemble members=" + member))
          .hasMessageContaining(member + " is no member of an ensemble");
    }
    assertThatThrownBy(() -> Detectors.standard().parse("stacking folds=1"))
        .hasMessage("stacking: folds must be from 2 to 100, is 1");
    assertThatThrownBy(() -> Detectors.standard().parse("boosted-trees l2=0"))
        .hasMessageContaining("l2 must be from");
  }

  @Test
  void withoutTheLibraryTheRemedyIsNamed() {
    boolean[] labels = random(100, 0.3, 2);
    assertThatThrownBy(() -> new BoostedTrees().fit(rows(100, 1), labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vedette-boost")
        .hasMessageContaining("use stacking");
  }

  @Test
  void treesThatDoNotHelpAreLeftOut() {
    Matrix rows = rows(400, 9);
    boolean[] labels = random(400, 0.3, 4);
    var stump =
        new Trees(
            new int[] {0},
            new int[] {0},
            new double[] {0},
            new int[] {-1},
            new int[] {-2},
            new int[] {1},
            new double[] {5, -5},
            new int[] {200, 200});
    BoostedTrees.Fitted model =
        new BoostedTrees().stacking(SMALL).fit(rows, labels, (options, training, judged) -> stump);
    assertThat(model.trees()).isEqualTo(Trees.none());
    assertThat(model.score(rows)).containsExactly(SMALL.fit(rows, labels).score(rows));
    assertThat(model.scoreTraining(rows))
        .containsExactly(SMALL.fit(rows, labels).scoreTraining(rows));
  }
}
