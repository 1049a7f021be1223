package dev.vedette.labelled;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * Regression trees whose values are added up. A row goes left where its value is at most the
 * threshold.
 *
 * <p>Nodes and leaves of all trees are numbered through. A reference to leaf {@code i} is {@code -1
 * - i}, one to a node its number; a node comes before those below it.
 *
 * @param roots one reference a tree
 * @param columns by node: which input is compared
 * @param thresholds by node; infinity where only missing values are told apart
 * @param left by node: a reference
 * @param right by node: a reference
 * @param missingLeft by node: 1 where a missing value goes left, 0 where right
 * @param values by leaf
 * @param rows by leaf: how many training rows ended there, at least 1
 */
public record Trees(
    int[] roots,
    int[] columns,
    double[] thresholds,
    int[] left,
    int[] right,
    int[] missingLeft,
    double[] values,
    int[] rows) {
  public Trees {
    int nodes = columns.length;
    Require.that(
        thresholds.length == nodes
            && left.length == nodes
            && right.length == nodes
            && missingLeft.length == nodes
            && rows.length == values.length,
        "the parts of the trees differ in length");
    Require.finite("the values of leaves", values);
    Require.that(
        Arrays.stream(thresholds).noneMatch(Double::isNaN), "a node compares with no number");
    Require.that(Arrays.stream(rows).allMatch(count -> count > 0), "a leaf has no rows");
    Require.that(
        Arrays.stream(columns).allMatch(column -> column >= 0), "a node compares no input");
    requireTrees(roots, left, right, values.length);
  }

  /** Each node and leaf hangs in one place only, below a node with a smaller number. */
  private static void requireTrees(int[] roots, int[] left, int[] right, int leaves) {
    boolean[] nodeSeen = new boolean[left.length];
    boolean[] leafSeen = new boolean[leaves];
    for (int root : roots) {
      requireNew(root, -1, nodeSeen, leafSeen);
    }
    for (int node = 0; node < left.length; node++) {
      Require.that(nodeSeen[node], "node " + node + " hangs nowhere");
      requireNew(left[node], node, nodeSeen, leafSeen);
      requireNew(right[node], node, nodeSeen, leafSeen);
    }
    for (boolean seen : leafSeen) {
      Require.that(seen, "a leaf hangs nowhere");
    }
  }

  private static void requireNew(int to, int from, boolean[] nodeSeen, boolean[] leafSeen) {
    boolean[] seen = to >= 0 ? nodeSeen : leafSeen;
    int at = to >= 0 ? to : -1 - to;
    Require.that(
        at < seen.length && !seen[at] && (to < 0 || to > from), "there is no tree at " + to);
    seen[at] = true;
  }

  /** No trees: they add 0. */
  public static Trees none() {
    int[] no = {};
    return new Trees(no, no, new double[0], no, no, no, new double[0], no);
  }

  int count() {
    return roots.length;
  }

  /** The highest number of an input compared; −1 where none is. */
  int highest() {
    return Arrays.stream(columns).max().orElse(-1);
  }

  /** The sum of the trees for one row of inputs. O(trees · depth), no allocation. */
  public double sum(double[] inputs) {
    double sum = 0;
    for (int tree = 0; tree < roots.length; tree++) {
      sum += value(tree, inputs);
    }
    return sum;
  }

  /**
   * The sum taken apart.
   *
   * @param shares one for each input
   * @param expected the mean over the training rows; with the shares it is the sum
   */
  public record Parts(double[] shares, double expected) {}

  /** What each input adds to the sum for one row of inputs; see {@link TreeShares}. */
  public Parts parts(double[] inputs) {
    return TreeShares.of(this, inputs);
  }

  /** What one tree says of a row of inputs. */
  double value(int tree, double[] inputs) {
    int at = roots[tree];
    while (at >= 0) {
      double value = inputs[columns[at]];
      boolean goesLeft = Double.isNaN(value) ? missingLeft[at] == 1 : value <= thresholds[at];
      at = goesLeft ? left[at] : right[at];
    }
    return values[-1 - at];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trees that
        && Arrays.equals(roots, that.roots)
        && Arrays.equals(columns, that.columns)
        && Arrays.equals(thresholds, that.thresholds)
        && Arrays.equals(left, that.left)
        && Arrays.equals(right, that.right)
        && Arrays.equals(missingLeft, that.missingLeft)
        && Arrays.equals(values, that.values)
        && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(thresholds) + Arrays.hashCode(values);
  }
}
