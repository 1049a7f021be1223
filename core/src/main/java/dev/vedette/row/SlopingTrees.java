package dev.vedette.row;

import dev.vedette.Require;

/**
 * Trees whose nodes compare a weighted sum of columns with a threshold: those of an isolation
 * forest, with more columns to a node. Below a leaf the threshold is infinite, which no sum
 * reaches.
 *
 * @param width columns of a cut
 * @param trees with the first column of each cut
 * @param others the other columns, node by node
 * @param weights of all columns of a cut, the first column's first, node by node
 */
public record SlopingTrees(
    int width, IsolationForestModel.Trees trees, int[] others, float[] weights) {
  public SlopingTrees {
    Require.range("width", width, 1, 10_001);
    long nodes = trees.feature().length;
    Require.that(weights.length == nodes * width, "weights of cuts are missing");
    Require.that(others.length == nodes * (width - 1), "columns of cuts are missing");
    for (float weight : weights) {
      Require.that(Math.abs(weight) < 100, "a weight of a cut is damaged");
    }
  }

  /** Trees without a cut, to be grown. */
  SlopingTrees(int count, int depth, int width) {
    this(
        width,
        new IsolationForestModel.Trees(count, depth),
        new int[count * ((1 << depth) - 1) * (width - 1)],
        new float[count * ((1 << depth) - 1) * width]);
  }

  /** Whether all columns used are among the first {@code columns}. */
  boolean useOnly(int columns) {
    for (int[] used : new int[][] {trees.feature(), others}) {
      for (int column : used) {
        if (column < 0 || column >= columns) {
          return false;
        }
      }
    }
    return true;
  }

  /** Column number {@code i} of the cut at {@code cut}, counted over all trees. */
  public int column(int cut, int i) {
    return i == 0 ? trees.feature()[cut] : others[cut * (width - 1) + i - 1];
  }

  /** Its weight. */
  public float weight(int cut, int i) {
    return weights[cut * width + i];
  }

  void set(int cut, int i, int column, float weight) {
    if (i == 0) {
      trees.feature()[cut] = column;
    } else {
      others[cut * (width - 1) + i - 1] = column;
    }
    weights[cut * width + i] = weight;
  }

  /** What the cut compares with its threshold. */
  double sum(int cut, double[] offsets) {
    int at = cut * width;
    int other = cut * (width - 1);
    double sum = weights[at] * offsets[trees.feature()[cut]];
    for (int i = 1; i < width; i++) {
      sum += weights[at + i] * offsets[others[other++]];
    }
    return sum;
  }

  /** One step down, by the sign of a difference, as in {@link IsolationForestModel.Trees}. */
  private int step(int base, int node, double[] offsets) {
    double below = trees.threshold()[base + node] - sum(base + node, offsets);
    return 2 * node + 1 + (int) (Double.doubleToRawLongBits(below) >>> 63);
  }

  /** The path lengths of one row in all trees, added up; four trees in step. */
  double paths(double[] offsets) {
    double sum = 0;
    int tree = 0;
    for (; tree + 4 <= trees.count(); tree += 4) {
      sum = walkFour(tree, offsets, sum);
    }
    for (; tree < trees.count(); tree++) {
      int node = 0;
      for (int level = 0; level < trees.depth(); level++) {
        node = step(tree * trees.inner(), node, offsets);
      }
      sum += path(tree, node);
    }
    return sum;
  }

  private double walkFour(int tree, double[] offsets, double sum) {
    int inner = trees.inner();
    int base = tree * inner;
    int node0 = 0;
    int node1 = 0;
    int node2 = 0;
    int node3 = 0;
    for (int level = 0; level < trees.depth(); level++) {
      node0 = step(base, node0, offsets);
      node1 = step(base + inner, node1, offsets);
      node2 = step(base + 2 * inner, node2, offsets);
      node3 = step(base + 3 * inner, node3, offsets);
    }
    double total = sum + path(tree, node0);
    total += path(tree + 1, node1);
    total += path(tree + 2, node2);
    return total + path(tree + 3, node3);
  }

  private double path(int tree, int bottom) {
    return trees.path()[(tree << trees.depth()) + bottom - trees.inner()];
  }
}
