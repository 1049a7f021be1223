package dev.vedette.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.evaluate.Evaluate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceAutoencoderTest {
  private static final int LENGTH = 96;

  /**
   * One heartbeat of an electrocardiogram: five waves at their places in the beat, after McSharry
   * et al. 2003 (doi:10.1109/TBME.2003.808805), which move and grow a little from beat to beat.
   *
   * @param kind 0 is normal; 1 has no P wave and a wide QRS complex, as a premature ventricular
   *     beat; 2 has a turned T wave; 3 comes early; 4 is weak
   */
  private static double[] beat(int kind, SplittableRandom random) {
    double[] places = {-1.22, -0.26, 0, 0.26, 1.75};
    double[] heights = {0.12, -0.1, 1, -0.25, 0.3};
    double[] widths = {0.25, 0.1, 0.1, 0.1, 0.4};
    double shift = 0.05 * random.nextGaussian();
    switch (kind) {
      case 1 -> {
        heights[0] = 0;
        widths[2] = 0.32;
        heights[3] = -0.5;
      }
      case 2 -> heights[4] = -0.3;
      case 3 -> shift -= 0.6;
      case 4 -> heights[2] = 0.4;
      default -> {}
    }
    double size = 1 + 0.08 * random.nextGaussian();
    double wander = 0.05 * random.nextGaussian();
    double[] beat = new double[LENGTH];
    for (int t = 0; t < LENGTH; t++) {
      double phase = (2.0 * t / LENGTH - 1) * Math.PI - shift;
      double value = wander + 0.02 * random.nextGaussian();
      for (int w = 0; w < 5; w++) {
        double d = (phase - places[w]) / widths[w];
        value += size * heights[w] * Math.exp(-d * d / 2);
      }
      beat[t] = value;
    }
    return beat;
  }

  @Test
  void tellsNormalHeartbeatsFromOthers() {
    var random = new SplittableRandom(1);
    double[][] normal = new double[600][];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = beat(0, random);
    }
    RowModel model = new SequenceAutoencoder().fit(Matrix.of(normal));
    double[][] test = new double[400][];
    boolean[] abnormal = new boolean[test.length];
    for (int i = 0; i < test.length; i++) {
      int kind = i % 4 == 0 ? 1 + i / 4 % 4 : 0;
      test[i] = beat(kind, random);
      abnormal[i] = kind > 0;
    }
    assertThat(Evaluate.rocAuc(model.score(Matrix.of(test)), abnormal)).isGreaterThan(0.95);
  }

  @Test
  void aRowThatEndsWithinAStepIsScoredWhole() {
    var random = new SplittableRandom(2);
    double[][] rows = new double[200][7];
    for (double[] row : rows) {
      double level = random.nextGaussian();
      for (int j = 0; j < row.length; j++) {
        row[j] = level + 0.1 * random.nextGaussian();
      }
    }
    RowModel model = new SequenceAutoencoder().step(3).units(4).fit(Matrix.of(rows));
    double[] row = rows[0].clone();
    row[6] += 5;
    assertThat(model.score(row)).isGreaterThan(model.score(rows[0]) + 1);
    double[] parts = model.attribute(row).contributions();
    assertThat(parts[6]).isGreaterThan(parts[0] + parts[1] + parts[2]);
  }
}
