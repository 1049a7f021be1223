package dev.vedette.row;

import static dev.vedette.row.MadeRows.assertClose;
import static dev.vedette.row.MadeRows.picked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Golden values are those of scikit-learn 1.9.1 (GaussianMixture on the rows in robust units,
 * negative score_samples plus Σ ln unit), on rows that anyone can make again.
 */
class GmmTest {
  private static final Matrix TRAINING = MadeRows.shifted(60, 1);
  private static final Matrix FRESH = MadeRows.shifted(4, 2);
  private static final Gmm CLASSICAL = new Gmm().keep(1);
  private static final Gmm.Covariances DIAGONAL = Gmm.Covariances.DIAGONAL;

  @Test
  void oneNormalDistributionByHand() {
    // Mean 0, variance 1: at 0 the density is 1/√(2π), at 2 it is e² times lower.
    Matrix rows = Matrix.of(new double[][] {{-1}, {1}, {-1}, {1}});
    var model = CLASSICAL.components(1).regularization(1e-9).fit(rows);
    double peak = 0.5 * Math.log(2 * Math.PI);
    assertClose(model.score(Matrix.of(new double[][] {{0}, {2}})), 1e-8, peak, peak + 2);
  }

  @Test
  void oneComponentAsScikitLearn() {
    var full = CLASSICAL.components(1).fit(TRAINING);
    assertClose(
        full.score(FRESH),
        1e-10,
        10.605540601781648,
        12.857811474402148,
        9.991110611259913,
        9.684045582443616);
    assertClose(
        picked(full.score(TRAINING)),
        1e-10,
        12.776118297059899,
        9.684124335098224,
        21.454323932230732,
        35.61087417420629,
        10.410049074318398);
    assertClose(
        CLASSICAL.components(1).covariance(DIAGONAL).fit(TRAINING).score(FRESH),
        1e-10,
        10.503829454759364,
        14.491098358295101,
        10.179497714130578,
        9.879389042143632);
  }

  @Test
  void threeComponentsAsScikitLearn() {
    Matrix rows = Matrix.of(MadeRows.groups(90, 3));
    Gmm gmm = CLASSICAL.regularization(1e-6);
    assertClose(
        gmm.fit(rows).score(MadeRows.freshGroups()),
        1e-9,
        1.5119010008506197,
        1.729047651873212,
        2.9765354883376807,
        29.81549876645559,
        39.25694496901821,
        19.31181320379726);
    assertClose(
        gmm.covariance(DIAGONAL).fit(rows).score(MadeRows.freshGroups()),
        1e-9,
        1.930187736305206,
        2.4208688228696467,
        2.3809167860321603,
        8.2423115411432,
        3.8817565812279717,
        5.311410242118726);
  }

  @Test
  void theCriterionFindsTheNumberOfGroups() {
    Matrix rows = Matrix.of(MadeRows.groups(300, 3));
    assertThat(CLASSICAL.components(0).fit(rows).components()).hasSize(3);
    double[][] one = MadeRows.groups(300, 3);
    for (int i = 0; i < one.length; i++) {
      one[i][0] -= 10 * (i % 3);
      one[i][1] -= i % 3 == 1 ? 7 : 0;
    }
    assertThat(CLASSICAL.components(0).fit(Matrix.of(one)).components()).hasSize(1);
  }

  /** A crowd in two groups, and a dense group of anomalies: 4 rows of 100. */
  private static Matrix withDenseAnomalies() {
    var random = new SplittableRandom(5);
    double[][] rows = new double[500][6];
    for (int i = 0; i < rows.length; i++) {
      boolean odd = i % 25 == 0;
      for (int j = 0; j < 6; j++) {
        rows[i][j] = odd ? 9 + 0.1 * random.nextGaussian() : random.nextGaussian() + 4 * (i % 2);
      }
    }
    return Matrix.of(rows);
  }

  /** How many of the anomalies score higher than every row of the crowd. */
  private static long found(Gmm gmm) {
    Matrix rows = withDenseAnomalies();
    double[] scores = gmm.fit(rows).score(rows);
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      highest = i % 25 == 0 ? highest : Math.max(highest, scores[i]);
    }
    double crowd = highest;
    return IntStream.range(0, 20).filter(i -> scores[25 * i] > crowd).count();
  }

  @Test
  void noComponentModelsTheAnomalies() {
    assertThat(found(new Gmm())).isEqualTo(20);
    assertThat(found(CLASSICAL)).as("classical").isZero();
  }

  @Test
  void componentsThatDieAreLeftOut() {
    double[][] rows = new double[40][];
    Arrays.setAll(rows, i -> new double[] {1, 2});
    var model = new Gmm().components(5).fit(Matrix.of(rows));
    assertThat(model.components()).hasSize(1);
    assertThat(model.detector().components()).isEqualTo(5);
    assertThat(model.score(new double[] {1, 2})).isLessThan(model.score(new double[] {1, 3}));
    var two = new Gmm().components(5).fit(Matrix.of(new double[][] {{0, 0}, {1, 1}}));
    assertThat(two.components()).hasSize(1);
    assertThat(two.score(new double[] {0.5, 0.5})).isFinite();
  }

  @Test
  void dependentColumnsAreNoTrouble() {
    double[][] rows = MadeRows.groups(90, 3);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {rows[i][0], rows[i][1], rows[i][0] - rows[i][1], 1e9};
    }
    var model = CLASSICAL.regularization(1e-9).fit(Matrix.of(rows));
    assertThat(Arrays.stream(model.score(Matrix.of(rows)))).allMatch(Double::isFinite);
    double[] broken = rows[0].clone();
    broken[2] += 3;
    assertThat(model.score(broken)).isGreaterThan(model.score(rows[0]) + 1000);
    assertThat(model.attribute(broken).normal()[2]).isCloseTo(rows[0][2], within(1e-3));
  }

  @Test
  void startsAndSamplesDoNotMatterOnClearGroups() {
    Matrix many = Matrix.of(MadeRows.groups(9000, 7)); // more than a start is tried on
    double[] scores = CLASSICAL.fit(many).score(MadeRows.freshGroups());
    assertClose(
        CLASSICAL.seed(1).restarts(1).components(3).fit(many).score(MadeRows.freshGroups()),
        2e-2,
        scores);
  }

  @Test
  void refusesByNameAndPlace() {
    assertThatThrownBy(() -> new Gmm().keep(0.4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep must be from 0.5 to 1, is 0.4");
    Matrix huge = Matrix.of(new double[][] {{1e200}, {-1e200}, {0}, {5e199}});
    assertThat(new Gmm().fit(huge).score(new double[] {1e200})).isFinite();
    Matrix wide = Matrix.of(new double[][] {{Double.MAX_VALUE}, {-Double.MAX_VALUE}, {0}});
    assertThatThrownBy(() -> new Gmm().fit(wide))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'c0'");
  }
}
