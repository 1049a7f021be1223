package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import java.util.Arrays;

/**
 * A fitted {@link IsolationForest}.
 *
 * <p>Every tree is stored as a complete binary tree, so a walk is a fixed number of steps without a
 * pointer: the children of node i are 2i+1 (value ≤ threshold) and 2i+2. Below a leaf the
 * thresholds are infinite, so the walk goes on to the left, to a bottom node that holds the path
 * length of the leaf.
 *
 * @param sample rows each tree was grown on (ψ)
 * @param columns of a row
 * @param typical the median of each training column
 */
public record IsolationForestModel(
    IsolationForest detector, int sample, int columns, Trees trees, double[] typical)
    implements RowModel {
  /** Rows that walk through one tree together, so that the tree stays in the cache. */
  private static final int BLOCK = 256;

  public IsolationForestModel {
    Require.that(sample >= 2 && columns >= 1, "a forest has at least 2 rows and 1 column");
    Require.that(typical.length == columns, "one typical value per column");
    Require.that(trees.count() == detector.trees(), "the number of trees differs from the option");
    for (int feature : trees.feature()) {
      Require.that(feature >= 0 && feature < columns, "a tree splits on column " + feature);
    }
  }

  /**
   * All trees, one after the other.
   *
   * @param feature per inner node the column it splits on; trees × (2^depth − 1)
   * @param threshold per inner node where it splits; infinite below a leaf
   * @param path per bottom node the path length of its leaf; trees × 2^depth
   * @param rows per bottom node how many training rows ended there
   */
  record Trees(int count, int depth, int[] feature, double[] threshold, double[] path, int[] rows) {
    Trees {
      Require.range("depth", depth, 1, 16);
      Require.range("count", count, 1, 10_000);
      long inner = (long) count * ((1 << depth) - 1);
      long bottom = (long) count << depth;
      Require.that(feature.length == inner && threshold.length == inner, "inner nodes are missing");
      Require.that(path.length == bottom && rows.length == bottom, "leaves are missing");
      for (double value : threshold) {
        Require.that(!Double.isNaN(value), "a threshold is NaN");
      }
      for (int i = 0; i < path.length; i++) {
        Require.that(path[i] >= 0 && path[i] < 64 && rows[i] >= 0, "a leaf is damaged");
      }
    }

    /** Trees without a split, to be grown. */
    Trees(int count, int depth) {
      this(
          count,
          depth,
          new int[Math.multiplyExact(count, (1 << depth) - 1)],
          endless(Math.multiplyExact(count, (1 << depth) - 1)),
          new double[Math.multiplyExact(count, 1 << depth)],
          new int[Math.multiplyExact(count, 1 << depth)]);
    }

    private static double[] endless(int size) {
      double[] values = new double[size];
      Arrays.fill(values, Double.POSITIVE_INFINITY);
      return values;
    }

    int inner() {
      return (1 << depth) - 1;
    }

    void split(int tree, int node, int column, double value) {
      feature[tree * inner() + node] = column;
      threshold[tree * inner() + node] = value;
    }

    void leaf(int tree, int node, int level, int size) {
      int bottom = node;
      for (int l = level; l < depth; l++) {
        bottom = 2 * bottom + 1;
      }
      int at = (tree << depth) + bottom - inner();
      path[at] = level + IsolationForest.averagePath(size);
      rows[at] = size;
    }

    /**
     * The path length of {@code row}, which starts at {@code offset} in {@code values}, in one
     * tree.
     */
    double walk(int tree, double[] values, int offset) {
      int base = tree * inner();
      int node = 0;
      for (int level = 0; level < depth; level++) {
        int at = base + node;
        node = 2 * node + 1 + (values[offset + feature[at]] > threshold[at] ? 1 : 0);
      }
      return path[(tree << depth) + node - inner()];
    }
  }

  @Override
  public double score(double[] row) {
    Require.row(row, columns, true);
    return score(hasMissing(row, 0) ? pathWithMissing(row) : path(row));
  }

  private double path(double[] row) {
    double sum = 0;
    for (int tree = 0; tree < trees.count(); tree++) {
      sum += trees.walk(tree, row, 0);
    }
    return sum;
  }

  /** The score of a row whose path lengths in all trees sum to {@code pathSum}. */
  private double score(double pathSum) {
    double mean = pathSum / trees.count();
    return Math.pow(2, -mean / IsolationForest.averagePath(sample));
  }

  @Override
  public double[] score(Matrix rows) {
    rows.requireUsable(columns, true);
    double[] scores = new double[rows.rows()];
    Parallel.blocks(rows.rows(), BLOCK, (from, to) -> scoreBlock(rows, from, to, scores));
    return scores;
  }

  private void scoreBlock(Matrix rows, int from, int to, double[] scores) {
    int size = to - from;
    double[] values = new double[size * columns];
    rows.copyRows(from, to, values);
    double[] sums = new double[size];
    for (int tree = 0; tree < trees.count(); tree++) {
      for (int i = 0; i < size; i++) {
        sums[i] += trees.walk(tree, values, i * columns);
      }
    }
    for (int i = 0; i < size; i++) {
      double sum =
          hasMissing(values, i * columns)
              ? pathWithMissing(Arrays.copyOfRange(values, i * columns, (i + 1) * columns))
              : sums[i];
      scores[from + i] = score(sum);
    }
  }

  private boolean hasMissing(double[] values, int offset) {
    for (int j = 0; j < columns; j++) {
      if (Double.isNaN(values[offset + j])) {
        return true;
      }
    }
    return false;
  }

  private double pathWithMissing(double[] row) {
    var walk = new ExpectedPaths(this);
    double sum = 0;
    for (int tree = 0; tree < trees.count(); tree++) {
      walk.enter(tree);
      sum += walk.expected(row, 0);
    }
    return sum;
  }

  /**
   * Path attribution: the expected path length changes at every split a row passes; the change
   * belongs to the split's column (Saabas' method). The change in path length is turned into a
   * change of score by the logarithmic mean, so that the contributions sum to the score exactly.
   */
  @Override
  public Attribution attribute(double[] row) {
    Require.row(row, columns, true);
    double[] change = new double[columns];
    var walk = new ExpectedPaths(this);
    double start = 0;
    double end = 0;
    for (int tree = 0; tree < trees.count(); tree++) {
      walk.enter(tree);
      start += walk.atRoot();
      end += walk.attribute(row, change);
    }
    double score = score(hasMissing(row, 0) ? end : path(row));
    double base = score(start);
    double unit = -Math.log(2) / (IsolationForest.averagePath(sample) * trees.count());
    double logRatio = unit * (end - start); // ln(score / base)
    double mean = Math.abs(logRatio) < 1e-12 ? base : (score - base) / logRatio;
    double[] contributions = new double[columns];
    for (int j = 0; j < columns; j++) {
      contributions[j] = change[j] * unit * mean;
    }
    return new Attribution(score, base, contributions, typical.clone());
  }
}
