package dev.vedette.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One tree that was read. It compares in single precision; its thresholds are moved so that a value
 * in double precision turns the way it would after rounding.
 */
final class GivenTree {
  private static final int DEEPEST = 16;

  private final GivenNode node;
  private final int[] columns;
  private final Map<Long, Integer> places;
  private final Map<Long, Double> leaves;

  /**
   * A tree.
   *
   * @param columns those of the input that its own are; none: the same
   */
  GivenTree(GivenNode node, int[] columns) {
    this.node = node;
    this.columns = columns;
    this.places = places(node);
    this.leaves = leaves(node);
  }

  /** Told of each split: rows go left, to 2·place + 1, where column ≤ limit. */
  @FunctionalInterface
  interface Split {
    void at(int place, int column, double limit);
  }

  /** Told of each leaf, {@code level} splits below the root, and what it gives out. */
  @FunctionalInterface
  interface Leaf {
    void at(int place, int level, long given);
  }

  /** Tells what is in the tree. The places are those in a complete binary tree. */
  void walk(Split split, Leaf leaf) {
    walk(0, 0, 0, split, leaf);
  }

  private void walk(long id, int place, int level, Split split, Leaf leaf) {
    int at = index(places, id);
    String mode = node.texts("nodes_modes").get(at);
    if (mode.equals("LEAF")) {
      Double given = leaves.get(id);
      if (given == null) {
        throw new IllegalArgumentException("a leaf gives out nothing");
      }
      leaf.at(place, level, given.longValue());
      return;
    }
    if (level == DEEPEST) {
      throw new IllegalArgumentException("a tree is deeper than %d splits".formatted(DEEPEST));
    }
    boolean swapped = mode.equals("BRANCH_GT") || mode.equals("BRANCH_GTE");
    float value = (float) node.reals("nodes_values")[at];
    double limit =
        switch (mode) {
          case "BRANCH_LEQ", "BRANCH_GT" -> roundsTo(value);
          case "BRANCH_LT", "BRANCH_GTE" -> roundsTo(Math.nextDown(value));
          default -> throw new IllegalArgumentException("a tree branches by " + mode);
        };
    split.at(place, column(node.numbers("nodes_featureids")[at]), limit);
    long whereTrue = node.numbers("nodes_truenodeids")[at];
    long whereFalse = node.numbers("nodes_falsenodeids")[at];
    walk(swapped ? whereFalse : whereTrue, 2 * place + 1, level + 1, split, leaf);
    walk(swapped ? whereTrue : whereFalse, 2 * place + 2, level + 1, split, leaf);
  }

  private int column(long feature) {
    if (feature < 0 || feature > Integer.MAX_VALUE - 1) {
      throw new IllegalArgumentException("a tree splits on column " + feature);
    }
    int own = (int) feature;
    if (columns.length > 0 && own >= columns.length) {
      throw new IllegalArgumentException("a tree splits on column %d, it has not".formatted(own));
    }
    return columns.length > 0 ? columns[own] : own;
  }

  /** The splits on the longest way to a leaf. */
  int depth() {
    int[] deepest = {0};
    walk(
        (place, column, limit) -> {},
        (place, level, given) -> deepest[0] = Math.max(deepest[0], level));
    return deepest[0];
  }

  /** The largest double that becomes {@code value} or less in single precision. */
  static double roundsTo(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("a threshold is " + value);
    }
    double step = value == Float.MAX_VALUE ? Math.ulp(value) : (double) Math.nextUp(value) - value;
    double middle = value + step / 2; // exact; it rounds to the even one of its neighbours
    boolean even = (Float.floatToIntBits(value) & 1) == 0;
    return even ? middle : Math.nextDown(middle);
  }

  /** By what the tree gives out at a leaf: its depth as skl2onnx counts it, the root being 1. */
  Map<Long, Double> depths() {
    var depths = new HashMap<Long, Double>();
    walk((place, column, limit) -> {}, (place, level, given) -> depths.put(given, level + 1.0));
    return depths;
  }

  private static int index(Map<Long, Integer> places, long id) {
    Integer at = places.get(id);
    if (at == null) {
      throw new IllegalArgumentException("a tree has no node " + id);
    }
    return at;
  }

  /** Where in the lists each node is. */
  private static Map<Long, Integer> places(GivenNode node) {
    long[] ids = node.numbers("nodes_nodeids");
    List<String> modes = node.texts("nodes_modes");
    boolean whole =
        modes.size() == ids.length
            && node.reals("nodes_values").length == ids.length
            && List.of(
                    "nodes_treeids", "nodes_featureids", "nodes_truenodeids", "nodes_falsenodeids")
                .stream()
                .allMatch(name -> node.numbers(name).length == ids.length);
    if (!whole) {
      throw new IllegalArgumentException("the lists of a tree's nodes differ in length");
    }
    long first = ids.length == 0 ? 0 : node.numbers("nodes_treeids")[0];
    for (long tree : node.numbers("nodes_treeids")) {
      if (tree != first) {
        throw new IllegalArgumentException(
            "its trees are in one operator; give a forest converted by skl2onnx");
      }
    }
    var places = new HashMap<Long, Integer>();
    for (int i = 0; i < ids.length; i++) {
      places.put(ids[i], i);
    }
    return places;
  }

  /** What each leaf gives out. */
  private static Map<Long, Double> leaves(GivenNode node) {
    long[] ids = node.numbers("target_nodeids");
    double[] weights = node.reals("target_weights");
    if (ids.length != weights.length) {
      throw new IllegalArgumentException("the lists of a tree's leaves differ in length");
    }
    var leaves = new HashMap<Long, Double>();
    for (int i = 0; i < ids.length; i++) {
      leaves.put(ids[i], weights[i]);
    }
    return leaves;
  }
}
