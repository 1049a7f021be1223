package dev.vedette.row;

import static dev.vedette.row.MadeRows.assertClose;
import static dev.vedette.row.MadeRows.picked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Golden values are those of PyOD 3.6.7 for its training rows, and by hand. */
class CopodTest {
  @Test
  void trainingRowsScoreAsInPyod() {
    Matrix rows = MadeRows.shifted(60, 1);
    double[] scores = new Copod().fit(rows).score(rows);
    assertClose(
        picked(scores),
        1e-12,
        5.764630942144961,
        3.244414752275126,
        7.178725417370487,
        5.890871129063849,
        4.77372739503021);
    assertThat(Arrays.stream(scores).sum()).isCloseTo(230.06505201798026, within(1e-9));
  }

  @Test
  void tailsByHand() {
    // Skewed to the right: of 1, 1, 2, 8 the right tail counts, or the mean of both where more.
    var skewed = new Copod().fit(Matrix.of(new double[][] {{1}, {1}, {2}, {8}}));
    assertThat(skewed.score(new double[] {8})).isCloseTo(Math.log(4), within(1e-12));
    assertThat(skewed.score(new double[] {1})).isCloseTo(Math.log(2) / 2, within(1e-12));
    assertThat(skewed.score(new double[] {9})).isCloseTo(Math.log(5), within(1e-12));
    assertThat(skewed.score(new double[] {0})).isCloseTo(Math.log(5) / 2, within(1e-12));
    assertThat(skewed.score(new double[] {5})).isCloseTo(Math.log(4), within(1e-12));
    // Not skewed: both tails in full.
    var even = new Copod().fit(Matrix.of(new double[][] {{1}, {2}, {3}}));
    double middle = 2 * Math.log(1.5);
    assertThat(even.score(new double[] {2})).isCloseTo(middle, within(1e-12));
    assertThat(even.score(new double[] {3})).isCloseTo(Math.log(3), within(1e-12));
    double usual = (middle + 2 * Math.log(3)) / 3;
    assertThat(even.attribute(new double[] {3}).base()).isCloseTo(usual, within(1e-12));
  }
}
