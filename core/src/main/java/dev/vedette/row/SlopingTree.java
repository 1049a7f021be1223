package dev.vedette.row;

import dev.vedette.data.Matrix;
import java.util.SplittableRandom;

/**
 * Grows one tree of an extended isolation forest over the rows drawn for it (Hariri et al. 2019,
 * Algorithm 2).
 */
final class SlopingTree {
  private final double[][] offsets;
  private final SlopingTrees forest;
  private final int tree;
  private final SplittableRandom random;
  private final int[] order;
  private final int[] candidates;

  SlopingTree(
      Matrix rows, double[] center, SlopingTrees forest, int tree, SplittableRandom random) {
    offsets = new double[rows.rows()][];
    order = new int[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = rows.row(i);
      for (int j = 0; j < center.length; j++) {
        offsets[i][j] -= center[j];
      }
      order[i] = i;
    }
    candidates = new int[center.length];
    for (int j = 0; j < candidates.length; j++) {
      candidates[j] = j;
    }
    this.forest = forest;
    this.tree = tree;
    this.random = random;
  }

  void grow() {
    grow(0, 0, 0, order.length);
  }

  private void grow(int node, int level, int from, int to) {
    boolean last = level == forest.trees().depth() || to - from <= 1;
    int cut = tree * forest.trees().inner() + node;
    if (last || !draw(cut, from, to)) {
      forest.trees().leaf(tree, node, level, to - from);
      return;
    }
    double threshold = forest.trees().threshold()[cut];
    int middle = from;
    for (int i = from; i < to; i++) {
      int row = order[i];
      if (forest.sum(cut, offsets[row]) <= threshold) {
        order[i] = order[middle];
        order[middle++] = row;
      }
    }
    grow(2 * node + 1, level + 1, from, middle);
    grow(2 * node + 2, level + 1, middle, to);
  }

  /**
   * Draws a cut over columns that vary among the rows, tried in random order, through a point of
   * the rows' box; false where none varies. A side may stay empty: that is how cuts isolate what
   * lies beside the crowd.
   */
  private boolean draw(int cut, int from, int to) {
    int drawn = 0;
    double point = 0;
    for (int left = candidates.length; left > 0 && drawn < forest.width(); left--) {
      int pick = random.nextInt(left);
      int column = candidates[pick];
      candidates[pick] = candidates[left - 1];
      candidates[left - 1] = column;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        min = Math.min(min, offsets[order[i]][column]);
        max = Math.max(max, offsets[order[i]][column]);
      }
      if (min < max) {
        float weight = (float) random.nextGaussian();
        forest.set(cut, drawn++, column, weight);
        point += weight * (min + random.nextDouble() * (max - min));
      }
    }
    if (drawn > 0) {
      forest.trees().threshold()[cut] = point + 0.0; // no −0: its sign would turn a walk
    }
    return drawn > 0;
  }
}
