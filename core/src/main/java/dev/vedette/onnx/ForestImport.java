package dev.vedette.onnx;

import dev.vedette.row.IsolationForest;
import dev.vedette.row.IsolationForestModel;
import dev.vedette.row.IsolationForestModel.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An isolation forest of scikit-learn as skl2onnx writes it: a tree operator for each tree, which
 * gives out the number of the leaf; from it one LabelEncoder makes the training rows of the leaf
 * and another its depth; at the end 2^(−sum / divisor).
 *
 * <p>Every method throws {@link IllegalArgumentException} where the graph is not of that kind.
 */
final class ForestImport {
  /** Bounds the memory of the trees, about 24 bytes a place. */
  private static final long MOST_PLACES = 1L << 24;

  private static final int MOST_COLUMNS = 100_000;
  private static final int MOST_SAMPLE = 65_536;

  private final GivenGraph graph;
  private final List<GivenTree> trees = new ArrayList<>();

  /** For each tree, by what it gives out at a leaf: the training rows that ended there. */
  private final List<Map<Long, Double>> rows = new ArrayList<>();

  private int columns;

  private ForestImport(GivenGraph graph) {
    this.graph = graph;
  }

  static IsolationForestModel read(byte[] file) {
    return new ForestImport(GivenGraph.read(file)).forest();
  }

