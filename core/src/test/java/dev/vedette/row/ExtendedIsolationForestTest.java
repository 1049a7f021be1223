package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Derived by hand from Algorithms 2 and 3 of Hariri et al. 2019. */
class ExtendedIsolationForestTest {
  /** c(3), Eq. 1 of Liu et al. 2008. */
  private static final double C3 = 2 * (Math.log(2) + 0.5772156649015329) - 4.0 / 3;

  private static double path(ExtendedIsolationForest.Fitted model, double c, double... row) {
    return -c * Math.log(model.score(row)) / Math.log(2);
  }

  @Test
  void inOneColumnItIsThePlainForest() {
    // 3 is cut off first with a chance of 2/3, 0 with 1/3; 1 always takes both cuts.
    var model =
        new ExtendedIsolationForest()
            .trees(10_000)
            .sample(3)
            .fit(Matrix.of(new double[][] {{0}, {1}, {3}}));
    assertThat(path(model, C3, 0)).isCloseTo(5.0 / 3, within(0.02));
    assertThat(path(model, C3, 1)).isCloseTo(2, within(1e-9));
    assertThat(path(model, C3, 3)).isCloseTo(4.0 / 3, within(0.02));
  }

  @Test
  void aCutGoesThroughAPointOfTheBoxInAnyDirection() {
    // A line in a random direction through a point tells two rows apart with the chance
    // (angle at which it sees them) / π: for opposite corners of a square 0.77936 in the mean over
    // the square, by numerical integration. Told apart their path is 1, else 1 + c(2) = 2.
    var model =
        new ExtendedIsolationForest()
            .trees(10_000)
            .sample(2)
            .fit(Matrix.of(new double[][] {{0, 0}, {5, 5}}));
    assertThat(path(model, 1, 0, 0)).isCloseTo(2 - 0.77936, within(0.02)); // standard error 0.004
    assertThat(path(model, 1, 5, 5)).isCloseTo(2 - 0.77936, within(0.02));
  }

  @Test
  void aThresholdOfZeroIsNoLeaf() {
    var trees = new SlopingTrees(1, 1, 2);
    trees.set(0, 0, 1, 1);
    trees.set(0, 1, 0, -1);
    trees.trees().threshold()[0] = 0;
    trees.trees().leaf(0, 1, 1, 1);
    trees.trees().leaf(0, 2, 1, 3);
    assertThat(trees.paths(new double[] {2, 1})).isEqualTo(1); // 1 − 2 is below
    assertThat(trees.paths(new double[] {2, 2})).isEqualTo(1); // on the threshold
    assertThat(trees.paths(new double[] {1, 2})).isEqualTo(1 + C3);
  }

  @Test
  void seesWhatBreaksTheRelationBetweenColumns() {
    var random = new SplittableRandom(5);
    double[][] rows = new double[1000][2];
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      row[1] = row[0] + 0.1 * random.nextGaussian();
    }
    Matrix line = Matrix.of(rows);
    double[] broken = {1, -1};
    var plain = new ExtendedIsolationForest().extension(0).fit(line);
    var sloping = new ExtendedIsolationForest().extension(1).fit(line);
    assertThat(above(sloping, line, broken)).isLessThan(above(plain, line, broken));
    Attribution attribution = sloping.attribute(broken);
    assertThat(attribution.contributions()[0]).isPositive();
    assertThat(attribution.contributions()[1]).isPositive();
  }

  private static long above(ExtendedIsolationForest.Fitted model, Matrix rows, double[] row) {
    double score = model.score(row);
    return Arrays.stream(model.score(rows)).filter(other -> other > score).count();
  }

  @Test
  void forestsTooLargeForMemoryAreRefused() {
    Matrix wide = Matrix.of(new double[300][200]);
    assertThatThrownBy(() -> new ExtendedIsolationForest().trees(10_000).extension(199).fit(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower");
  }
}
