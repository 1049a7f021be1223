package dev.vedette.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vedette.data.Matrix;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.IsolationForestModel;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Any bytes are a forest that scores, or are refused; nothing else may happen. */
class ImportFuzzTest {
  private static final byte[] SOUND = sound();

  private static byte[] sound() {
    var random = new SplittableRandom(2);
    double[][] rows = new double[30][2];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextDouble());
    }
    return SklearnForest.of(new IsolationForest(2, 8, 1).fit(Matrix.of(rows)));
  }

  /** The input replaces bytes of a sound file, from a place on that its first two bytes choose. */
  @FuzzTest(maxDuration = "5m")
  void anyBytesAreReadOrRefused(byte[] input) {
    if (input.length < 3) {
      return;
    }
    int choice = ((input[0] & 0xff) << 8) | (input[1] & 0xff);
    byte[] file = SOUND.clone();
    int from = choice % file.length;
    System.arraycopy(input, 2, file, from, Math.min(input.length - 2, file.length - from));
    read(file);
    read(Arrays.copyOfRange(input, 2, input.length));
  }

  private static void read(byte[] file) {
    try {
      IsolationForestModel forest = ForestImport.read(file);
      forest.score(new double[forest.columns()]);
    } catch (IllegalArgumentException refused) {
      // as it should be
    }
  }
}
