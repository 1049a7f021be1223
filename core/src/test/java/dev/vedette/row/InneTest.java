package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.data.Matrix;
import org.junit.jupiter.api.Test;

/** Derived by hand from Definitions 1 to 3 of Bandaragoda et al. 2018. */
class InneTest {
  private static final Matrix ROWS = Matrix.of(new double[][] {{0}, {1}, {3}, {7}});

  /*
   * Four rows, samples of three. Radii, and the isolation 1 − radius(neighbour) / radius:
   *   {0, 1, 3}   1 1 2   0 0 1/2
   *   {0, 1, 7}   1 1 6   0 0 5/6
   *   {0, 3, 7}   3 3 4   0 0 1/4
   *   {1, 3, 7}   2 2 4   0 0 1/2
   */
  private static final Inne.Fitted MODEL = new Inne(10_000, 3, 1).fit(ROWS);

  @Test
  void theScoreIsTheMeanOverTheSamples() {
    // 4.5 lies in the spheres of 3, 7, 3 (smaller than that of 7) and 3.
    assertThat(MODEL.score(new double[] {4.5}))
        .isCloseTo((1 / 2.0 + 5 / 6.0 + 0 + 0) / 4, within(0.015)); // standard error 0.0036
    // 9 lies outside the spheres of the first sample and in that of 7 in all others.
    assertThat(MODEL.score(new double[] {9}))
        .isCloseTo((1 + 5 / 6.0 + 1 / 4.0 + 1 / 2.0) / 4, within(0.015));
    assertThat(MODEL.score(new double[] {13.5})).isEqualTo(1); // outside all of them
  }

  @Test
  void aTrainingRowIsScoredByTheSamplesWithoutIt() {
    // 0 and 1 lie in spheres around each other's side, 3 in that of 7, 7 in none.
    float fiveSixths = (float) (5 / 6.0);
    assertThat(MODEL.scoreTraining(ROWS))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0, 0, fiveSixths, 1);
  }

  @Test
  void rowsEqualToDuplicatesAreNotIsolated() {
    Matrix rows = Matrix.of(new double[][] {{0, 0}, {0, 0}, {0, 0}, {4, 3}});
    // A sample of three holds two of the equal rows at least, so their spheres have radius 0.
    Inne.Fitted model = new Inne(10, 4, 1).fit(rows);
    assertThat(model.score(rows)).containsExactly(0, 0, 0, 1);
    assertThat(model.scoreTraining(rows)).containsExactly(0, 0, 0, 1);
    assertThat(model.score(new double[] {0, 1e-3})).isPositive();
  }

  @Test
  void theColumnThatIsolatesIsNamed() {
    Attribution attribution = new Inne().fit(crowd()).attribute(new double[] {0.5, 9});
    assertThat(attribution.score()).isEqualTo(1);
    assertThat(attribution.contributions()[1]).isGreaterThan(0.9);
    assertThat(attribution.normal()[1]).isBetween(0.0, 1.0);
  }

  private static Matrix crowd() {
    double[][] rows = new double[100][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {0.1 * (i % 10), 0.1 * Math.floorDiv(i, 10)};
    }
    return Matrix.of(rows);
  }
}
