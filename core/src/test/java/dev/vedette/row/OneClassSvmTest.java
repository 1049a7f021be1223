package dev.vedette.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.data.Matrix;
import dev.vedette.row.OneClassSvm.Form;
import dev.vedette.row.SvmKernel.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against LIBSVM 3.35 on the same rows, numbers derived by hand, and rows meant to break it. */
class OneClassSvmTest {
  private static double[][] rows(String data) {
    var random = new SplittableRandom(5);
    return switch (data) {
      case "clusters" -> rows(2000, 8, (i, j) -> (i % 3) * (j % 2 + 1) + random.nextGaussian());
      case "grid" -> rows(500, 3, (i, j) -> random.nextInt(4)); // 64 different rows at most
      case "tails" -> rows(400, 5, (i, j) -> 3 + Math.pow(random.nextGaussian(), 3));
      default -> throw new IllegalArgumentException(data);
    };
  }

  private interface Cell {
    double value(int row, int column);
  }

  private static double[][] rows(int rows, int columns, Cell cell) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = cell.value(i, j);
      }
    }
    return values;
  }

  private static svm_node[] nodes(double[] row) {
    svm_node[] nodes = new svm_node[row.length];
    for (int j = 0; j < row.length; j++) {
      nodes[j] = new svm_node();
      nodes[j].index = j + 1;
      nodes[j].value = row[j];
    }
    return nodes;
  }

  private static svm_model libsvm(double[][] rows, OneClassSvm detector) {
    var problem = new svm_problem();
    problem.l = rows.length;
    problem.y = new double[rows.length];
    problem.x = Arrays.stream(rows).map(OneClassSvmTest::nodes).toArray(svm_node[][]::new);
    var parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.ONE_CLASS;
    parameter.kernel_type =
        switch (detector.kernel().kernel()) {
          case RBF -> svm_parameter.RBF;
          case LINEAR -> svm_parameter.LINEAR;
          case POLYNOMIAL -> svm_parameter.POLY;
        };
    parameter.gamma = detector.kernel().gamma();
    parameter.degree = detector.kernel().degree();
    parameter.coef0 = detector.kernel().coef0();
    parameter.nu = detector.nu();
    parameter.eps = detector.solver().tolerance();
    parameter.cache_size = 100;
    parameter.shrinking = 1;
    svm.svm_set_print_string_function(text -> {});
    return svm.svm_train(problem, parameter);
  }

  @ParameterizedTest
  @CsvSource({
    "clusters, RBF, 0.05, 0.5, 0, 3",
    "clusters, RBF, 0.5, 0.02, 0, 3",
    "clusters, RBF, 0.01, 0.5, 0, 3",
    "grid, RBF, 0.3, 0.5, 0, 3",
    "grid, RBF, 0.3, 0.01, 0, 3",
    "tails, RBF, 0.02, 0.1, 0, 3",
    "tails, RBF, 1, 0.9, 0, 3",
    "tails, LINEAR, 1, 0.2, 0, 1",
    "grid, LINEAR, 1, 0.5, 0, 1",
    "tails, POLYNOMIAL, 0.01, 0.1, 1, 2",
    "grid, POLYNOMIAL, 0.1, 0.3, 0, 3"
  })
  void scoresAreLibsvmsDecisionValues(
      String data, Shape shape, double gamma, double nu, double coef0, int degree) {
    double[][] rows = rows(data);
    var detector =
        new OneClassSvm()
            .nu(nu)
            .kernel(new SvmKernel(shape, gamma, degree, coef0, false))
            .solver(new SvmSolver().tolerance(1e-6));
    OneClassSvmModel model = detector.fit(Matrix.of(rows));
    svm_model peer = libsvm(rows, detector);
    double[] scores = model.score(Matrix.of(rows));
    double[] decision = new double[1];
    for (int i = 0; i < rows.length; i++) {
      svm.svm_predict_values(peer, nodes(rows[i]), decision);
      assertThat(-scores[i] * nu * rows.length).isCloseTo(decision[0], within(1e-3));
      if (Math.abs(decision[0]) > 1e-3) {
        assertThat(scores[i] < 0).isEqualTo(decision[0] > 0);
      }
    }
    double weight = DoubleStream.of(model.expansion().weights()).sum();
    assertThat(weight).isCloseTo(1, within(1e-9));
    if (data.equals("clusters")) { // no row twice, so the support vectors are no matter of choice
      assertThat(model.expansion().weights()).hasSize(peer.l);
    }
  }

  @Test
  void twoRowsByHand() {
    // ν = 1: both rows weigh ½; γ = 1/(1 column · variance 1) = 1.
    var model = new OneClassSvm().nu(1).fit(Matrix.of(new double[][] {{-1}, {1}}));
    double rho = (1 + Math.exp(-4)) / 2;
    assertThat(model.rho()).isCloseTo(rho, within(1e-7));
    assertThat(model.score(new double[] {1})).isCloseTo(0, within(1e-7));
    assertThat(model.score(new double[] {0})).isCloseTo(rho - Math.exp(-1), within(1e-7));
    assertThat(model.score(new double[] {99})).isCloseTo(rho, within(1e-7));
  }

  @Test
  void gammaMeansTheSameHoweverTheColumnsAreMeasured() {
    double[][] rows = rows("tails");
    double[][] wide = rows(rows.length, 5, (i, j) -> 1e6 + 1000 * rows[i][j]);
    var kernel = new SvmKernel().gamma(0.5);
    double[] scores = new OneClassSvm().kernel(kernel).fit(Matrix.of(rows)).score(Matrix.of(rows));
    double[] same =
        new OneClassSvm().kernel(kernel.gamma(0.5e-6)).fit(Matrix.of(wide)).score(Matrix.of(wide));
    assertThat(same).containsExactly(scores, within(1e-4));
  }

  @Test
  void standardisedColumnsCountEqually() {
    double[][] rows = rows("clusters");
    double[][] skewed = rows(rows.length, 8, (i, j) -> rows[i][j] * Math.pow(1000, j));
    var detector = new OneClassSvm().kernel(new SvmKernel().standardise(true));
    assertThat(detector.fit(Matrix.of(skewed)).score(Matrix.of(skewed)))
        .containsExactly(detector.fit(Matrix.of(rows)).score(Matrix.of(rows)), within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"RBF, 0.5", "RBF, 0.02", "LINEAR, 0.5", "POLYNOMIAL, 0.1"})
  void featuresComeCloseToTheExactForm(Shape shape, double nu) {
    Matrix rows = Matrix.of(rows("clusters"));
    var detector =
        new OneClassSvm().nu(nu).kernel(new SvmKernel().kernel(shape).coef0(1).degree(2));
    OneClassSvmModel exact = detector.form(Form.EXACT).fit(rows);
    OneClassSvmModel features =
        detector.form(Form.FEATURES).solver(new SvmSolver().tolerance(1e-4)).fit(rows);
    assertThat(exact.solved().form()).isEqualTo(Form.EXACT);
    assertThat(features.solved().form()).isEqualTo(Form.FEATURES);
    assertThat(features.solved().gap()).isLessThanOrEqualTo(1e-4);
    double[] scores = exact.score(rows);
    double[] close = features.score(rows);
    double spread =
        DoubleStream.of(scores).max().orElseThrow() - DoubleStream.of(scores).min().orElseThrow();
    double largest =
        IntStream.range(0, scores.length)
            .mapToDouble(i -> Math.abs(close[i] - scores[i]))
            .max()
            .orElseThrow();
    assertThat(largest).isLessThan(0.1 * spread);
  }

  @Test
  void theFormIsChosenBySizeAndMemoryIsBounded() {
    var random = new SplittableRandom(3);
    Matrix rows = Matrix.of(rows(10_001, 2, (i, j) -> random.nextGaussian()));
    var detector = new OneClassSvm().nu(0.1);
    assertThat(detector.fit(rows).solved().form()).isEqualTo(Form.FEATURES);
    assertThat(detector.fit(rows).solved().rows()).isEqualTo(10_001);
    var small = detector.solver(new SvmSolver().cache(1).landmarks(100)).fit(rows);
    assertThat(small.solved().rows()).isEqualTo(2500); // 1 MB for 100 floats each
    int[] first = IntStream.range(0, 10_000).toArray();
    assertThat(detector.fit(rows.select(first)).solved().form()).isEqualTo(Form.EXACT);
  }

  @Test
  void aSolutionThatNeedsMoreIterationsIsRefused() {
    var detector = new OneClassSvm().solver(new SvmSolver().tolerance(1e-9).iterations(10));
    assertThatThrownBy(() -> detector.fit(Matrix.of(rows("clusters"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no solution after 10 iterations: the gap is ")
        .hasMessageContaining("use form=features");
  }

  @ParameterizedTest
  @CsvSource({
    "RBF, EXACT", "LINEAR, EXACT", "POLYNOMIAL, EXACT",
    "RBF, FEATURES", "LINEAR, FEATURES", "POLYNOMIAL, FEATURES"
  })
  void hostileRowsEnd(Shape shape, Form form) {
    var random = new SplittableRandom(9);
    double[][] huge = rows(300, 3, (i, j) -> random.nextGaussian() * (i == 7 ? 1e140 : 1));
    double[][] far = rows(300, 3, (i, j) -> 1e12 + random.nextGaussian());
    double[][] tiny = rows(300, 3, (i, j) -> 1e-150 * random.nextGaussian());
    double[][] equal = rows(300, 3, (i, j) -> 4);
    double[][] two = {{1, 2, 3}, {4, 5, 6}};
    for (double[][] rows : new double[][][] {huge, far, tiny, equal, two}) {
      for (double nu : new double[] {1e-5, 0.3, 1}) {
        var detector =
            new OneClassSvm()
                .nu(nu)
                .form(form)
                .kernel(new SvmKernel().kernel(shape))
                .solver(new SvmSolver().landmarks(40));
        OneClassSvmModel model = detector.fit(Matrix.of(rows));
        assertThat(DoubleStream.of(model.score(Matrix.of(rows)))).allMatch(Double::isFinite);
        double[] out = {1e300, -1e300, 0};
        assertThat(model.score(out)).isFinite();
        assertThat(DoubleStream.of(model.attribute(out).contributions()))
            .allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void valuesWhoseSquaresOverflowAreRefused() {
    double[][] rows = {{1, 1e200}, {2, -1e200}, {3, 0}};
    assertThatThrownBy(() -> new OneClassSvm().fit(Matrix.of(rows)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'c1' has values too large to square");
  }

  @Test
  void optionsAreWrittenFlat() {
    String text =
        "one-class-svm nu=0.1 form=features kernel=polynomial gamma=0.5 degree=2 coef0=1"
            + " standardise=true tolerance=0.01 iterations=5 cache=7 landmarks=9 seed=3";
    var detector = Detectors.standard().parse(text);
    assertThat(Detectors.standard().text(detector)).isEqualTo(text);
    assertThatThrownBy(() -> Detectors.standard().parse("one-class-svm nu=0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nu must be from");
  }

  /** All orders in which four columns can be put in, one after the other. */
  @Test
  void sharesAreShapleyValues() {
    double[][] rows = rows("clusters");
    Matrix matrix = Matrix.of(rows).select(IntStream.range(0, 300).toArray());
    double[][] narrow = rows(300, 4, (i, j) -> matrix.get(i, j));
    OneClassSvmModel model = new OneClassSvm().nu(0.2).fit(Matrix.of(narrow));
    float[] from = {0, 0.5f, -0.5f, 1};
    float[] to = {2, 0.25f, 1.5f, -3};
    double[] expected = new double[4];
    int orders = 0;
    for (int code = 0; code < 256; code++) {
      int[] order = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
      if (Arrays.stream(order).distinct().count() == 4) {
        orders++;
        float[] mixed = from.clone();
        for (int j : order) {
          double before = model.expansion().value(mixed);
          mixed[j] = to[j];
          expected[j] += before - model.expansion().value(mixed);
        }
      }
    }
    double[] shares = new KernelShares(model.expansion()).of(from, to);
    for (int j = 0; j < 4; j++) {
      assertThat(shares[j]).isCloseTo(expected[j] / orders, within(1e-6));
    }
  }

  @Test
  void sharesOfALinearFunctionAreItsTerms() {
    var detector = new OneClassSvm().kernel(new SvmKernel().kernel(Shape.LINEAR));
    OneClassSvmModel model = detector.fit(Matrix.of(rows("tails")));
    double[] row = {3, 30, 3, 3, 3};
    var attribution = model.attribute(row);
    double[] moved = row.clone();
    moved[1] = attribution.normal()[1];
    assertThat(attribution.contributions()[1])
        .isCloseTo(model.score(row) - model.score(moved), within(1e-5));
  }
}
