package dev.vedette.row;

import static dev.vedette.row.MadeRows.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import dev.vedette.row.KMeans.Measure;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Golden values are those of scikit-learn 1.9.1 (KMeans) and PyOD 3.6.7 (CBLOF), on rows that
 * anyone can make again.
 */
class KMeansTest {
  private static final KMeans THREE = new KMeans().clusters(3).alpha(0.9).beta(5);
  private static final Matrix EQUAL = Matrix.of(MadeRows.groups(90, 3));

  /** Thirty rows in each of the first two groups, four in the third. */
  private static Matrix uneven() {
    return EQUAL.select(IntStream.range(0, 90).filter(i -> i % 3 < 2 || i < 12).toArray());
  }

  @Test
  void distancesAreScikitLearns() {
    var model = THREE.measure(Measure.NEAREST).fit(EQUAL);
    assertThat(model.sizes()).containsExactly(30, 30, 30);
    assertClose(
        model.score(MadeRows.freshGroups()),
        1e-12,
        0.5417175237082278,
        0.6757681309688278,
        0.5968630593897557,
        1.5595979220586256,
        1.1400179636499759,
        1.5312908302935162);
    double inertia = 0;
    for (double distance : model.score(EQUAL)) {
      inertia += distance * distance;
    }
    assertThat(inertia).isCloseTo(41.918572101598514, within(1e-10));
  }

  @Test
  void smallClustersAreMeasuredAsInPyod() {
    var model = THREE.measure(Measure.LARGE).fit(uneven());
    assertThat(model.sizes()).containsExactly(30, 30, 4);
    assertThat(model.large()).isEqualTo(2);
    assertClose(
        model.score(MadeRows.freshGroups()),
        1e-12,
        0.5417175237082289,
        0.6757681309688214,
        12.597268375372916,
        1.5595979220586254,
        1.1400179636499745,
        11.679705413179533);
    assertClose(
        THREE.measure(Measure.WEIGHTED).fit(uneven()).score(MadeRows.freshGroups()),
        1e-12,
        16.251525711246867,
        20.27304392906464,
        50.389073501491666,
        46.78793766175876,
        34.20053890949924,
        46.718821652718134);
  }

  @Test
  void clustersOfOneSizeAreAllLarge() {
    assertThat(THREE.fit(EQUAL).large()).isEqualTo(3);
    assertThat(new KMeans().fit(EQUAL).large()).isPositive();
  }

  @Test
  void whichClustersAreLarge() {
    assertThat(THREE.large(new int[] {50, 45, 5})).isEqualTo(2); // 95 of 100 reach 90 %
    assertThat(THREE.large(new int[] {50, 10, 10, 10, 10})).isEqualTo(1); // five times larger
    assertThat(THREE.large(new int[] {30, 20, 20, 15, 15})).isEqualTo(5);
    assertThat(THREE.large(new int[] {7})).isEqualTo(1);
    assertThat(THREE.alpha(0.5).large(new int[] {40, 30, 30})).isEqualTo(2);
  }

  @Test
  void fewerDifferentRowsThanClusters() {
    Matrix rows = Matrix.of(new double[][] {{1, 1}, {2, 2}, {1, 1}, {2, 2}, {1, 1}});
    var model = new KMeans().alpha(1).beta(9).fit(rows);
    assertThat(model.sizes()).containsExactly(3, 2);
    assertThat(model.score(rows)).containsOnly(0);
    assertThat(model.score(new double[] {2, 5})).isCloseTo(3, within(1e-12));
  }

  @Test
  void manyRowsAreRefinedFromASample() {
    var model = THREE.fit(Matrix.of(MadeRows.groups(30_000, 9)));
    assertThat(model.sizes()).containsExactly(10_000, 10_000, 10_000);
    assertThat(model.score(new double[] {10, 7})).isLessThan(0.05);
  }

  @Test
  void refusesByName() {
    assertThatThrownBy(() -> new KMeans().clusters(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clusters must be from 1 to 1000, is 0");
    assertThatThrownBy(() -> new KMeans().beta(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("beta must be from 1 to ");
  }
}