  private IsolationForestModel forest() {
    List<GivenNode> nodes = graph.all("TreeEnsembleRegressor");
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "it holds no trees; give a scikit-learn IsolationForest converted by skl2onnx");
    }
    if (nodes.size() > 10_000) {
      throw new IllegalArgumentException(
          "it has %,d trees, more than 10,000".formatted(nodes.size()));
    }
    int sample = sample(nodes.size());
    int depth = 1;
    for (GivenNode node : nodes) {
      var tree = new GivenTree(node, features(node.input(0)));
      trees.add(tree);
      rows.add(rows(node, tree.depths()));
      depth = Math.max(depth, tree.depth());
      if ((long) nodes.size() << depth > MOST_PLACES) {
        throw new IllegalArgumentException("its trees are too many and too deep");
      }
    }
    Trees placed = place(depth);
    var detector = new IsolationForest(nodes.size(), sample, 0);
    return new IsolationForestModel(detector, sample, columns, placed, typical(placed));
  }

  /**
   * The columns of the input that a tree's own columns are; all, in order, where they are not
   * picked.
   */
  private int[] features(String value) {
    String name = value;
    int[] picked = {};
    for (int steps = 0; !graph.isInput(name); steps++) {
      Optional<GivenNode> maker = graph.maker(name);
      String type = maker.map(GivenNode::type).orElse("nothing");
      if (steps > 8 || !List.of("Gather", "Cast", "Identity").contains(type)) {
        throw new IllegalArgumentException(
            "its trees look at what %s makes, not at the columns; convert the forest alone"
                .formatted(type));
      }
      if (type.equals("Gather")) {
        picked = picked(maker.orElseThrow(), picked);
      }
      name = maker.orElseThrow().input(0);
    }
    columns = Math.max(columns, Math.min(graph.columns(name), MOST_COLUMNS));
    return picked;
  }

  private int[] picked(GivenNode gather, int[] after) {
    double[] indices =
        graph
            .constant(gather.input(1))
            .orElseThrow(() -> new IllegalArgumentException("columns are picked by no constant"));
    int[] all = Arrays.stream(indices).mapToInt(index -> (int) index).toArray();
    for (int index : all) {
      column(index);
    }
    return after.length == 0 ? all : Arrays.stream(after).map(column -> at(all, column)).toArray();
  }

  private static int at(int[] values, int index) {
    if (index >= values.length) {
      throw new IllegalArgumentException("a column is picked that is not there");
    }
    return values[index];
  }

  private static int column(int index) {
    if (index < 0 || index >= MOST_COLUMNS) {
      throw new IllegalArgumentException("a column has the number " + index);
    }
    return index;
  }

  /**
   * The training rows of each leaf. Of the encoders behind a tree it is the one that does not hold
   * depths; where both hold the same it does not matter.
   */
  private Map<Long, Double> rows(GivenNode tree, Map<Long, Double> depths) {
    List<GivenNode> encoders = new ArrayList<>();
    for (GivenNode user : graph.users(tree.output())) {
      graph.users(user.output()).stream()
          .filter(next -> next.type().equals("LabelEncoder"))
          .forEach(encoders::add);
    }
    Map<Long, Double> found = Map.of();
    for (GivenNode encoder : encoders) {
      Map<Long, Double> values = values(encoder);
      if (found.isEmpty() || !values.equals(depths)) {
        found = values;
      }
    }
    if (!found.keySet().equals(depths.keySet())) {
      throw new IllegalArgumentException(
          "the training rows of its leaves are not there; convert with skl2onnx");
    }
    return found;
  }

  private static Map<Long, Double> values(GivenNode encoder) {
    long[] keys = encoder.numbers("keys_int64s");
    double[] values = encoder.reals("values_floats");
    if (values.length == 0) {
      values = Arrays.stream(encoder.numbers("values_int64s")).asDoubleStream().toArray();
    }
    if (keys.length != values.length) {
      throw new IllegalArgumentException("a leaf has no value");
    }
    var map = new HashMap<Long, Double>();
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], values[i]);
    }
    return map;
  }

  /** ψ: that which makes the divisor in 2^(−sum / divisor) trees · c(ψ). */
  private int sample(int count) {
    double divisor =
        graph.all("Pow").stream()
            .filter(pow -> isTwo(pow.input(0)))
            .map(pow -> made(made(pow.input(1), "Neg"), "Div"))
            .map(div -> div.flatMap(node -> graph.constant(node.input(1))))
            .flatMap(Optional::stream)
            .filter(constant -> constant.length == 1)
            .mapToDouble(constant -> constant[0])
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("it does not end in 2^(-sum / number)"));
    double path = divisor / count;
    int low = 2;
    int high = MOST_SAMPLE;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (IsolationForest.averagePath(middle) < path * (1 - 2e-7)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (!(Math.abs(IsolationForest.averagePath(low) / path - 1) < 1e-6)) {
      throw new IllegalArgumentException(
          "it divides by %s, which is not what %d trees of 2 to %,d rows divide by"
              .formatted(divisor, count, MOST_SAMPLE));
    }
    return low;
  }

  private boolean isTwo(String value) {
    return graph.constant(value).filter(c -> c.length == 1 && c[0] == 2).isPresent();
  }

  private Optional<GivenNode> made(String value, String type) {
    return graph.maker(value).filter(node -> node.type().equals(type));
  }

  private Optional<GivenNode> made(Optional<GivenNode> after, String type) {
    return after.flatMap(node -> made(node.input(0), type));
  }

  private Trees place(int depth) {
    var placed = new Trees(trees.size(), depth);
    for (int t = 0; t < trees.size(); t++) {
      int tree = t;
      Map<Long, Double> sizes = rows.get(t);
      trees
          .get(t)
          .walk(
              (place, column, limit) -> {
                placed.split(tree, place, column(column), limit);
                columns = Math.max(columns, column + 1);
              },
              (place, level, given) -> placed.leaf(tree, place, level, size(sizes.get(given))));
    }
    columns = Math.max(columns, 1);
    return placed;
  }

  private static int size(@Nullable Double rows) {
    if (rows == null || !(rows >= 0 && rows <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("a leaf has no number of training rows");
    }
    return rows.intValue();
  }

  /** The file has no rows: the middle of the splits of a column stands for its median. */
  private double[] typical(Trees placed) {
    Map<Integer, List<Double>> splits = new HashMap<>();
    for (int i = 0; i < placed.feature().length; i++) {
      if (Double.isFinite(placed.threshold()[i])) {
        splits
            .computeIfAbsent(placed.feature()[i], c -> new ArrayList<>())
            .add(placed.threshold()[i]);
      }
    }
    double[] typical = new double[columns];
    splits.forEach(
        (column, values) -> {
          values.sort(null);
          typical[column] = values.get(values.size() / 2);
        });
    return typical;
  }
}
