package dev.vedette.boost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.vedette.data.Matrix;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.labelled.BoostedTrees;
import dev.vedette.labelled.Stacking;
import dev.vedette.labelled.TreeLibrary;
import dev.vedette.labelled.Trees;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our trees are LightGBM's trees: the same sums and the same Shapley values. */
class LightGbmTest {
  private static final int COLUMNS = 5;

  /** Random rows whose class depends on two columns and on whether a third is missing. */
  private static double[] values(int rows, boolean missing, long seed) {
    var random = new SplittableRandom(seed);
    double[] values = new double[rows * COLUMNS];
    for (int at = 0; at < values.length; at++) {
      boolean hole = missing && at % COLUMNS > 1 && random.nextInt(5) == 0;
      values[at] = hole ? Double.NaN : Math.round(20 * random.nextGaussian()) / 10.0;
    }
    return values;
  }

  private static boolean[] anomalies(double[] values) {
    boolean[] anomalies = new boolean[values.length / COLUMNS];
    for (int i = 0; i < anomalies.length; i++) {
      double third = values[i * COLUMNS + 2];
      double sum = values[i * COLUMNS] + values[i * COLUMNS + 1];
      anomalies[i] = sum + (Double.isNaN(third) ? 1.5 : 0.3 * third) > 3;
    }
    return anomalies;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sumsAndSharesAreThoseOfTheLibrary(boolean missing) throws Exception {
    NativeCode.load();
    int rows = 800;
    double[] values = values(rows, missing, 3);
    boolean[] anomalies = anomalies(values);
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = anomalies[i] ? 1 : 0;
    }
    String parameters =
        "objective=binary verbosity=-1 num_threads=1 deterministic=true num_leaves=15"
            + " min_data_in_leaf=5 learning_rate=0.1";
    try (LGBMDataset data =
        LGBMDataset.createFromMat(values, rows, COLUMNS, true, parameters, null)) {
      data.setField("label", labels);
      try (LGBMBooster booster = LGBMBooster.create(data, parameters)) {
        for (int t = 0; t < 40; t++) {
          booster.updateOneIter();
        }
        Trees trees =
            LightGbmText.read(
                booster.saveModelToString(0, -1, LGBMBooster.FeatureImportanceType.SPLIT));
        assertThat(trees.roots()).hasSize(40);
        int judged = 500;
        double[] others = values(judged, true, 4);
        double[] sums = predict(booster, others, judged, PredictionType.C_API_PREDICT_RAW_SCORE);
        double[] shares = predict(booster, others, judged, PredictionType.C_API_PREDICT_CONTRIB);
        for (int i = 0; i < judged; i++) {
          double[] row = Arrays.copyOfRange(others, i * COLUMNS, (i + 1) * COLUMNS);
          assertThat(trees.sum(row)).isCloseTo(sums[i], within(1e-12));
          Trees.Parts parts = trees.parts(row);
          for (int j = 0; j < COLUMNS; j++) {
            assertThat(parts.shares()[j]).isCloseTo(shares[i * (COLUMNS + 1) + j], within(1e-9));
          }
          assertThat(parts.expected()).isCloseTo(shares[i * (COLUMNS + 1) + COLUMNS], within(1e-9));
        }
      }
    }
  }

  private static double[] predict(
      LGBMBooster booster, double[] values, int rows, PredictionType what) throws Exception {
    return booster.predictForMat(values, rows, COLUMNS, true, what, "num_threads=1");
  }

  @Test
  void theSameRowsGiveTheSameTrees() {
    double[] values = values(600, true, 5);
    var examples = new TreeLibrary.Examples(values, COLUMNS, anomalies(values), new double[600]);
    TreeLibrary library = TreeLibrary.found();
    assertThat(library).isInstanceOf(LightGbm.class);
    Trees first = library.grow(new BoostedTrees(), examples, null);
    assertThat(first.roots()).hasSize(200);
    assertThat(library.grow(new BoostedTrees(), examples, null)).isEqualTo(first);
    double[] fewer = values(300, true, 6);
    var judged = new TreeLibrary.Examples(fewer, COLUMNS, random(300), new double[300]);
    Trees stopped = library.grow(new BoostedTrees(), examples, judged);
    assertThat(stopped.roots().length).isBetween(20, 100);
  }

  private static boolean[] random(int rows) {
    var random = new SplittableRandom(8);
    boolean[] labels = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextBoolean();
    }
    return labels;
  }

  private static Matrix matrix(double[] values) {
    double[][] rows = new double[values.length / COLUMNS][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * COLUMNS, (i + 1) * COLUMNS);
    }
    return Matrix.of(rows);
  }

  @Test
  void learnsWhatIsNotFarOut() {
    double[] values = values(2000, true, 9);
    boolean[] anomalies = anomalies(values);
    var detector = new BoostedTrees().stacking(new Stacking().members("none"));
    BoostedTrees.Fitted model = detector.fit(matrix(values), anomalies);
    double[] fresh = values(2000, true, 10);
    assertThat(Evaluate.rocAuc(model.score(matrix(fresh)), anomalies(fresh))).isGreaterThan(0.97);
    double[] own = model.scoreTraining(matrix(values));
    assertThat(Evaluate.rocAuc(own, anomalies)).isGreaterThan(0.97);
  }

  @Test
  void scoresOfTrainingRowsHaveNotSeenTheirLabels() {
    double[] values = values(1000, false, 11);
    boolean[] random = random(1000);
    for (String members : new String[] {"none", "zscore+hbos"}) {
      var detector = new BoostedTrees().stacking(new Stacking().members(members));
      BoostedTrees.Fitted model = detector.fit(matrix(values), random);
      double area = Evaluate.rocAuc(model.scoreTraining(matrix(values)), random);
      // 0.5 with a standard error of 0.018, as the labels mean nothing
      assertThat(area).as(members).isBetween(0.42, 0.58);
    }
  }

  /** Another process that unpacks its native code must not overwrite ours. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingIsLeftInTheTemporaryFolder() throws Exception {
    NativeCode.load();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    assertThat(folder.getFileName().toString()).doesNotStartWith("vedette-boost-");
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(maps.filter(line -> line.contains("lib_lightgbm")))
          .isNotEmpty()
          .allMatch(line -> line.contains("/vedette-boost-") && line.endsWith("(deleted)"));
    }
  }

  @Test
  void damagedTextIsRefused() {
    assertThatThrownBy(() -> LightGbmText.read("Tree=0\nnum_leaves=2\n\n"))
        .hasMessageContaining("without leaf_value");
    assertThat(LightGbmText.read("").roots()).isEmpty();
    assertThat(LightGbmText.read("Tree=0\nleaf_value=0.5\n\n").sum(new double[1])).isEqualTo(0.5);
  }
}
