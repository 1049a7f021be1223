package dev.vedette.row;

import static dev.vedette.row.MadeRows.assertClose;
import static dev.vedette.row.MadeRows.picked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.data.Matrix;
import org.junit.jupiter.api.Test;

/** The weighted measure; the residual is in {@link GoldenTest}. */
class PcaTest {
  private static final double EXACT = 1e-12;

  /** Correlation ½: along (1, 1)/√2 the variance is 1½, along (1, −1)/√2 it is ½. */
  private static final Matrix HALF_CORRELATED =
      Matrix.of(
          new double[][] {{1, 1}, {1, 1}, {1, 1}, {-1, -1}, {-1, -1}, {-1, -1}, {1, -1}, {-1, 1}});

  @Test
  void alongTheMainDirectionByItsVarianceElsewhereInFull() {
    var model = new Pca().fit(HALF_CORRELATED);
    assertThat(model.score(new double[] {2, 2})).isCloseTo(8 / 1.5, within(EXACT));
    assertThat(model.score(new double[] {2, -2})).isCloseTo(8, within(EXACT));
    // Parts along the directions: 4/√2 and 2/√2.
    Attribution attribution = model.attribute(new double[] {3, 1});
    assertThat(attribution.score()).isCloseTo(8 / 1.5 + 2, within(EXACT));
    // Q² = I − ⅓·½(1 1; 1 1) = (5 −1; −1 5)/6, Q²(3, 1) = (14, 2)/6; and normal is y/5, x/5.
    assertClose(attribution.contributions(), EXACT, 7, 2.0 / 6);
    assertClose(attribution.normal(), EXACT, 0.2, 0.6);
  }

  /**
   * scikit-learn 1.9.1: {@code Z = StandardScaler().fit_transform(X); m = PCA().fit(Z)}, {@code l =
   * m.explained_variance_ * 59 / 60}, {@code (m.transform(Z)**2 / np.maximum(l, 1)).sum(1)}.
   */
  @Test
  void weightedScoresAreThoseOfScikitLearnsComponents() {
    Matrix training = MadeRows.shifted(60, 1);
    for (double components : new double[] {0.9, 1, 2}) { // only one has a variance above 1
      var model = new Pca().components(components).fit(training);
      assertClose(
          picked(model.score(training)),
          1e-10,
          5.855492306774474,
          0.9320181410441138,
          17.01226528436354,
          32.79312057481455,
          2.062744868272747);
      assertClose(
          model.score(MadeRows.shifted(4, 2)),
          1e-10,
          2.2757232539008934,
          6.954591942591584,
          1.4064688041048223,
          0.8689381201675189);
    }
  }

  @Test
  void damageIsNoticed() {
    var model = new Pca().fit(HALF_CORRELATED);
    for (double[] removed : new double[][] {{}, {-0.1}, {1.1}, {Double.NaN}}) {
      assertThatThrownBy(
              () ->
                  new Pca.Fitted(
                      new Pca(), model.mean(), model.unit(), model.directions(), removed))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
