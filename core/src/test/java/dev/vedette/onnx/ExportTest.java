package dev.vedette.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.OneClassSvmModel;
import dev.vedette.row.Pca;
import dev.vedette.row.ZScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of bare rows score the same in ONNX Runtime as here. */
class ExportTest {
  @TempDir Path folder;

  private Path export(RowModel model) {
    Path file = folder.resolve("model.onnx");
    Onnx.export(model, file);
    return file;
  }

  /** Four columns, the last two of which follow the first two. */
  private static double[] normal(SplittableRandom random) {
    double first = random.nextGaussian();
    double second = 100 + 20 * random.nextGaussian();
    return new double[] {
      first, second, 3 * first + 0.1 * random.nextGaussian(), second / 7 + random.nextGaussian()
    };
  }

  private static Matrix training() {
    var random = new SplittableRandom(5);
    return Matrix.of(Stream.generate(() -> normal(random)).limit(500).toArray(double[][]::new));
  }

  /** Normal rows, broken ones, and ones that are as far out as numbers go. */
  private static Matrix today() {
    var random = new SplittableRandom(6);
    double[][] rows = Stream.generate(() -> normal(random)).limit(400).toArray(double[][]::new);
    for (int i = 0; i < 100; i++) {
      rows[i][i % 4] += (i % 2 == 0 ? 1 : -1) * Math.pow(10, i / 20.0);
    }
    rows[100] = new double[] {1e12, -1e12, 0, 5};
    rows[101] = new double[] {0, 0, 0, 0};
    rows[102] = new double[] {0, 1e300, 0, 0};
    return Matrix.of(rows);
  }

  private static void assertSame(double[] there, double[] here) {
    assertSame(there, here, 0);
  }

  /** The scores of a kernel machine are differences from ρ in single precision. */
  private static double size(RowModel model) {
    return model instanceof OneClassSvmModel machine ? Math.abs(machine.rho()) : 0;
  }

  private static void assertSame(double[] there, double[] here, double size) {
    assertThat(there).hasSameSizeAs(here);
    for (int i = 0; i < here.length; i++) {
      assertThat(there[i])
          .as("row %d", i)
          .isCloseTo(here[i], within(1e-5 * (size + Math.abs(here[i]))));
    }
  }

  static Stream<String> detectors() {
    return Stream.concat(
        Onnx.detectors().stream(),
        Stream.of(
            "autoencoder activation=tanh hidden=5",
            "autoencoder activation=leaky-relu",
            "bigan members=1 hidden=3 latent=1 epochs=2 doubt=2",
            "extended-iforest extension=0 trees=3",
            "extended-iforest extension=3 sample=2 trees=5",
            "extended-iforest trees=7 sample=500",
            "gmm covariance=diagonal",
            "iforest trees=1 sample=2",
            "kmeans measure=weighted",
            "kmeans measure=large",
            "one-class-svm kernel=linear",
            "one-class-svm kernel=polynomial standardise=true",
            "iforest trees=7 sample=500",
            "mahalanobis keep=1",
            "pca components=3",
            "pca components=3 measure=residual",
            "vae activation=sigmoid latent=1",
            "zscore robust=true combine=max"));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void theRuntimeGivesTheSameScores(String detector) throws Exception {
    RowModel model = Detectors.standard().parse(detector).fit(training());
    Path file = export(model);
    assertSame(OnnxRuntime.scores(file, today()), model.score(today()), size(model));
    Matrix one = today().select(new int[] {7});
    assertSame(OnnxRuntime.scores(file, one), model.score(one), size(model));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void sameModelSameBytes(String detector) throws IOException {
    RowModel model = Detectors.standard().parse(detector).fit(training());
    byte[] first = Files.readAllBytes(export(model));
    assertThat(export(model)).hasBinaryContent(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 33})
  void anyWidth(int columns) throws Exception {
    var random = new SplittableRandom(columns);
    double[][] rows = new double[90][columns];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> j == columns - 1 ? 1 : random.nextGaussian());
    }
    Matrix matrix = Matrix.of(rows);
    for (RowModel model :
        new RowModel[] {
          new Pca().fit(matrix),
          new IsolationForest().trees(3).fit(matrix),
          new ZScore().fit(matrix)
        }) {
      assertSame(OnnxRuntime.scores(export(model), matrix), model.score(matrix));
    }
  }

  /** Rows with a few values missing, some with all. */
  @ParameterizedTest
  @ValueSource(strings = {"iforest", "iforest trees=3 sample=100", "iforest trees=1 sample=2"})
  void aForestFollowsBothWaysWhereAValueIsMissing(String detector) throws Exception {
    var random = new SplittableRandom(8);
    double[][] rows = new double[200][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = today().row(i);
      if (i % 3 == 0) {
        rows[i][random.nextInt(4)] = Double.NaN;
        rows[i][random.nextInt(4)] = Double.NaN;
      }
    }
    Arrays.fill(rows[199], Double.NaN);
    Matrix holed = Matrix.of(rows);
    for (Matrix learned : new Matrix[] {training(), holed}) {
      RowModel model = Detectors.standard().parse(detector).fit(learned);
      assertSame(OnnxRuntime.scores(export(model), holed), model.score(holed));
    }
  }

  /** A difference in the last place of a double decides, where single precision sees none. */
  @Test
  void aForestTurnsWhereItShould() throws Exception {
    var forest = new IsolationForest().trees(20).sample(64).fit(training());
    double[] thresholds =
        Arrays.stream(forest.trees().threshold()).filter(Double::isFinite).toArray();
    double[][] rows = new double[2 * thresholds.length][4];
    for (int i = 0; i < rows.length; i++) {
      double threshold = thresholds[i / 2];
      Arrays.fill(rows[i], i % 2 == 0 ? threshold : Math.nextUp(threshold));
    }
    assertSame(OnnxRuntime.scores(export(forest), Matrix.of(rows)), forest.score(Matrix.of(rows)));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void whatIsRefusedHereIsNaNThere(String detector) throws Exception {
    RowModel model = Detectors.standard().parse(detector).fit(training());
    double[] scores =
        OnnxRuntime.scores(export(model), Matrix.of(new double[][] {{0, 100, Double.NaN, 14}}));
    if (model.detector().acceptsMissing()) {
      assertThat(scores[0]).isFinite();
    } else {
      assertThat(scores[0]).isNaN();
    }
  }

  @Test
  void everyDetectorIsExportedOrSaysWhichAre() {
    for (Detectors.Entry entry : Detectors.standard().entries()) {
      RowModel model = entry.defaults().fit(training());
      Path file = folder.resolve(entry.name() + ".onnx");
      if (Onnx.detectors().contains(entry.name())) {
        Onnx.export(model, file);
        assertThat(file).isNotEmptyFile();
      } else {
        assertThatThrownBy(() -> Onnx.export(model, file))
            .isInstanceOf(DataException.class)
            .hasMessageContaining(entry.name())
            .hasMessageContaining(String.join(", ", Onnx.detectors()));
        assertThat(file).doesNotExist();
      }
    }
  }
}
