package dev.vedette.onnx;

import dev.vedette.row.IsolationForest;
import dev.vedette.row.IsolationForestModel;
import dev.vedette.row.IsolationForestModel.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Writes a forest the way skl2onnx 1.20 writes one of scikit-learn. */
final class SklearnForest {
  private static final int FLOATS = 6;

  private final Graph graph = new Graph();
  private final IsolationForestModel model;
  private final Trees trees;

  private SklearnForest(IsolationForestModel model) {
    this.model = model;
    this.trees = model.trees();
  }

  static byte[] of(IsolationForestModel model) {
    return new SklearnForest(model).file();
  }

  private byte[] file() {
    graph.reserve("scores");
    String given = graph.input("X", ElementType.FLOAT, Graph.ROWS, model.columns());
    String columns = graph.integers(LongStream.range(0, model.columns()).toArray());
    List<String> depths = new ArrayList<>();
    for (int tree = 0; tree < trees.count(); tree++) {
      String rows = graph.op("Gather", List.of(Attribute.of("axis", 1)), given, columns);
      depths.add(depth(tree, rows));
    }
    double divisor = trees.count() * IsolationForest.averagePath(model.sample());
    String sum = graph.op("Sum", depths.toArray(String[]::new));
    String mean = graph.op("Div", sum, graph.constant(Tensor.of(floats(divisor), 1, 1)));
    String power = graph.op("Pow", number(2), graph.op("Neg", mean));
    String score = graph.op("Add", graph.op("Neg", power), number(0.5));
    graph.output("scores", ElementType.FLOAT, score, Graph.ROWS, 1);
    return Onnx.file(graph, "");
  }

  /** The depth of the leaf, and the mean depth of a tree of its rows. */
  private String depth(int tree, String rows) {
    var leaves = new Leaves();
    leaves.add(tree, 0, 0);
    String given = graph.ml("TreeEnsembleRegressor", leaves.attributes(), rows);
    String number = graph.cast(given, ElementType.INT64);
    String size = column(encoded(number, leaves, leaves.sizes));
    String length = column(encoded(number, leaves, leaves.lengths));
    String plus = graph.cast(graph.op("Greater", size, number(2)), ElementType.FLOAT);
    String two = graph.cast(graph.op("Equal", size, number(2)), ElementType.FLOAT);
    String less = graph.op("Max", graph.op("Add", size, number(-1)), number(1));
    String harmonic = graph.op("Add", graph.op("Log", less), number(0.5772156649015329));
    String share = graph.op("Div", less, graph.op("Max", size, number(1)));
    String many =
        graph.op("Add", graph.op("Mul", harmonic, number(2)), graph.op("Mul", share, number(-2)));
    String average = graph.op("Add", two, graph.op("Mul", many, plus));
    return graph.op("Add", graph.op("Add", length, average), number(-1));
  }

  private String encoded(String number, Leaves leaves, List<Double> values) {
    List<Attribute> table =
        List.of(
            Attribute.of("keys_int64s", numbers(leaves.leafIds)), floats("values_floats", values));
    return graph.ml("LabelEncoder", table, number);
  }

  private String column(String values) {
    return graph.op("Reshape", values, graph.integers(-1, 1));
  }

  private String number(double value) {
    return graph.constant(Tensor.of(floats(value), 1));
  }

  private static float[] floats(double value) {
    return new float[] {(float) value};
  }

  private static long[] numbers(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Not packed, as skl2onnx writes them. */
  private static Attribute floats(String name, List<Double> values) {
    ProtoWriter message = new ProtoWriter().text(1, name).number(20, FLOATS);
    values.forEach(value -> message.real(7, value.floatValue()));
    return new Attribute(message);
  }

  /** The nodes of one tree, parents first. */
  private final class Leaves {
    private final List<String> modes = new ArrayList<>();
    private final List<Integer> features = new ArrayList<>();
    private final List<Double> thresholds = new ArrayList<>();
    private final List<Integer> whereTrue = new ArrayList<>();
    private final List<Integer> whereFalse = new ArrayList<>();
    private final List<Integer> leafIds = new ArrayList<>();
    private final List<Double> lengths = new ArrayList<>();
    private final List<Double> sizes = new ArrayList<>();

    void add(int tree, int place, int level) {
      int inner = (1 << trees.depth()) - 1;
      int at = tree * inner + place;
      boolean splits = place < inner && Double.isFinite(trees.threshold()[at]);
      int node = modes.size();
      modes.add(splits ? "BRANCH_LEQ" : "LEAF");
      features.add(splits ? trees.feature()[at] : 0);
      thresholds.add(splits ? trees.threshold()[at] : 0.0);
      whereTrue.add(splits ? node + 1 : 0);
      whereFalse.add(0);
      if (splits) {
        add(tree, 2 * place + 1, level + 1);
        whereFalse.set(node, modes.size());
        add(tree, 2 * place + 2, level + 1);
      } else {
        int bottom = place;
        while (bottom < inner) {
          bottom = 2 * bottom + 1;
        }
        leafIds.add(node);
        lengths.add(level + 1.0);
        sizes.add((double) trees.rows()[(tree << trees.depth()) + bottom - inner]);
      }
    }

    List<Attribute> attributes() {
      int nodes = modes.size();
      return List.of(
          Attribute.of("n_targets", 1),
          Attribute.of("nodes_falsenodeids", numbers(whereFalse)),
          Attribute.of("nodes_featureids", numbers(features)),
          Attribute.of("nodes_modes", modes),
          Attribute.of("nodes_nodeids", LongStream.range(0, nodes).toArray()),
          Attribute.of("nodes_treeids", new long[nodes]),
          Attribute.of("nodes_truenodeids", numbers(whereTrue)),
          floats("nodes_values", thresholds),
          Attribute.of("post_transform", "NONE"),
          Attribute.of("target_ids", new long[leafIds.size()]),
          Attribute.of("target_nodeids", numbers(leafIds)),
          Attribute.of("target_treeids", new long[leafIds.size()]),
          floats("target_weights", leafIds.stream().map(Integer::doubleValue).toList()));
    }
  }
}
