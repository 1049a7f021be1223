package dev.vedette.onnx;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.neural.Autoencoder;
import dev.vedette.neural.BiGan;
import dev.vedette.neural.DeepSvdd;
import dev.vedette.neural.Vae;
import dev.vedette.row.Combine;
import dev.vedette.row.ExtendedIsolationForest;
import dev.vedette.row.Gmm;
import dev.vedette.row.IsolationForestModel;
import dev.vedette.row.KMeans;
import dev.vedette.row.Mahalanobis;
import dev.vedette.row.OneClassSvmModel;
import dev.vedette.row.Pca;
import dev.vedette.row.Standard;
import dev.vedette.row.ZScore;
import java.util.List;

/** From a matrix of rows to their scores: the place where families of models are told apart. */
final class RowGraph {
  static final List<String> NAMES =
      List.of(
          "autoencoder",
          "bigan",
          "deep-svdd",
          "extended-iforest",
          "gmm",
          "iforest",
          "kmeans",
          "mahalanobis",
          "one-class-svm",
          "pca",
          "vae",
          "zscore");

  private RowGraph() {}

  /**
   * The scores of {@code rows}.
   *
   * @param missing whether a row may hold NaN; otherwise what becomes of it does not matter
   */
  static String scores(Graph graph, RowModel model, String rows, boolean missing) {
    return switch (model) {
      case Autoencoder.Fitted fitted -> NetGraph.autoencoder(graph, fitted, rows);
      case BiGan.Fitted fitted -> NetGraph.biGan(graph, fitted, rows);
      case DeepSvdd.Fitted fitted -> NetGraph.deepSvdd(graph, fitted, rows);
      case ExtendedIsolationForest.Fitted fitted -> SlopingGraph.scores(graph, fitted, rows);
      case Gmm.Fitted fitted -> ClusterGraph.mixture(graph, fitted, rows);
      case IsolationForestModel forest -> ForestGraph.scores(graph, forest, rows, missing);
      case KMeans.Fitted fitted -> ClusterGraph.kMeans(graph, fitted, rows);
      case Mahalanobis.Fitted fitted -> mahalanobis(graph, fitted, rows);
      case OneClassSvmModel fitted -> KernelGraph.scores(graph, fitted, rows);
      case Pca.Fitted fitted -> pca(graph, fitted, rows);
      case Vae.Fitted fitted -> NetGraph.vae(graph, fitted, rows);
      case ZScore.Fitted fitted -> zScore(graph, fitted, rows);
      default ->
          throw new DataException(
              "a model of %s cannot be exported as ONNX; those of %s can"
                  .formatted(name(model.detector()), String.join(", ", NAMES)));
    };
  }

  private static String name(RowDetector detector) {
    return Detectors.standard().entries().stream()
        .filter(entry -> entry.defaults().getClass() == detector.getClass())
        .map(Detectors.Entry::name)
        .findFirst()
        .orElse(detector.getClass().getSimpleName());
  }

  /**
   * The share of itself by which a score may differ between here and a runtime: that of the single
   * precision of networks, or that of a sum of doubles.
   */
  static double tolerance(RowModel model) {
    return switch (model) {
      case Autoencoder.Fitted net -> 1e-6;
      case BiGan.Fitted nets -> 1e-6;
      case DeepSvdd.Fitted net -> 1e-6;
      case OneClassSvmModel kernels -> 1e-6;
      case Vae.Fitted net -> 1e-6;
      default -> 1e-9;
    };
  }

  /**
   * One number per row: 0, or NaN where a value is infinite, or NaN and may not be. Added to the
   * scores it stands for the refusal of a row.
   */
  static String zeroWhereUsable(Graph graph, String rows, boolean missing) {
    String zero = graph.constant(0);
    String present = missing ? graph.op("Where", graph.op("IsNaN", rows), zero, rows) : rows;
    return graph.sum(graph.op("Mul", present, zero));
  }

  private static String standard(Graph graph, String rows, double[] center, double[] unit) {
    return graph.clip(graph.standard(rows, center, unit), Standard.FARTHEST);
  }

  private static String mahalanobis(Graph graph, Mahalanobis.Fitted fitted, String rows) {
    String z = standard(graph, rows, fitted.center(), fitted.unit());
    String pulls = graph.op("MatMul", z, graph.constant(square(fitted.precision())));
    String distance = graph.sum(graph.op("Mul", z, pulls));
    return graph.op("Sqrt", graph.op("Max", distance, graph.constant(0)));
  }

  /** The matrix by which rows are multiplied: transposed, as scoring walks along its rows. */
  private static Tensor square(double[][] matrix) {
    int size = matrix.length;
    double[] values = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        values[j * size + i] = matrix[i][j];
      }
    }
    return Tensor.of(values, size, size);
  }

  private static String pca(Graph graph, Pca.Fitted fitted, String rows) {
    String z = standard(graph, rows, fitted.mean(), fitted.unit());
    int columns = fitted.columns();
    int count = fitted.directions().length;
    if (count == 0) {
      return graph.sumOfSquares(z);
    }
    double[] down = new double[columns * count];
    double[] up = new double[columns * count];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < columns; j++) {
        down[j * count + c] = fitted.directions()[c][j];
        up[c * columns + j] = fitted.removed(c) * fitted.directions()[c][j];
      }
    }
    String hidden = graph.op("MatMul", z, graph.constant(Tensor.of(down, columns, count)));
    String removed = graph.op("MatMul", hidden, graph.constant(Tensor.of(up, count, columns)));
    return graph.sumOfSquares(graph.op("Sub", z, removed));
  }

  private static String zScore(Graph graph, ZScore.Fitted fitted, String rows) {
    String z = standard(graph, rows, fitted.center(), fitted.unit());
    if (fitted.detector().combine() == Combine.MAX) {
      List<Attribute> alongColumns =
          List.of(Attribute.of("axes", new long[] {1}), Attribute.of("keepdims", 0));
      return graph.op("ReduceMax", alongColumns, graph.op("Abs", z));
    }
    String mean = graph.op("Div", graph.sumOfSquares(z), graph.constant(fitted.columns()));
    return graph.op("Sqrt", mean);
  }
}
