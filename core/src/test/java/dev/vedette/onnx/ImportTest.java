package dev.vedette.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Models;
import dev.vedette.data.Matrix;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.IsolationForestModel;
import dev.vedette.row.Pca;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forests of scikit-learn become forests of Vedette. */
class ImportTest {
  @TempDir Path folder;

  /** Values of single precision, some far out. */
  private static Matrix rows() {
    var random = new SplittableRandom(4);
    double[][] rows = new double[600][3];
    for (int i = 0; i < rows.length; i++) {
      int far = i % 50 == 0 ? 5 : 1;
      Arrays.setAll(rows[i], j -> (float) (far * random.nextGaussian()));
    }
    return Matrix.of(rows);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("forest.onnx"), bytes);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "7, 256", "30, 57", "3, 600"})
  void scoresAreThoseOfTheFile(int trees, int sample) throws Exception {
    IsolationForestModel forest = new IsolationForest(trees, sample, 5).fit(rows());
    Path file = write(SklearnForest.of(forest));
    IsolationForestModel read = Onnx.importForest(file);

    assertThat(read.sample()).isEqualTo(sample);
    assertThat(read.columns()).isEqualTo(3);
    assertThat(read.trees().rows()).isEqualTo(forest.trees().rows());
    double[] there = OnnxRuntime.singleScores(file, rows());
    double[] here = read.score(rows());
    double[] before = forest.score(rows());
    for (int i = 0; i < here.length; i++) {
      assertThat(0.5 - there[i]).isCloseTo(here[i], within(1e-6));
      assertThat(here[i]).isEqualTo(before[i]); // no threshold is so close to a value of these rows
    }
  }

  /** It explains, understands missing values, and is kept in a file like any model. */
  @Test
  void whatIsReadIsAModelLikeAnyOther() throws IOException {
    IsolationForestModel read =
        Onnx.importForest(write(SklearnForest.of(new IsolationForest().trees(20).fit(rows()))));
    Attribution attribution = read.attribute(new double[] {0, 9, Double.NaN});
    assertThat(attribution.contributions()[1]).isPositive();
    assertThat(attribution.normal()[1]).isBetween(-3.0, 3.0);

    Path file = folder.resolve("forest.vedette");
    Models.save(read, file);
    assertThat(Models.load(file).score(rows())).isEqualTo(read.score(rows()));
    Path again = folder.resolve("again.onnx");
    Onnx.export(read, again);
    assertThat(again).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        0,
        -0f,
        1,
        -1,
        0.1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        123456.79f,
        -3e38f,
        Float.MAX_VALUE
      })
  void aDoubleTurnsAsItDoesInSinglePrecision(float threshold) {
    double limit = GivenTree.roundsTo(threshold);
    for (double value : new double[] {limit, Math.nextUp(limit), Math.nextDown(limit), threshold}) {
      assertThat(value <= limit).as("%s", value).isEqualTo((float) value <= threshold);
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path pca = folder.resolve("pca.onnx");
    Onnx.export(new Pca().fit(rows()), pca);
    assertRefused(pca, "it holds no trees; give a scikit-learn IsolationForest");
    Path own = folder.resolve("own.onnx");
    Onnx.export(new IsolationForest().fit(rows()), own);
    assertRefused(own, "2^(-sum / number)");
    assertRefused(write(new byte[0]), "it holds no operators");
    assertRefused(write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)), "");
    assertRefused(folder.resolve("none.onnx"), "there is no file");
    assertRefused(folder, "cannot read");
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> Onnx.importForest(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  /** A file that is cut off anywhere is refused, and nothing else happens. */
  @Test
  void aPartOfAFileIsRefused() throws IOException {
    byte[] whole = SklearnForest.of(new IsolationForest(2, 8, 1).fit(rows()));
    for (int length = 0; length < whole.length - 40; length += 7) {
      assertRefused(write(Arrays.copyOf(whole, length)), "");
    }
  }
}
