package dev.vedette.labelled;

import java.util.Arrays;

/**
 * What each input adds to the sum of {@link Trees}: the exact Shapley values of each tree, where an
 * input that is not known goes both ways, in the proportion of the training rows.
 *
 * <p>O(trees · leaves · depth²) for a row. Lundberg, Erion and Lee, "Consistent Individualized
 * Feature Attribution for Tree Ensembles" (2018), algorithm 2, arXiv:1802.03888.
 */
final class TreeShares {
  private final Trees trees;
  private final double[] inputs;
  private final double[] shares;

  /** By node and by leaf: the training rows there. */
  private final double[] nodeRows;

  private double expected;

  private TreeShares(Trees trees, double[] inputs) {
    this.trees = trees;
    this.inputs = inputs;
    this.shares = new double[inputs.length];
    this.nodeRows = new double[trees.columns().length];
    for (int node = nodeRows.length - 1; node >= 0; node--) {
      nodeRows[node] = rows(trees.left()[node]) + rows(trees.right()[node]);
    }
  }

  static Trees.Parts of(Trees trees, double[] inputs) {
    var work = new TreeShares(trees, inputs);
    for (int root : trees.roots()) {
      work.visit(root, Path.START);
      work.expected += work.mean(root);
    }
    return new Trees.Parts(work.shares, work.expected);
  }

  private double rows(int at) {
    return at >= 0 ? nodeRows[at] : trees.rows()[-1 - at];
  }

  private double mean(int at) {
    if (at < 0) {
      return trees.values()[-1 - at];
    }
    int left = trees.left()[at];
    int right = trees.right()[at];
    return (rows(left) * mean(left) + rows(right) * mean(right)) / rows(at);
  }

  private void visit(int at, Path path) {
    if (at < 0) {
      for (int i = 1; i < path.inputs.length; i++) {
        shares[path.inputs[i]] +=
            path.without(i).total() * (path.known[i] - path.unknown[i]) * trees.values()[-1 - at];
      }
      return;
    }
    int input = trees.columns()[at];
    double value = inputs[input];
    boolean goesLeft =
        Double.isNaN(value) ? trees.missingLeft()[at] == 1 : value <= trees.thresholds()[at];
    int same = path.find(input);
    double known = same < 0 ? 1 : path.known[same];
    double unknown = same < 0 ? 1 : path.unknown[same];
    Path before = same < 0 ? path : path.without(same);
    for (boolean left : new boolean[] {true, false}) {
      int child = left ? trees.left()[at] : trees.right()[at];
      double share = rows(child) / rows(at);
      visit(child, before.with(input, unknown * share, left == goesLeft ? known : 0));
    }
  }

  /**
   * The inputs met on the way to a node. Of the sets of known inputs of size {@code i} the share of
   * rows that come along, over all such sets and weighted as Shapley does, is {@code weights[i]}.
   *
   * @param inputs met, each once; the first stands for none
   * @param unknown for each the share of rows that come along when it is not known
   * @param known 1 where this row comes along when it is known, otherwise 0
   */
  private record Path(int[] inputs, double[] unknown, double[] known, double[] weights) {
    static final Path START =
        new Path(new int[] {-1}, new double[] {1}, new double[] {1}, new double[] {1});

    int find(int input) {
      for (int i = 1; i < inputs.length; i++) {
        if (inputs[i] == input) {
          return i;
        }
      }
      return -1;
    }

    Path with(int input, double unknownShare, double knownShare) {
      int size = inputs.length;
      int[] nextInputs = Arrays.copyOf(inputs, size + 1);
      double[] nextUnknown = Arrays.copyOf(unknown, size + 1);
      double[] nextKnown = Arrays.copyOf(known, size + 1);
      double[] next = new double[size + 1];
      nextInputs[size] = input;
      nextUnknown[size] = unknownShare;
      nextKnown[size] = knownShare;
      for (int i = 0; i < size; i++) {
        next[i + 1] += knownShare * weights[i] * (i + 1) / (size + 1);
        next[i] += unknownShare * weights[i] * (size - i) / (size + 1);
      }
      return new Path(nextInputs, nextUnknown, nextKnown, next);
    }

    /** As if input number {@code out} had not been met: {@link #with} undone. */
    Path without(int out) {
      int size = inputs.length - 1;
      double[] before = new double[size];
      double one = known[out];
      double zero = unknown[out];
      double carry = weights[size];
      for (int i = size - 1; i >= 0; i--) {
        if (one != 0) {
          before[i] = carry * (size + 1) / ((i + 1) * one);
          carry = weights[i] - zero * before[i] * (size - i) / (size + 1);
        } else {
          before[i] = weights[i] * (size + 1) / (zero * (size - i));
        }
      }
      return new Path(drop(inputs, out), drop(unknown, out), drop(known, out), before);
    }

    double total() {
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      return sum;
    }

    private static int[] drop(int[] from, int out) {
      int[] left = Arrays.copyOf(from, from.length - 1);
      System.arraycopy(from, out + 1, left, out, left.length - out);
      return left;
    }

    private static double[] drop(double[] from, int out) {
      double[] left = Arrays.copyOf(from, from.length - 1);
      System.arraycopy(from, out + 1, left, out, left.length - out);
      return left;
    }
  }
}
