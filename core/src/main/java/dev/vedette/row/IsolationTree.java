package dev.vedette.row;

import dev.vedette.data.Matrix;
import java.util.SplittableRandom;

/**
 * Grows one isolation tree over the rows drawn for it (Liu et al. 2008, Algorithm 2) and writes it
 * into the forest.
 */
final class IsolationTree {
  private final double[][] columns;
  private final IsolationForestModel.Trees forest;
  private final int tree;
  private final SplittableRandom random;
  private final int[] order;
  private final int[] right;
  private final int[] candidates;

  IsolationTree(Matrix rows, IsolationForestModel.Trees forest, int tree, SplittableRandom random) {
    columns = new double[rows.columns()][];
    candidates = new int[columns.length];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = rows.column(j);
      candidates[j] = j;
    }
    order = new int[rows.rows()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    right = new int[order.length];
    this.forest = forest;
    this.tree = tree;
    this.random = random;
  }

  void grow() {
    grow(0, 0, 0, order.length);
  }

  private void grow(int node, int level, int from, int to) {
    if (level == forest.depth() || to - from <= 1) {
      forest.leaf(tree, node, level, to - from);
      return;
    }
    // Columns are tried in random order until one varies; those found constant are not tried twice.
    for (int left = columns.length; left > 0; left--) {
      int pick = random.nextInt(left);
      int column = candidates[pick];
      candidates[pick] = candidates[left - 1];
      candidates[left - 1] = column;
      if (split(node, level, from, to, column)) {
        return;
      }
    }
    forest.leaf(tree, node, level, to - from);
  }

  private boolean split(int node, int level, int from, int to, int column) {
    double[] values = columns[column];
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      double value = values[order[i]]; // NaN fails both comparisons
      if (value < min) {
        min = value;
      }
      if (value > max) {
        max = value;
      }
    }
    if (!(min < max)) {
      return false;
    }
    double threshold = min + random.nextDouble() * (max - min);
    if (!(threshold < max)) {
      threshold = min; // rounding, or a range too wide for a double
    }
    int middle = partition(values, threshold, from, to);
    forest.split(tree, node, column, threshold);
    grow(2 * node + 1, level + 1, from, middle);
    grow(2 * node + 2, level + 1, middle, to);
    return true;
  }

  /**
   * Moves the rows above the threshold to the end, keeping the order on both sides; returns where
   * they start.
   */
  private int partition(double[] values, double threshold, int from, int to) {
    int below = 0;
    int present = 0;
    for (int i = from; i < to; i++) {
      double value = values[order[i]];
      present += Double.isNaN(value) ? 0 : 1;
      below += value <= threshold ? 1 : 0;
    }
    double shareBelow = (double) below / present;
    int middle = from;
    int above = 0;
    for (int i = from; i < to; i++) {
      double value = values[order[i]];
      boolean goesRight =
          Double.isNaN(value) ? random.nextDouble() >= shareBelow : value > threshold;
      if (goesRight) {
        right[above++] = order[i];
      } else {
        order[middle++] = order[i];
      }
    }
    System.arraycopy(right, 0, order, middle, above);
    return middle;
  }
}
