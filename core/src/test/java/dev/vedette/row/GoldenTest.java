package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.Detectors;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scores that were not computed by this library: by hand, with the arithmetic beside them, or by
 * scikit-learn 1.9.1 (NumPy 2.4.6, SciPy 1.17.1) and PyOD 3.6.7 on rows that anyone can make again.
 */
class GoldenTest {
  private static final double EXACT = 1e-12;

  /** Distances are measured in single precision here, in double precision there. */
  private static final double SINGLE = 2e-6;

  /**
   * The rows of the training set whose scores are compared: two of the crowd and the three shifted
   * ones.
   */
  private static final int[] PICKED = {0, 1, 19, 39, 59};

  private static final Matrix TRAINING = rows(60, 1);
  private static final Matrix FRESH = rows(4, 2);

  /**
   * Rows × 3 columns out of a linear congruential generator; every twentieth row is shifted in one
   * column. In Python:
   *
   * <pre>{@code
   * def u(): global s; s = (s * 1103515245 + 12345) % 2**31; return s / 2.0**31
   * a = u() + u() + u(); b = u(); c = u(); row = [10*a, 20 - 4*a + b, 100*c*c]
   * if i % 20 == 19: row[i // 20 % 3] += 25
   * }</pre>
   */
  private static Matrix rows(int count, long seed) {
    long state = seed;
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double[] u = new double[5];
      for (int j = 0; j < u.length; j++) {
        state = (state * 1103515245L + 12345L) % 2147483648L;
        u[j] = state / 2147483648.0;
      }
      double a = u[0] + u[1] + u[2];
      rows[i] = new double[] {10 * a, 20 - 4 * a + u[3], 100 * u[4] * u[4]};
      if (i % 20 == 19) {
        rows[i][i / 20 % 3] += 25;
      }
    }
    return Matrix.of(rows);
  }

  private static RowModel fit(String detector, Matrix rows) {
    return Detectors.standard().parse(detector).fit(rows);
  }

  /** A matrix of one column. */
  private static Matrix column(double... values) {
    return Matrix.of(
        Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new));
  }

  private static double score(RowModel model, double... row) {
    return model.score(row);
  }

  private static void assertClose(double[] actual, double relative, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("score %s", i)
          .isCloseTo(expected[i], within(relative * Math.max(1, Math.abs(expected[i]))));
    }
  }

  private static double[] picked(double[] scores) {
    return Arrays.stream(PICKED).mapToDouble(i -> scores[i]).toArray();
  }

  @Test
  void theRowsAreTheOnesThatPythonMade() {
    assertThat(TRAINING.row(0))
        .containsExactly(9.982628975994885, 16.54148229630664, 89.79986848349334);
    assertThat(TRAINING.row(59))
        .containsExactly(5.368022574111819, 17.95881208218634, 28.898265097184435);
    assertThat(FRESH.row(0))
        .containsExactly(10.365516748279333, 16.247900440357625, 62.17123277077833);
  }

  @Test
  void knnByHand() {
    Matrix rows = column(0, 1, 3, 7);
    RowModel largest = fit("knn k=2", rows);
    RowModel mean = fit("knn k=2 distance=mean", rows);
    // From 10 the nearest are 7 and 3, at 3 and 7; from 2 they are 1 and 3, both at 1.
    assertThat(score(largest, 10)).isEqualTo(7);
    assertThat(score(mean, 10)).isEqualTo(5);
    assertThat(score(largest, 2)).isEqualTo(1);
    assertThat(score(mean, 2)).isEqualTo(1);
    // A training row finds itself, unless it is left out: 0 has 1 and 3; 1 has 0 and 3; 3 has 1 and
    // 0; 7 has 3 and 1.
    assertThat(score(largest, 7)).isEqualTo(4);
    assertThat(largest.scoreTraining(rows)).containsExactly(3, 2, 3, 6);
    assertThat(mean.scoreTraining(rows)).containsExactly(2, 1.5, 2.5, 5);
  }

  /**
   * {@code NearestNeighbors(n_neighbors=5).fit(X).kneighbors()}: the last distance, and the mean.
   */
  @Test
  void knnIsScikitLearns() {
    RowModel largest = fit("knn", TRAINING);
    RowModel mean = fit("knn distance=mean", TRAINING);
    assertClose(
        picked(largest.scoreTraining(TRAINING)),
        SINGLE,
        21.732134219124415,
        4.832212133653225,
        26.961488899730977,
        23.687092369219215,
        12.003228026752847);
    assertClose(
        picked(mean.scoreTraining(TRAINING)),
        SINGLE,
        15.18439987578436,
        3.5600569766844528,
        23.037035366867723,
        23.31244959119177,
        8.24829875303583);
    assertClose(
        largest.score(FRESH),
        SINGLE,
        9.765589427008926,
        28.36751245358256,
        7.410474260427331,
        3.0890919915931456);
    assertClose(
        mean.score(FRESH),
        SINGLE,
        8.490198425276613,
        20.046996136667932,
        6.06198590359444,
        2.4473514444749016);
  }

  @Test
  void lofByHand() {
    // k = 2. Distances to the 2nd neighbour: 0→3, 1→2, 3→3, 7→6. Means of the reachability
    // distances:
    // 0: (max(2,1) + max(3,3))/2 = 2.5   1: (max(3,1) + max(3,2))/2 = 3   3: (max(2,2) +
    // max(3,3))/2 = 2.5
    // 7: (max(3,4) + max(2,6))/2 = 5. Densities are one over these: 0.4, 1/3, 0.4, 0.2.
    Matrix rows = column(0, 1, 3, 7);
    RowModel model = fit("lof k=2", rows);
    double third = 1.0 / 3;
    assertClose(
        model.score(rows),
        EXACT,
        (third + 0.4) / 2 * 2.5,
        (0.4 + 0.4) / 2 * 3,
        (third + 0.4) / 2 * 2.5,
        (0.4 + third) / 2 * 5);
    assertThat(model.scoreTraining(rows)).containsExactly(model.score(rows));
    // 5 has 3 and 7 at 2 each: reachability max(3,2) and max(6,2), mean 4.5; densities 0.4 and 0.2.
    assertThat(score(model, 5)).isCloseTo((0.4 + 0.2) / 2 * 4.5, within(EXACT));
  }

  @Test
  void lofCountsDuplicatesAsOftenAsTheyOccur() {
    // k = 2 different neighbours among 0 (twice), 1, 3, at 2nd distances 3, 2, 3. Means of
    // reachability:
    // 0: (2 + 3)/2 = 2.5   1: (3 + 3 + 3)/3 = 3, as 0 counts twice   3: (2 + 3 + 3)/3 = 8/3.
    Matrix rows = column(0, 0, 1, 3);
    assertClose(
        fit("lof k=2", rows).score(rows),
        EXACT,
        (1.0 / 3 + 3.0 / 8) / 2 * 2.5,
        (1.0 / 3 + 3.0 / 8) / 2 * 2.5,
        (0.4 + 0.4 + 3.0 / 8) / 3 * 3,
        (1.0 / 3 + 0.4 + 0.4) / 3 * 8 / 3);
  }

  /**
   * {@code LocalOutlierFactor(n_neighbors=k).fit_predict(X)}, minus {@code
   * negative_outlier_factor_}; for new rows {@code novelty=True} and minus {@code score_samples}.
   */
  @Test
  void lofIsScikitLearns() {
    RowModel twenty = fit("lof", TRAINING);
    assertClose(
        picked(twenty.scoreTraining(TRAINING)),
        SINGLE,
        1.432308363908327,
        1.0158302699849941,
        1.3684308757206622,
        2.524524862248039,
        1.3858246060307342);
    assertClose(
        picked(fit("lof k=7", TRAINING).scoreTraining(TRAINING)),
        SINGLE,
        1.589532362428163,
        1.187332490552188,
        1.829940852852929,
        4.056042979530509,
        1.2686035873192694);
    assertClose(
        twenty.score(FRESH),
        SINGLE,
        1.2193983474368733,
        1.4841328185241494,
        1.0333338889515775,
        1.0033672290637203);
  }

  /** Eight rows with means 0, variances 1 and covariance (6 − 2)/8 = 1/2. */
  private static final Matrix HALF_CORRELATED =
      Matrix.of(
          new double[][] {{1, 1}, {1, 1}, {1, 1}, {-1, -1}, {-1, -1}, {-1, -1}, {1, -1}, {-1, 1}});

  @Test
  void mahalanobisByHand() {
    // The inverse of (1 ½; ½ 1) is (1 −½; −½ 1)/¾, so the squared distance is (x² − xy + y²)/¾. The
    // ridge of a millionth
    // shows in the sixth digit.
    RowModel model = fit("mahalanobis keep=1", HALF_CORRELATED);
    assertThat(score(model, 0, 0)).isZero();
    assertThat(score(model, 2, -2)).isCloseTo(4, within(2e-5));
    assertThat(score(model, 2, 2)).isCloseTo(Math.sqrt(4 / 0.75), within(2e-5));
    // x (P z)₀ / distance = 2 · (2 + 1)/¾ / 4 = 2 for both columns; given y = −2 the normal x is ½
    // y = −1.
    Attribution attribution = model.attribute(new double[] {2, -2});
    assertClose(attribution.contributions(), 2e-5, 2, 2);
    assertClose(attribution.normal(), 2e-5, -1, 1);
  }

  /**
   * {@code sqrt(EmpiricalCovariance().fit(X).mahalanobis(X))}; no ridge there, so a tolerance here.
   */
  @Test
  void mahalanobisOfAllRowsIsScikitLearns() {
    RowModel model = fit("mahalanobis keep=1", TRAINING);
    assertClose(
        picked(model.scoreTraining(TRAINING)),
        3e-5,
        2.6852113270458093,
        1.010885196625938,
        4.958310310114654,
        7.27408062851623,
        1.5732267889513685);
    assertClose(
        model.score(FRESH),
        3e-5,
        1.6930271816893536,
        2.715128443370605,
        1.2791945400218214,
        1.0108420321573288);
  }

  @Test
  void mahalanobisTrimsTheFarthestRows() {
    // Of the four rows the three closest are kept: −1, 0, 1, with mean 0 and variance 2/3. The unit
    // is
    // 1.4826 · median |x − 0.5| = 1.4826 · median(1.5, 0.5, 0.5, 99.5) = 1.4826, so the ridge adds
    // 1e-6 · 1.4826².
    RowModel model = fit("mahalanobis keep=0.75", column(-1, 0, 1, 100));
    double unit = 1.482602218505602;
    double variance = 2.0 / 3 + 1e-6 * unit * unit;
    assertThat(score(model, 100)).isCloseTo(100 / Math.sqrt(variance), within(1e-9));
  }

  @Test
  void pcaByHand() {
    // The component is (1, 1)/√2; what is left of (x, y) is its part along (1, −1)/√2, squared (x −
    // y)²/2.
    RowModel model = fit("pca components=1 measure=residual", HALF_CORRELATED);
    assertThat(score(model, 2, 2)).isCloseTo(0, within(EXACT));
    assertThat(score(model, 2, -2)).isCloseTo(8, within(EXACT));
    assertThat(score(model, 3, 1)).isCloseTo(2, within(EXACT));
    // The component explains 1.5 of 2; one direction is left for the error whatever the share.
    assertThat(score(fit("pca components=0.99 measure=residual", HALF_CORRELATED), 3, 1))
        .isCloseTo(2, within(EXACT));
    // Left over is e = (1, −1), so zⱼeⱼ = (3, −1); x = 3 − 1/½ leaves no error beside y = 1.
    Attribution attribution = model.attribute(new double[] {3, 1});
    assertClose(attribution.contributions(), EXACT, 3, -1);
    assertClose(attribution.normal(), EXACT, 1, 3);
  }

  /**
   * {@code Z = StandardScaler().fit_transform(X); m = PCA(c).fit(Z); ((Z -
   * m.inverse_transform(m.transform(Z)))**2).sum(1)}.
   */
  @Test
  void pcaIsScikitLearns() {
    RowModel one = fit("pca components=1 measure=residual", TRAINING);
    RowModel two = fit("pca components=2 measure=residual", TRAINING);
    assertClose(
        picked(one.score(TRAINING)),
        1e-10,
        5.829629126486469,
        0.2987524468416438,
        7.340552489201622,
        21.371039252158393,
        0.8489956115946553);
    assertClose(
        picked(two.score(TRAINING)),
        1e-10,
        0.22555258549710386,
        0.0359520637087492,
        7.286016052796368,
        18.91180316512842,
        0.28943937941492925);
    assertClose(
        two.score(FRESH),
        1e-10,
        0.1648668035974316,
        0.006508758054568802,
        0.019550008298631884,
        0.0337022720412202);
    // explained_variance_ratio_ is 0.559, 0.278, 0.164: 0.55 needs one component, 0.56 two.
    assertThat(fit("pca components=0.55 measure=residual", TRAINING).score(FRESH))
        .containsExactly(one.score(FRESH));
    assertThat(fit("pca components=0.56 measure=residual", TRAINING).score(FRESH))
        .containsExactly(two.score(FRESH));
  }

  @Test
  void zscoreByHand() {
    // 1 to 5: mean 3, variance (4 + 1 + 0 + 1 + 4)/5 = 2. A constant column counts in its own
    // units.
    Matrix rows = Matrix.of(new double[][] {{1, 4}, {2, 4}, {3, 4}, {4, 4}, {5, 4}});
    assertThat(score(fit("zscore", rows), 7, 6)).isCloseTo(Math.sqrt((8.0 + 4) / 2), within(EXACT));
    assertThat(score(fit("zscore combine=max", rows), 7, 6))
        .isCloseTo(4 / Math.sqrt(2), within(EXACT));
    assertThat(score(fit("zscore combine=max", rows), 3, 1)).isEqualTo(3);
    assertThat(score(fit("zscore", rows), 3, 4)).isZero();
  }

  @Test
  void robustZscoreByHand() {
    // Median 3, absolute deviations 2 1 0 1 97 with median 1; Φ⁻¹(¾) = 1/1.4826022185056018.
    RowModel model = fit("zscore robust=true", column(1, 2, 3, 4, 100));
    assertThat(score(model, 7)).isCloseTo(4 / 1.4826022185056018, within(EXACT));
    // Median 5, absolute deviations 0 0 0 0 5 with median 0 and mean 1; √(π/2) =
    // 1.2533141373155003.
    RowModel fallback = fit("zscore robust=true", column(5, 5, 5, 5, 10));
    assertThat(score(fallback, 10)).isCloseTo(5 / Math.sqrt(Math.PI / 2), within(EXACT));
    assertThat(score(fit("zscore robust=true", column(5, 5, 5)), 8)).isEqualTo(3);
  }

  /**
   * {@code scipy.stats.zscore(X)}, and {@code |X - median| / median_abs_deviation(X,
   * scale='normal')}: the root of the mean square of a row, and its largest absolute value.
   */
  @Test
  void zscoreIsSciPys() {
    assertClose(
        picked(fit("zscore", TRAINING).score(TRAINING)),
        EXACT,
        1.3991633689227494,
        0.6733179125583214,
        2.801774016682953,
        3.6748615112182383,
        0.9803354573705326);
    assertClose(
        picked(fit("zscore combine=max", TRAINING).score(TRAINING)),
        EXACT,
        2.239835248924171,
        0.9023062467450536,
        4.593446387139116,
        6.2983501691035935,
        1.4949288849728626);
    assertClose(
        picked(fit("zscore robust=true", TRAINING).score(TRAINING)),
        EXACT,
        2.2450406186003273,
        0.6362856701444715,
        3.6589308921060333,
        6.167811869823616,
        1.3316436956525919);
  }

  @Test
  void iqrByHand() {
    // Quartiles 2 and 4.
    RowModel model = fit("iqr", column(1, 2, 3, 4, 5));
    assertThat(score(model, 3)).isZero();
    assertThat(score(model, 0)).isEqualTo(1);
    assertThat(score(model, 10)).isEqualTo(3);
    assertThat(model.attribute(new double[] {10}).normal()).containsExactly(4);
    // Both quartiles 0: measured in standard deviations, √(100/10 − 1²) = 3.
    RowModel flat = fit("iqr", column(0, 0, 0, 0, 0, 0, 0, 0, 0, 10));
    assertThat(score(flat, 10)).isCloseTo(10.0 / 3, within(EXACT));
  }

  /** With {@code q1, q3 = numpy.percentile(X, [25, 75], axis=0)}. */
  @Test
  void iqrHasNumPysQuartiles() {
    assertClose(
        picked(fit("iqr", TRAINING).score(TRAINING)),
        EXACT,
        0.7797838776577186,
        0.09257482899762144,
        4.001743351152022,
        7.898537451230405,
        0.8952481885067349);
    assertClose(
        picked(fit("iqr combine=mean", TRAINING).score(TRAINING)),
        EXACT,
        0.48344361177889095,
        0.062270329100144406,
        2.3255982043748675,
        4.56030843214566,
        0.6465621946481143);
  }

  @Test
  void ecodByHand() {
    RowModel model = fit("ecod", column(1, 2, 3, 4));
    // One of four is at most 1, two are at most 2 or at most 2.5; a value outside counts as 1 of n
    // + 1.
    assertThat(score(model, 1)).isCloseTo(Math.log(4), within(EXACT));
    assertThat(score(model, 2)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(score(model, 2.5)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(score(model, 9)).isCloseTo(Math.log(5), within(EXACT));
    assertThat(score(model, -9)).isCloseTo(Math.log(5), within(EXACT));
    RowModel ties = fit("ecod", Matrix.of(new double[][] {{1, 0}, {1, 0}, {2, 0}, {5, 0}}));
    assertThat(score(ties, 1, 0)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(score(ties, 5, 0)).isCloseTo(Math.log(4), within(EXACT));
    assertThat(score(ties, 5, 1)).isCloseTo(Math.log(4) + Math.log(5), within(EXACT));
  }

  /**
   * {@code ECOD().fit(X).decision_scores_}; no column has skewness 0, where PyOD adds both tails.
   */
  @Test
  void ecodIsPyODs() {
    assertClose(
        picked(fit("ecod", TRAINING).score(TRAINING)),
        EXACT,
        6.579251212010101,
        4.607023754637414,
        8.12415060330663,
        6.836296314999991,
        6.465922526703098);
  }

  @Test
  void hbosByHand() {
    Matrix rows = column(0, 1, 2, 9, 10);
    RowModel two = fit("hbos bins=2", rows); // 3 below 5, 2 from 5 on
    assertThat(score(two, 1)).isZero();
    assertThat(score(two, 9)).isCloseTo(Math.log(1.5), within(EXACT));
    assertThat(score(two, 11)).isCloseTo(Math.log(6), within(EXACT));
    RowModel five = fit("hbos bins=5", rows); // 2 1 0 0 2, each 2 wide
    assertThat(score(five, 2)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(score(five, 5)).isCloseTo(Math.log(4), within(EXACT));
    assertThat(score(five, 10)).isZero();
  }

  /**
   * With {@code numpy.histogram(X[:, j], bins=7)}: Σ ln(counts.max() / counts[bin]). 60 rows give
   * ⌊√60⌋ = 7 bins.
   */
  @Test
  void hbosHasNumPysBins() {
    assertClose(
        picked(fit("hbos", TRAINING).score(TRAINING)),
        EXACT,
        2.1972245773362196,
        0.0,
        4.6443908991413725,
        3.4657359027997265,
        2.3950503206661393);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "2, 1",
    // 2 (ln 2 + 0.5772156649) − 4/3 and 2 (ln 255 + 0.5772156649) − 510/256
    "3, 1.2073923575896237",
    "256, 10.244770920119917"
  })
  void averagePathIsEquation1(int rows, double expected) {
    assertThat(IsolationForest.averagePath(rows)).isCloseTo(expected, within(EXACT));
  }

  @Test
  void isolationForestByHand() {
    // Two rows, one split: both paths are 1 = c(2), so the score is 2⁻¹ whatever the row.
    RowModel two = fit("iforest trees=5", column(0, 1));
    assertThat(two.score(column(0, 1, 7))).containsExactly(0.5, 0.5, 0.5);
    // Wherever the split is, 1 is alone after 1 step, and the two zeros are left together: 1 + c(2)
    // = 2.
    Matrix rows = column(0, 0, 1);
    RowModel three = fit("iforest trees=5", rows);
    assertThat(score(three, 1)).isCloseTo(Math.pow(2, -1 / C3), within(EXACT));
    assertThat(score(three, 0)).isCloseTo(Math.pow(2, -2 / C3), within(EXACT));
    // A missing value follows both branches, 2 : 1, which is also the base of every explanation.
    double both = Math.pow(2, -(2 * 2 + 1) / 3.0 / C3);
    assertThat(score(three, Double.NaN)).isCloseTo(both, within(EXACT));
    assertThat(three.attribute(new double[] {1}).base()).isCloseTo(both, within(EXACT));
    assertThat(score(fit("iforest", column(4, 4, 4, 4, 4)), 17)).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void isolationForestHasTheExpectedPathLengths() {
    // Of the splits of [0, 3) a third isolates 0 and two thirds 3; the other two rows are then a
    // step deeper.
    // E h(0) = ⅓·1 + ⅔·2, E h(1) = 2, E h(3) = ⅔·1 + ⅓·2. The standard error of 10,000 trees is
    // 0.005.
    RowModel model = fit("iforest trees=10000", column(0, 1, 3));
    assertThat(-C3 * log2(score(model, 0))).isCloseTo(5.0 / 3, within(0.02));
    assertThat(-C3 * log2(score(model, 1))).isCloseTo(2, within(EXACT));
    assertThat(-C3 * log2(score(model, 3))).isCloseTo(4.0 / 3, within(0.02));
  }

  /** c(3), Eq. 1. */
  private static final double C3 = 2 * (Math.log(2) + 0.5772156649015329) - 4.0 / 3;

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  @Test
  void isolationForestRanksTheShiftedRowsFirst() {
    double[] scores = fit("iforest", TRAINING).score(TRAINING);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    assertThat(scores[39]).isEqualTo(sorted[59]);
    assertThat(scores[19]).isGreaterThanOrEqualTo(sorted[57]);
  }

  @Test
  void baggedNeighborByHand() {
    // A sample leaves one of the four rows out, so each holds both (0, 0) and (4, 2). Manhattan
    // distances.
    Matrix pairs = Matrix.of(new double[][] {{0, 0}, {0, 0}, {4, 2}, {4, 2}});
    RowModel model = fit("bagged-neighbor sample=100", pairs);
    assertThat(score(model, 1, 1)).isEqualTo(2); // |1| + |1|
    assertThat(score(model, 5, 0)).isEqualTo(3); // |1| + |2|, not 5 + 0
    Attribution attribution = model.attribute(new double[] {5, 0});
    assertThat(attribution.contributions()).containsExactly(1, 2);
    assertThat(attribution.normal()).usingComparatorWithPrecision(EXACT).containsExactly(4, 2);
    // Left out of its own score a row meets its twin.
    assertThat(model.scoreTraining(pairs)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void baggedNeighborIsTheMeanOverTheSamples() {
    // Three rows, samples of two. A training row is scored by the one sample without it.
    Matrix rows = column(0, 1, 3);
    RowModel model = fit("bagged-neighbor bags=10000", rows);
    assertThat(model.scoreTraining(rows)).containsExactly(1, 1, 2);
    // From 10 the nearest is 3, at 7, but for the third of the samples without it 1, at 9. Standard
    // error 0.0094.
    assertThat(score(model, 10)).isCloseTo((7 + 7 + 9) / 3.0, within(0.04));
  }
}
