package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.data.Matrix;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Which rows count as the same must be decided as the neighbour search sees them. */
class LofTest {
  private static double[][] gaussian(int rows, double offset, double scale) {
    var random = new SplittableRandom(8);
    double[][] values = new double[rows][2];
    for (double[] row : values) {
      row[0] = offset + scale * random.nextGaussian();
      row[1] = offset + scale * random.nextGaussian();
    }
    return values;
  }

  @Test
  void rowsFarFromZeroAreNotTakenForDuplicates() {
    // In single precision there are 64 between neighbouring numbers at 1e9.
    Lof.Fitted near = new Lof().fit(Matrix.of(gaussian(300, 0, 1)));
    Lof.Fitted far = new Lof().fit(Matrix.of(gaussian(300, 1e9, 1)));
    assertThat(far.neighbors().points()).isEqualTo(300);
    assertThat(far.score(new double[] {1e9 + 8, 1e9}))
        .isCloseTo(near.score(new double[] {8, 0}), within(1e-5));
  }

  @Test
  void rowsThatOnlyDifferBelowThePrecisionAreDuplicates() {
    double[][] rows = new double[50][1];
    for (int i = 0; i < 50; i++) {
      rows[i][0] = i < 25 ? 1000 + i : 1e-9 * i; // 0 to 5e-8, around a median near 500
    }
    Lof.Fitted model = new Lof(5).fit(Matrix.of(rows));
    assertThat(DoubleStream.of(model.score(Matrix.of(rows)))).allMatch(Double::isFinite);
  }

  @Test
  void valuesTooSmallToSquareAreNoTrouble() {
    for (double scale : new double[] {1e-18, 1e-20, 1e-21, 1e-22, 1e-23, 1e-25, 1e-40, 1e-300}) {
      Matrix rows = Matrix.of(gaussian(300, 0, scale));
      Lof.Fitted model = new Lof(5).fit(rows);
      assertThat(DoubleStream.of(model.score(rows)))
          .as("scale %s", scale)
          .allMatch(s -> s > 0 && s < 100);
    }
  }
}
