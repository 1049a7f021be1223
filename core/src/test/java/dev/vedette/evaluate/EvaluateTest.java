package dev.vedette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.threshold.Rule;
import dev.vedette.threshold.Threshold;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvaluateTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  private static final double[] SMALL = {.9, .8, .8, .7, .6, .6, .6, .5, .4, .3, .2, .1};
  private static final boolean[] SMALL_LABELS = {
    true, true, false, true, false, true, false, false, false, true, false, false
  };

  private static Threshold at(double cut) {
    return new Threshold(new Rule.Quantile(), cut);
  }

  /** 2,000 rows, 187 anomalies, 150 different scores; whole numbers, so any language agrees. */
  private static boolean[] largeLabels() {
    boolean[] labels = new boolean[2000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i * 104_729 % 97 < 9;
    }
    return labels;
  }

  private static double[] largeScores() {
    boolean[] labels = largeLabels();
    return IntStream.range(0, 2000)
        .mapToDouble(i -> i * 7919 % 1009 / 8 + (labels[i] && i % 5 != 0 ? 60 : 0))
        .toArray();
  }

  @Test
  void byHand() {
    // Of 35 pairs the anomalies win 7 + 6.5 + 6 + 5 + 2.
    assertThat(Evaluate.rocAuc(SMALL, SMALL_LABELS)).isCloseTo(26.5 / 35, ROUNDING);
    assertThat(Evaluate.averagePrecision(SMALL, SMALL_LABELS))
        .isCloseTo((1 + 2.0 / 3 + 3.0 / 4 + 4.0 / 7 + 5.0 / 10) / 5, ROUNDING);
    Confusion confusion = Confusion.of(SMALL, SMALL_LABELS, at(0.55));
    assertThat(confusion).isEqualTo(new Confusion(4, 3, 1, 4));
    // Place 5 is one of the three at 0.6, one of which is an anomaly.
    assertThat(Evaluate.precisionAt(SMALL, SMALL_LABELS, 5)).isCloseTo((3 + 1.0 / 3) / 5, ROUNDING);
    assertThat(Evaluate.precisionAt(SMALL, SMALL_LABELS, 1)).isEqualTo(1);
    assertThat(Evaluate.precisionAt(SMALL, SMALL_LABELS, 12)).isCloseTo(5.0 / 12, ROUNDING);
  }

  /**
   * roc_auc_score, average_precision_score, confusion_matrix, precision_score, recall_score,
   * f1_score, fbeta_score and accuracy_score of scikit-learn 1.9.1.
   */
  @Test
  void likeScikitLearn() {
    Evaluation small = Evaluate.report(SMALL, SMALL_LABELS, at(0.55), Bootstrap.NONE);
    assertThat(small.rocAuc().value()).isCloseTo(0.7571428571428571, ROUNDING);
    assertThat(small.averagePrecision().value()).isCloseTo(0.6976190476190476, ROUNDING);
    assertThat(small.precision().value()).isCloseTo(0.5714285714285714, ROUNDING);
    assertThat(small.recall().value()).isCloseTo(0.8, ROUNDING);
    assertThat(small.f1().value()).isCloseTo(0.6666666666666666, ROUNDING);
    assertThat(small.f2()).isCloseTo(0.7407407407407407, ROUNDING);
    assertThat(small.accuracy()).isCloseTo(0.6666666666666666, ROUNDING);

    Evaluation large = Evaluate.report(largeScores(), largeLabels(), at(120));
    assertThat(large.confusion()).isEqualTo(new Confusion(80, 74, 107, 1739));
    assertThat(large.rocAuc().value()).isCloseTo(0.7832248378466866, ROUNDING);
    assertThat(large.averagePrecision().value()).isCloseTo(0.5223528801622196, ROUNDING);
    assertThat(large.precision().value()).isCloseTo(0.5194805194805194, ROUNDING);
    assertThat(large.recall().value()).isCloseTo(0.42780748663101603, ROUNDING);
    assertThat(large.f1().value()).isCloseTo(0.46920821114369504, ROUNDING);
    assertThat(large.f2()).isCloseTo(0.4434589800443459, ROUNDING);
    assertThat(large.accuracy()).isCloseTo(0.9095, ROUNDING);
    assertThat(large.falsePositiveRate()).isCloseTo(74 / 1813.0, ROUNDING);
  }

  @Test
  void agreesWithCountingPairsAndPrefixes() {
    var random = new SplittableRandom(21);
    for (int round = 0; round < 300; round++) {
      int n = 2 + random.nextInt(30);
      double[] scores = random.ints(n, 0, 1 + random.nextInt(15)).asDoubleStream().toArray();
      boolean[] labels = new boolean[n];
      for (int i = 0; i < n; i++) {
        labels[i] = i == 0 || (i > 1 && random.nextBoolean());
      }
      Threshold threshold = at(random.nextInt(15) - 0.5 * random.nextInt(2));
      Evaluation evaluation = Evaluate.report(scores, labels, threshold, Bootstrap.NONE);
      assertThat(evaluation.rocAuc().value()).isCloseTo(pairs(scores, labels), ROUNDING);
      assertThat(evaluation.averagePrecision().value())
          .isCloseTo(prefixes(scores, labels), ROUNDING);
      assertThat(evaluation.confusion()).isEqualTo(Confusion.of(scores, labels, threshold));
    }
  }

  private static double pairs(double[] scores, boolean[] labels) {
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (labels[i] && !labels[j]) {
          pairs++;
          won += 0.5 + 0.5 * Math.signum(scores[i] - scores[j]);
        }
      }
    }
    return won / pairs;
  }

  /** For each anomaly the precision among all rows that score at least as high. */
  private static double prefixes(double[] scores, boolean[] labels) {
    double sum = 0;
    double anomalies = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i]) {
        double cut = Math.nextDown(scores[i]);
        sum += Confusion.of(scores, labels, at(cut)).precision();
        anomalies++;
      }
    }
    return sum / anomalies;
  }

  @Test
  void undefinedRatiosAreZero() {
    double[] scores = {1, 2, 3};
    boolean[] labels = {false, false, true};
    Evaluation nothing = Evaluate.report(scores, labels, at(Double.POSITIVE_INFINITY));
    assertThat(nothing.precision()).isEqualTo(new Estimate(0, 0, 0));
    assertThat(nothing.recall().value()).isZero();
    assertThat(nothing.f1().value()).isZero();
    assertThat(nothing.confusion().falsePositiveRate()).isZero();
    assertThat(nothing.accuracy()).isCloseTo(2.0 / 3, ROUNDING);
    assertThat(new Confusion(0, 0, 0, 5).recall()).isZero();
    assertThat(new Confusion(0, 0, 0, 0).accuracy()).isZero();
    assertThat(new Confusion(5, 0, 0, 0).falsePositiveRate()).isZero();
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    double[] scores = {1, 2};
    assertThatThrownBy(() -> Evaluate.report(scores, new boolean[2], at(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none of the 2 rows is labelled an anomaly");
    assertThatThrownBy(() -> Evaluate.rocAuc(scores, new boolean[] {true, true}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all 2 rows are labelled anomalies");
    assertThatThrownBy(() -> Evaluate.averagePrecision(scores, new boolean[3]))
        .isInstanceOf(DataException.class)
        .hasMessage("2 scores but 3 labels; each row needs one of both");
    assertThatThrownBy(
            () -> Evaluate.rocAuc(new double[] {1, Double.NaN}, new boolean[] {true, false}))
        .isInstanceOf(DataException.class)
        .hasMessage("the score of row 1 is NaN; scores must be finite numbers");
    assertThatThrownBy(() -> Evaluate.precisionAt(scores, new boolean[] {true, false}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be from 1 to 2, is 3");
    assertThatThrownBy(() -> Confusion.of(scores, new boolean[1], at(1)))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> new Bootstrap(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Estimate(1, 3, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void intervalsAreReproducibleOnAnyNumberOfThreads() throws Exception {
    double[] scores = largeScores();
    boolean[] labels = largeLabels();
    Evaluation first = Evaluate.report(scores, labels, at(120));
    try (var one = new ForkJoinPool(1)) {
      assertThat(one.submit(() -> Evaluate.report(scores, labels, at(120))).get()).isEqualTo(first);
    }
    Evaluation other = Evaluate.report(scores, labels, at(120), new Bootstrap(500, 7));
    assertThat(other.rocAuc()).isNotEqualTo(first.rocAuc());
    assertThat(other.rocAuc().low()).isCloseTo(first.rocAuc().low(), within(0.01));
    assertThat(scores).as("input untouched").isEqualTo(largeScores());
  }

  @Test
  void intervalsAgreeWithDrawingRowsAgain() {
    double[] scores = largeScores();
    boolean[] labels = largeLabels();
    Evaluation report = Evaluate.report(scores, labels, at(120), new Bootstrap(4000, 1));
    int[] anomalies = rows(labels, true);
    int[] normals = rows(labels, false);
    var random = new SplittableRandom(3);
    double[] areas = new double[1000];
    double[] precisions = new double[1000];
    double[] means = new double[1000];
    for (int r = 0; r < areas.length; r++) {
      double[] drawn = new double[labels.length];
      boolean[] drawnLabels = new boolean[labels.length];
      for (int i = 0; i < drawn.length; i++) {
        boolean anomaly = i < anomalies.length;
        int[] rows = anomaly ? anomalies : normals;
        drawn[i] = scores[rows[random.nextInt(rows.length)]];
        drawnLabels[i] = anomaly;
      }
      areas[r] = Evaluate.rocAuc(drawn, drawnLabels);
      means[r] = Evaluate.averagePrecision(drawn, drawnLabels);
      precisions[r] = Confusion.of(drawn, drawnLabels, at(120)).precision();
    }
    assertSameInterval(report.rocAuc(), areas);
    assertSameInterval(report.averagePrecision(), means);
    assertSameInterval(report.precision(), precisions);
    // Recall is binomial: 1.96 standard errors either side.
    double error = Math.sqrt(0.4278 * 0.5722 / 187);
    assertThat(report.recall().low()).isCloseTo(0.4278 - 1.96 * error, within(0.01));
    assertThat(report.recall().high()).isCloseTo(0.4278 + 1.96 * error, within(0.01));
  }

  private static void assertSameInterval(Estimate found, double[] resampled) {
    Estimate expected = Estimate.of(found.value(), resampled);
    double slack = 0.08 * (expected.high() - expected.low());
    assertThat(found.low()).isCloseTo(expected.low(), within(slack));
    assertThat(found.high()).isCloseTo(expected.high(), within(slack));
  }

  private static int[] rows(boolean[] labels, boolean label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
  }

  @Test
  void perfectScoresHaveNoSpread() {
    double[] scores = new double[200_000];
    boolean[] labels = new boolean[scores.length];
    Arrays.setAll(scores, i -> i);
    Arrays.fill(labels, scores.length - 50, scores.length, true);
    Evaluation perfect = Evaluate.report(scores, labels, at(scores.length - 50.5));
    assertThat(perfect.rocAuc()).isEqualTo(new Estimate(1, 1, 1));
    assertThat(perfect.averagePrecision().value()).isCloseTo(1, ROUNDING);
    assertThat(perfect.f1()).isEqualTo(new Estimate(1, 1, 1));
    assertThat(perfect.precisionAtAnomalies()).isEqualTo(1);
  }

  @Test
  void printsATable() {
    Evaluation small = Evaluate.report(SMALL, SMALL_LABELS, at(0.55), Bootstrap.NONE);
    assertThat(small)
        .hasToString(
            """
            12 rows, 5 anomalies (41.67 %)
            flags scores above 0.55: at most 1 % of the scores it was fitted on

            ROC AUC               0.7571
            average precision     0.6976
            precision at 5        0.6667
            precision             0.5714
            recall                0.8000
            F1                    0.6667
            F2                    0.7407
            accuracy              0.6667
            false positive rate   0.4286

                          anomaly   normal
            flagged             4        3
            not flagged         1        4""");
    assertThat(Evaluate.report(SMALL, SMALL_LABELS, at(0.55)).toString())
        .contains("(95 % intervals from 500 bootstrap resamples)")
        .containsPattern("recall                0\\.8000   \\(0\\.[0-9]{4} to 1\\.0000\\)");
  }
}
