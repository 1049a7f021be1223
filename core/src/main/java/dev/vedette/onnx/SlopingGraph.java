package dev.vedette.onnx;

import dev.vedette.row.ExtendedIsolationForest;
import dev.vedette.row.SlopingTrees;
import dev.vedette.row.Standard;
import java.util.List;

/**
 * Extended isolation forests, one tree after the other: all cuts of a tree at once, then the path
 * length from the leaves up to the root. The weighted columns of a cut are added up in the order in
 * which Vedette adds them, so every row turns as it should.
 */
final class SlopingGraph {
  private SlopingGraph() {}

  static String scores(Graph graph, ExtendedIsolationForest.Fitted fitted, String rows) {
    String away = graph.op("Sub", rows, graph.row(fitted.center()));
    String offsets = graph.clip(away, Standard.FARTHEST);
    SlopingTrees forest = fitted.forest();
    String sums = sums(graph, forest, offsets);
    return ForestGraph.score(graph, sums, forest.trees().count(), fitted.detector().sample());
  }

  /** The path lengths in all trees, summed. */
  private static String sums(Graph graph, SlopingTrees forest, String offsets) {
    int count = forest.trees().count();
    int inner = (1 << forest.trees().depth()) - 1;
    int width = forest.width();
    Graph body = graph.inner();
    String sum = body.input(ElementType.DOUBLE, Graph.SOME_ROWS);
    String columns = body.input(ElementType.INT64, width, inner);
    String weights = body.input(ElementType.DOUBLE, width, inner);
    String threshold = body.input(ElementType.DOUBLE, inner);
    String path = body.input(ElementType.DOUBLE, inner + 1);
    String cuts = part(body, offsets, columns, weights, 0);
    for (int i = 1; i < width; i++) {
      cuts = body.op("Add", cuts, part(body, offsets, columns, weights, i));
    }
    String ways = ForestGraph.sides(body, body.op("Greater", cuts, threshold));
    String length = ForestGraph.mean(body, forest.trees().depth(), ways, path);
    body.output(ElementType.DOUBLE, body.op("Add", sum, length), Graph.SOME_ROWS);
    return graph.op(
        "Scan",
        List.of(Attribute.of("body", body), Attribute.of("num_scan_inputs", 4)),
        graph.op("Mul", graph.sum(offsets), graph.constant(0)),
        graph.constant(columns(forest, count, inner)),
        graph.constant(weights(forest, count, inner)),
        graph.constant(Tensor.of(forest.trees().threshold(), count, inner)),
        graph.constant(Tensor.of(forest.trees().path(), count, inner + 1)));
  }

  /** Rows × inner nodes: what column number {@code i} of every cut adds to it. */
  private static String part(Graph body, String offsets, String columns, String weights, int i) {
    List<Attribute> cutByCut = List.of(Attribute.of("axis", 1));
    String values = body.op("Gather", cutByCut, offsets, number(body, columns, i));
    return body.op("Mul", values, number(body, weights, i));
  }

  private static String number(Graph body, String list, int i) {
    return body.op("Squeeze", body.op("Gather", list, body.integers(i)), body.integers(0));
  }

  /** Trees × width × inner nodes. */
  private static Tensor columns(SlopingTrees forest, int count, int inner) {
    long[] columns = new long[count * forest.width() * inner];
    int at = 0;
    for (int tree = 0; tree < count; tree++) {
      for (int i = 0; i < forest.width(); i++) {
        for (int node = 0; node < inner; node++) {
          columns[at++] = forest.column(tree * inner + node, i);
        }
      }
    }
    return Tensor.of(columns, count, forest.width(), inner);
  }

  private static Tensor weights(SlopingTrees forest, int count, int inner) {
    double[] weights = new double[count * forest.width() * inner];
    int at = 0;
    for (int tree = 0; tree < count; tree++) {
      for (int i = 0; i < forest.width(); i++) {
        for (int node = 0; node < inner; node++) {
          weights[at++] = forest.weight(tree * inner + node, i);
        }
      }
    }
    return Tensor.of(weights, count, forest.width(), inner);
  }
}
