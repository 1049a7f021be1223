package dev.vedette.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.Detectors;
import dev.vedette.RowModel;
import dev.vedette.TableDetector;
import dev.vedette.TableModel;
import dev.vedette.data.Column;
import dev.vedette.data.Encoder;
import dev.vedette.data.Table;
import dev.vedette.row.IsolationForest;
import dev.vedette.row.OneClassSvmModel;
import dev.vedette.row.Pca;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables with all kinds of columns and holes are judged the same in ONNX Runtime as here. */
class TableExportTest {
  private static final List<String> CITIES =
      IntStream.range(0, 90).mapToObj(i -> i == 4 ? "Łódź" : "city " + i).toList();
  private static final long HOUR = 3_600_000L;

  @TempDir Path folder;

  /** Amounts, how full, flags, cities and moments; with {@code holes}, values are missing. */
  private static Table table(int rows, boolean holes, long seed) {
    var random = new SplittableRandom(seed);
    double[] amounts = new double[rows];
    double[] full = new double[rows];
    double[] flags = new double[rows];
    int[] cities = new int[rows];
    long[] moments = new long[rows];
    for (int i = 0; i < rows; i++) {
      amounts[i] = Math.exp(3 + random.nextGaussian());
      full[i] = amounts[i] / 10 + random.nextGaussian();
      flags[i] = random.nextInt(10) == 0 ? 1 : 0;
      cities[i] = (int) (CITIES.size() * Math.pow(random.nextDouble(), 2));
      moments[i] = random.nextLong(-9000, 9000) * HOUR / 7;
      if (holes && random.nextInt(10) == 0) {
        switch (random.nextInt(5)) {
          case 0 -> amounts[i] = Double.NaN;
          case 1 -> full[i] = Double.NaN;
          case 2 -> flags[i] = Double.NaN;
          case 3 -> cities[i] = -1;
          default -> moments[i] = Column.Time.MISSING;
        }
      }
    }
    return Table.of(
        List.of(
            Column.Numeric.numbers("amount", amounts),
            Column.Numeric.numbers("how full, %", full),
            Column.Numeric.flags("new?", flags),
            new Column.Categorical("city", CITIES, cities),
            new Column.Time("at", moments)));
  }

  /** Some rows are out of all proportion, with names nobody has seen. */
  private static Table today() {
    Table table = table(300, true, 77);
    double[] amounts = new double[300];
    double[] full = new double[300];
    var levels = new ArrayList<>(CITIES);
    levels.add("Atlantis");
    int[] cities = new int[300];
    for (int i = 0; i < 300; i++) {
      amounts[i] = ((Column.Numeric) table.columns().get(0)).value(i) * (i < 20 ? 1000 : 1);
      full[i] = i == 20 ? 1e308 : ((Column.Numeric) table.columns().get(1)).value(i);
      cities[i] = i % 30 == 0 ? 90 : ((Column.Categorical) table.columns().get(3)).code(i);
    }
    return Table.of(
        List.of(
            Column.Numeric.numbers("amount", amounts),
            Column.Numeric.numbers("how full, %", full),
            table.columns().get(2),
            new Column.Categorical("city", levels, cities),
            table.columns().get(4)));
  }

  static Stream<String> detectors() {
    return Onnx.detectors().stream()
        .map(name -> name.matches("autoencoder|deep-svdd|vae") ? name + " epochs=8" : name);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void theRuntimeDecidesTheSame(String detector) throws Exception {
    for (boolean holes : new boolean[] {false, true}) {
      Table training = table(700, holes, 3);
      var rows = new TableDetector(Detectors.standard().parse(detector));
      assertSame(Decider.fit(rows, training, new Rule.FalseAlarms(0.02)), today());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyScaling(Encoder.Scaling scaling) throws Exception {
    for (Encoder.Categories categories : Encoder.Categories.values()) {
      var detector = new TableDetector(new Encoder(scaling, categories), new Pca());
      Table training = table(400, true, 4);
      assertSame(Decider.fit(detector, training, new Rule.FalseAlarms(0.02)), today());
    }
  }

  /** The rows that were learned from tie with their own calibration scores. */
  @ParameterizedTest
  @MethodSource("detectors")
  void tiesAreTies(String detector) throws Exception {
    Table training = table(200, true, 9);
    TableModel model = new TableDetector(Detectors.standard().parse(detector)).fit(training);
    double[] scores = model.score(training);
    assertSame(Decider.of(model, scores, training, new Rule.Quantile(0.9)), training);
    assertSame(Decider.of(model, scores, training, new Rule.FalseAlarms(0.0001)), training);
  }

  private void assertSame(Decider decider, Table table) throws Exception {
    Path file = folder.resolve("model.onnx");
    Onnx.export(decider, file);
    OnnxRuntime.Outputs outputs = OnnxRuntime.outputs(file, table);
    assertThat(outputs.values()).containsOnlyKeys("score", "flagged", "p_value");
    double ranks = 3.0 / decider.calibration().rows(); // where scores nearly tie
    RowModel rows = decider.model().rows();
    double size = rows instanceof OneClassSvmModel machine ? Math.abs(machine.rho()) : 0;
    List<Decision> decisions = decider.decide(table);
    for (int i = 0; i < table.rows(); i++) {
      Decision here = decisions.get(i);
      String row = "row " + i + ", " + decider.model().detector();
      double there = outputs.numbers("score")[i];
      assertThat(there)
          .as(row)
          .isCloseTo(here.score(), within(1e-5 * (size + Math.abs(here.score()))));
      assertThat(outputs.flags("flagged")[i]).as(row).isEqualTo(here.flagged());
      assertThat(outputs.numbers("p_value")[i]).as(row).isCloseTo(here.pValue(), within(ranks));
    }
  }

  @Test
  void aModelOfATableHasOneOutput() throws Exception {
    TableModel model = new TableDetector(new IsolationForest()).fit(table(100, true, 1));
    Path file = folder.resolve("model.onnx");
    Onnx.export(model, file);
    assertThat(OnnxRuntime.outputs(file, today()).values()).containsOnlyKeys("score");
  }

  @Test
  void aColumnNamedLikeAnOutputIsRefused() {
    Table table =
        Table.of(
            List.of(
                Column.Numeric.numbers("score", new double[] {1, 2, 3, 4}),
                Column.Numeric.numbers("other", new double[] {1, 2, 4, 3})));
    TableModel model = new TableDetector(new Pca()).fit(table);
    assertThatThrownBy(() -> Onnx.export(model, folder.resolve("model.onnx")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'score'")
        .hasMessageContaining("rename it");
  }
}
