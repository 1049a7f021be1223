package dev.vedette.row;

/**
 * For one tree of an isolation forest: how many training rows passed each node and the mean length
 * of their paths. Needed to follow both branches where a value is missing and to say what each
 * split did to a row.
 */
final class ExpectedPaths {
  private final IsolationForestModel.Trees trees;
  private final int inner;
  private final double[] rows;
  private final double[] mean;
  private int tree;

  ExpectedPaths(IsolationForestModel.Trees trees) {
    this.trees = trees;
    inner = trees.inner();
    rows = new double[2 * inner + 1];
    mean = new double[2 * inner + 1];
  }

  /** Turns to another tree. O(2^depth). */
  void enter(int number) {
    tree = number;
    int bottom = tree << trees.depth();
    for (int node = 2 * inner; node >= inner; node--) {
      rows[node] = trees.rows()[bottom + node - inner];
      mean[node] = trees.path()[bottom + node - inner];
    }
    for (int node = inner - 1; node >= 0; node--) {
      int left = 2 * node + 1;
      rows[node] = rows[left] + rows[left + 1];
      mean[node] = rows[node] == 0 ? mean[left] : weighted(left);
    }
  }

  private double weighted(int left) {
    return (rows[left] * mean[left] + rows[left + 1] * mean[left + 1])
        / (rows[left] + rows[left + 1]);
  }

  double atRoot() {
    return mean[0];
  }

  /** The mean length of the paths through {@code node}. */
  double at(int node) {
    return mean[node];
  }

  /**
   * The path length of {@code row} from {@code node} on; both branches, weighted, where the value
   * is missing.
   */
  double expected(double[] row, int node) {
    int at = node;
    while (at < inner) {
      double threshold = trees.threshold()[tree * inner + at];
      double value = row[trees.feature()[tree * inner + at]];
      int left = 2 * at + 1;
      if (Double.isNaN(value) && threshold < Double.POSITIVE_INFINITY) {
        double total = rows[left] + rows[left + 1];
        if (total == 0) {
          return mean[at];
        }
        return (rows[left] * expected(row, left) + rows[left + 1] * expected(row, left + 1))
            / total;
      }
      at = value > threshold ? left + 1 : left;
    }
    return mean[at];
  }

  /**
   * Adds to {@code change} what each column's splits do to the path of {@code row}; returns the
   * path length.
   */
  double attribute(double[] row, double[] change) {
    return attribute(row, change, 0, 1);
  }

  private double attribute(double[] row, double[] change, int node, double weight) {
    int at = node;
    while (at < inner) {
      double threshold = trees.threshold()[tree * inner + at];
      int column = trees.feature()[tree * inner + at];
      int left = 2 * at + 1;
      if (Double.isNaN(row[column]) && threshold < Double.POSITIVE_INFINITY) {
        double total = rows[left] + rows[left + 1];
        if (total == 0) {
          return mean[at];
        }
        // Both branches in proportion: on average the split itself changes nothing.
        double share = rows[left] / total;
        return share * attribute(row, change, left, weight * share)
            + (1 - share) * attribute(row, change, left + 1, weight * (1 - share));
      }
      int next = row[column] > threshold ? left + 1 : left;
      if (threshold < Double.POSITIVE_INFINITY) {
        change[column] += weight * (mean[next] - mean[at]);
      }
      at = next;
    }
    return mean[at];
  }
}
