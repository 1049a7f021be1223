package dev.vedette.onnx;

import dev.vedette.row.OneClassSvmModel;
import dev.vedette.row.SvmKernel;
import dev.vedette.row.SvmScale;

/**
 * Support vector machines; kernels in double precision, so the last digits are better than here.
 */
final class KernelGraph {
  private KernelGraph() {}

  static String scores(Graph graph, OneClassSvmModel model, String rows) {
    SvmKernel kernel = model.expansion().kernel();
    String scaled =
        graph.clip(
            graph.standard(rows, model.scale().center(), model.scale().unit()), SvmScale.FARTHEST);
    String row = graph.cast(graph.cast(scaled, ElementType.FLOAT), ElementType.DOUBLE);
    float[][] vectors = model.expansion().vectors();
    int columns = vectors.length;
    int count = vectors[0].length;
    double[] values = new double[Math.multiplyExact(columns, count)];
    double[] squares = new double[count];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < count; i++) {
        values[j * count + i] = vectors[j][i];
        squares[i] += (double) vectors[j][i] * vectors[j][i];
      }
    }
    String products = graph.op("MatMul", row, graph.constant(Tensor.of(values, columns, count)));
    String similar =
        kernel.kernel() == SvmKernel.Shape.RBF
            ? rbf(graph, kernel, row, products, squares)
            : polynomial(graph, kernel, products);
    String weights = graph.row(model.expansion().weights());
    String sum = graph.sum(graph.op("Mul", similar, weights));
    return graph.op("Sub", graph.constant(model.rho()), sum);
  }

  /** exp(−γ‖x−v‖²), the distance by ‖x‖² + ‖v‖² − 2 x·v. */
  private static String rbf(
      Graph graph, SvmKernel kernel, String row, String products, double[] squares) {
    String own = graph.op("Unsqueeze", graph.sumOfSquares(row), graph.integers(1));
    String both = graph.op("Add", own, graph.row(squares));
    String twice = graph.op("Mul", products, graph.constant(2));
    String distance = graph.op("Max", graph.op("Sub", both, twice), graph.constant(0));
    return graph.op("Exp", graph.op("Mul", distance, graph.constant(-kernel.gamma())));
  }

  private static String polynomial(Graph graph, SvmKernel kernel, String products) {
    String scaled = graph.op("Mul", products, graph.constant(kernel.gamma()));
    if (kernel.kernel() == SvmKernel.Shape.LINEAR) {
      return scaled;
    }
    String moved = graph.op("Add", scaled, graph.constant(kernel.coef0()));
    return graph.op("Pow", moved, graph.constant(kernel.degree()));
  }
}
