package dev.vedette.onnx;

import dev.vedette.row.IsolationForestModel.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The attributes of a TreeEnsembleRegressor: flat lists over the nodes of all trees, and over their
 * leaves.
 *
 * <p>It gives out single precision. So it has two targets, whose sum is the path length: what can
 * be summed in single precision without rounding, and the small rest.
 */
final class TreeEnsemble {
  private final LongStream.Builder treeIds = LongStream.builder();
  private final LongStream.Builder nodeIds = LongStream.builder();
  private final LongStream.Builder features = LongStream.builder();
  private final List<String> modes = new ArrayList<>();
  private final LongStream.Builder left = LongStream.builder();
  private final LongStream.Builder right = LongStream.builder();
  private final DoubleStream.Builder thresholds = DoubleStream.builder();
  private final LongStream.Builder leafTrees = LongStream.builder();
  private final LongStream.Builder leafNodes = LongStream.builder();
  private final LongStream.Builder targets = LongStream.builder();
  private final DoubleStream.Builder weights = DoubleStream.builder();
  private final double grid;
  private int nodes;
  private long entries;

  /** An ensemble of {@code trees} trees. */
  TreeEnsemble(int trees) {
    // So many trees times a path length below 64 fit the 24 bits of single precision.
    grid = Math.scalb(1.0, 18 - (32 - Integer.numberOfLeadingZeros(trees)));
  }

  /** Adds a tree. */
  void add(Trees trees, int tree) {
    nodes = 0;
    add(trees, tree, 0);
  }

  /** Adds the part of a tree from {@code place} in the complete binary tree on: parents first. */
  private void add(Trees trees, int tree, int place) {
    int inner = (1 << trees.depth()) - 1;
    int at = tree * inner + place;
    boolean splits = place < inner && trees.threshold()[at] < Double.POSITIVE_INFINITY;
    int node = nodes++;
    treeIds.add(tree);
    nodeIds.add(node);
    modes.add(splits ? "BRANCH_LEQ" : "LEAF");
    features.add(splits ? trees.feature()[at] : 0);
    thresholds.add(splits ? trees.threshold()[at] : 0);
    if (splits) {
      left.add(node + 1);
      right.add(node + 1 + size(trees, tree, 2 * place + 1));
      add(trees, tree, 2 * place + 1);
      add(trees, tree, 2 * place + 2);
    } else {
      left.add(0);
      right.add(0);
      int bottom = place;
      while (bottom < inner) {
        bottom = 2 * bottom + 1;
      }
      double path = trees.path()[(tree << trees.depth()) + bottom - inner];
      double coarse = Math.rint(path * grid) / grid;
      leaf(tree, node, 0, coarse);
      leaf(tree, node, 1, path - coarse);
    }
  }

  /** The number of nodes from {@code place} on. */
  private static int size(Trees trees, int tree, int place) {
    int inner = (1 << trees.depth()) - 1;
    return place < inner && trees.threshold()[tree * inner + place] < Double.POSITIVE_INFINITY
        ? 1 + size(trees, tree, 2 * place + 1) + size(trees, tree, 2 * place + 2)
        : 1;
  }

  private void leaf(int tree, int node, int target, double weight) {
    entries++;
    leafTrees.add(tree);
    leafNodes.add(node);
    targets.add(target);
    weights.add(weight);
  }

  List<Attribute> attributes() {
    return List.of(
        Attribute.of("n_targets", 2),
        Attribute.of("post_transform", "NONE"),
        Attribute.of("aggregate_function", "SUM"),
        Attribute.of("nodes_treeids", treeIds.build().toArray()),
        Attribute.of("nodes_nodeids", nodeIds.build().toArray()),
        Attribute.of("nodes_featureids", features.build().toArray()),
        Attribute.of("nodes_modes", modes),
        Attribute.of("nodes_truenodeids", left.build().toArray()),
        Attribute.of("nodes_falsenodeids", right.build().toArray()),
        Attribute.of(
            "nodes_values_as_tensor", Tensor.of(thresholds.build().toArray(), modes.size())),
        Attribute.of("target_treeids", leafTrees.build().toArray()),
        Attribute.of("target_nodeids", leafNodes.build().toArray()),
        Attribute.of("target_ids", targets.build().toArray()),
        Attribute.of("target_weights_as_tensor", Tensor.of(weights.build().toArray(), entries)));
  }
}
