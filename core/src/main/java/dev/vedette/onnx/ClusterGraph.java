package dev.vedette.onnx;

import dev.vedette.row.Component;
import dev.vedette.row.Gmm;
import dev.vedette.row.KMeans;
import dev.vedette.row.Standard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Models of several centres: clusters and mixtures of normal distributions. */
final class ClusterGraph {
  private static final List<Attribute> ALONG_COLUMNS =
      List.of(Attribute.of("axes", new long[] {1}), Attribute.of("keepdims", 0));

  private ClusterGraph() {}

  static String kMeans(Graph graph, KMeans.Fitted fitted, String rows) {
    int columns = fitted.columns();
    int count = fitted.centers().length;
    double[] centers = new double[count * columns];
    for (int c = 0; c < count; c++) {
      System.arraycopy(fitted.centers()[c], 0, centers, c * columns, columns);
    }
    String z = graph.clip(graph.op("Sub", rows, graph.row(fitted.origin())), Standard.FARTHEST);
    String apart =
        graph.op(
            "Sub",
            graph.op("Unsqueeze", z, graph.integers(1)),
            graph.constant(Tensor.of(centers, 1, count, columns)));
    String squares =
        graph.op(
            "ReduceSum",
            List.of(Attribute.of("keepdims", 0)),
            graph.op("Mul", apart, apart),
            graph.integers(2));
    boolean all = fitted.detector().measure() == KMeans.Measure.NEAREST;
    String measured = all ? squares : graph.columns(squares, 0, fitted.large());
    String distance = graph.op("Sqrt", graph.op("ReduceMin", ALONG_COLUMNS, measured));
    if (fitted.detector().measure() != KMeans.Measure.WEIGHTED) {
      return distance;
    }
    double[] sizes = Arrays.stream(fitted.sizes()).asDoubleStream().toArray();
    List<Attribute> nearest = List.of(Attribute.of("axis", 1), Attribute.of("keepdims", 0));
    String size =
        graph.op(
            "Gather",
            graph.constant(Tensor.of(sizes, sizes.length)),
            graph.op("ArgMin", nearest, squares));
    return graph.op("Mul", distance, size);
  }

  static String mixture(Graph graph, Gmm.Fitted fitted, String rows) {
    String z = graph.clip(graph.standard(rows, fitted.center(), fitted.unit()), Standard.FARTHEST);
    List<String> logs = new ArrayList<>();
    for (Component component : fitted.components()) {
      String whitened = whitened(graph, component, z);
      String half = graph.op("Mul", graph.sumOfSquares(whitened), graph.constant(0.5));
      String log = graph.op("Sub", graph.constant(component.height()), half);
      logs.add(graph.op("Unsqueeze", log, graph.integers(1)));
    }
    String terms =
        graph.op("Concat", List.of(Attribute.of("axis", 1)), logs.toArray(String[]::new));
    String largest = graph.op("ReduceMax", ALONG_COLUMNS, terms);
    String below = graph.op("Sub", terms, graph.op("Unsqueeze", largest, graph.integers(1)));
    String sum = graph.op("Log", graph.sum(graph.op("Exp", below)));
    return graph.op("Neg", graph.op("Add", largest, sum));
  }

  private static String whitened(Graph graph, Component component, String z) {
    String deviation = graph.op("Sub", z, graph.row(component.mean()));
    int columns = component.mean().length;
    double[] transposed = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      double[] row = component.whitening()[i];
      for (int t = 0; t < row.length; t++) {
        transposed[(i + 1 - row.length + t) * columns + i] = row[t];
      }
    }
    return graph.op("MatMul", deviation, graph.constant(Tensor.of(transposed, columns, columns)));
  }
}
