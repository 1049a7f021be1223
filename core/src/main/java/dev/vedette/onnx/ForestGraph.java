package dev.vedette.onnx;

import dev.vedette.row.IsolationForest;
import dev.vedette.row.IsolationForestModel;
import dev.vedette.row.IsolationForestModel.Trees;
import java.util.List;

/**
 * Isolation forests: the sum of the path lengths by the tree operator, and beside it the expected
 * lengths for the rows with missing values, tree by tree.
 */
final class ForestGraph {
  private final Graph graph;
  private final IsolationForestModel model;
  private final Trees trees;

  private ForestGraph(Graph graph, IsolationForestModel model) {
    this.graph = graph;
    this.model = model;
    this.trees = model.trees();
  }

  static String scores(Graph graph, IsolationForestModel model, String rows, boolean missing) {
    var forest = new ForestGraph(graph, model);
    String sums = forest.sums(rows);
    return forest.score(missing ? forest.withHoled(rows, sums) : sums);
  }

  /**
   * The path lengths in all trees, summed; thresholds are double, so every row turns as it should.
   */
  private String sums(String rows) {
    var ensemble = new TreeEnsemble(trees.count());
    for (int tree = 0; tree < trees.count(); tree++) {
      ensemble.add(trees, tree);
    }
    String sums = graph.ml("TreeEnsembleRegressor", ensemble.attributes(), rows);
    return graph.sum(graph.cast(sums, ElementType.DOUBLE));
  }

  private String score(String sums) {
    return score(graph, sums, trees.count(), model.sample());
  }

  /** 2^(−mean / c(ψ)) for the {@code sums} of the path lengths in {@code count} trees. */
  static String score(Graph graph, String sums, int count, int sample) {
    double whole = -count * IsolationForest.averagePath(sample);
    return graph.op("Pow", graph.constant(2), graph.op("Div", sums, graph.constant(whole)));
  }

  /** {@code sums} with those of the rows that have missing values replaced by expected lengths. */
  private String withHoled(String rows, String sums) {
    String holes = graph.cast(graph.op("IsNaN", rows), ElementType.FLOAT);
    List<Attribute> alongColumns =
        List.of(Attribute.of("axes", new long[] {1}), Attribute.of("keepdims", 0));
    String holed =
        graph.op(
            "Squeeze",
            graph.op("NonZero", graph.op("ReduceMax", alongColumns, holes)),
            graph.integers(0));
    String picked = graph.op("Gather", List.of(Attribute.of("axis", 0)), rows, holed);
    String expected = expected(picked, graph.op("Gather", sums, holed));
    return graph.op("ScatterElements", sums, holed, expected);
  }

  /** The expected path lengths of {@code rows} in all trees, summed. */
  private String expected(String rows, String likeSums) {
    Graph body = graph.inner();
    int inner = (1 << trees.depth()) - 1;
    String sum = body.input(ElementType.DOUBLE, Graph.SOME_ROWS);
    String feature = body.input(ElementType.INT64, inner);
    String threshold = body.input(ElementType.DOUBLE, inner);
    String shares = body.input(ElementType.DOUBLE, inner, 2);
    String path = body.input(ElementType.DOUBLE, inner + 1);
    String ways = ways(body, rows, List.of(feature, threshold, shares));
    String mean = mean(body, trees.depth(), ways, path);
    body.output(ElementType.DOUBLE, body.op("Add", sum, mean), Graph.SOME_ROWS);
    return graph.op(
        "Scan",
        List.of(Attribute.of("body", body), Attribute.of("num_scan_inputs", 4)),
        graph.op("Mul", likeSums, graph.constant(0)),
        graph.constant(features()),
        graph.constant(Tensor.of(trees.threshold(), trees.count(), inner)),
        graph.constant(shares()),
        graph.constant(Tensor.of(trees.path(), trees.count(), inner + 1)));
  }

  /** Rows × inner nodes × 2: the shares of a row that go left and right at a node. */
  private static String ways(Graph body, String rows, List<String> tree) {
    String last = body.integers(2);
    String values = body.op("Gather", List.of(Attribute.of("axis", 1)), rows, tree.get(0));
    String right = body.op("Greater", values, tree.get(1));
    String missing = body.op("Unsqueeze", body.op("IsNaN", values), last);
    return body.op("Where", missing, tree.get(2), sides(body, right));
  }

  /** Rows × inner nodes × 2: 1 for the side on which a row goes on, 0 for the other. */
  static String sides(Graph body, String right) {
    String last = body.integers(2);
    return body.op(
        "Concat",
        List.of(Attribute.of("axis", 2)),
        body.op("Unsqueeze", body.cast(body.op("Not", right), ElementType.DOUBLE), last),
        body.op("Unsqueeze", body.cast(right, ElementType.DOUBLE), last));
  }

  /** From the leaves up to the root: the mean path length below each node. */
  static String mean(Graph body, int depth, String ways, String path) {
    String below = body.op("Unsqueeze", path, body.integers(0));
    for (int level = depth - 1; level >= 0; level--) {
      long nodes = 1L << level;
      String pairs = body.op("Reshape", below, body.integers(0, nodes, 2));
      String part = body.columns(ways, nodes - 1, 2 * nodes - 1);
      below =
          body.op(
              "ReduceSum",
              List.of(Attribute.of("keepdims", 0)),
              body.op("Mul", part, pairs),
              body.integers(2));
    }
    return body.op("Squeeze", below, body.integers(1));
  }

  private Tensor features() {
    long[] features = new long[trees.feature().length];
    for (int i = 0; i < features.length; i++) {
      features[i] = trees.feature()[i];
    }
    return Tensor.of(features, trees.count(), features.length / trees.count());
  }

  /** Trees × inner nodes × 2: the shares of the training rows that went left and right. */
  private Tensor shares() {
    int inner = (1 << trees.depth()) - 1;
    double[] shares = new double[2 * trees.threshold().length];
    double[] rows = new double[2 * inner + 1];
    for (int tree = 0; tree < trees.count(); tree++) {
      for (int i = 0; i <= inner; i++) {
        rows[inner + i] = trees.rows()[(tree << trees.depth()) + i];
      }
      for (int node = inner - 1; node >= 0; node--) {
        int at = tree * inner + node;
        double left = rows[2 * node + 1];
        double right = rows[2 * node + 2];
        rows[node] = left + right;
        boolean leaf = trees.threshold()[at] == Double.POSITIVE_INFINITY;
        double total = Math.max(rows[node], 1);
        shares[2 * at] = leaf ? 1 : left / total;
        shares[2 * at + 1] = leaf ? 0 : right / total;
      }
    }
    return Tensor.of(shares, trees.count(), inner, 2);
  }
}
