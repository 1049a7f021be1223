package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;

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
 * @param typical the median of each column, over up to 1,024 training rows
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
  public record Trees(
      int count, int depth, int[] feature, double[] threshold, double[] path, int[] rows) {
    public Trees {
      Require.range("depth", depth, 1, 16);
      Require.range("count", count, 1, 10_000);
      long inner = (long) count * ((1 << depth) - 1);
      long bottom = (long) count << depth;
      Require.that(feature.length == inner && threshold.length == inner, "inner nodes are missing");
      Require.that(path.length == bottom && rows.length == bottom, "leaves are missing");
      for (double value : threshold) {
        Require.that(
            !Double.isNaN(value) && Double.doubleToRawLongBits(value) != 1L << 63,
            "a threshold is NaN or −0");
      }
      for (int i = 0; i < path.length; i++) {
        Require.that(path[i] >= 0 && path[i] < 64 && rows[i] >= 0, "a leaf is damaged");
      }
    }

    /** Trees without a split, to be grown. */
    public Trees(int count, int depth) {
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

    /** Makes an inner node: rows go left, to 2i+1, where {@code column} ≤ {@code value}. */
    public void split(int tree, int node, int column, double value) {
      feature[tree * inner() + node] = column;
      threshold[tree * inner() + node] = value + 0.0; // no −0: its sign would turn a walk
    }

    /** Makes a leaf of {@code size} training rows, {@code level} splits below the root. */
    public void leaf(int tree, int node, int level, int size) {
      int bottom = node;
      for (int l = level; l < depth; l++) {
        bottom = 2 * bottom + 1;
      }
      int at = (tree << depth) + bottom - inner();
      path[at] = level + IsolationForest.averagePath(size);
      rows[at] = size;
    }

    /**
     * One step down: 2i+2 where the value is above the threshold, else 2i+1. The choice is the sign
     * of their difference, because a branch would be guessed wrong every other time.
     */
    private int step(int base, int node, double[] values, int offset) {
      int at = base + node;
      double below = threshold[at] - values[offset + feature[at]];
      return 2 * node + 1 + (int) (Double.doubleToRawLongBits(below) >>> 63);
    }

    /** The path length, in one tree, of the row that starts at {@code offset} in {@code values}. */
    double walk(int tree, double[] values, int offset) {
      int base = tree * inner();
      int node = 0;
      for (int level = 0; level < depth; level++) {
        node = step(base, node, values, offset);
      }
      return path[(tree << depth) + node - inner()];
    }

    /**
     * As {@link #walk} for four rows in step, which do not wait for each other's memory; adds to
     * {@code sums}.
     */
    void walkFour(int tree, double[] values, int columns, int first, double[] sums) {
      int base = tree * inner();
      int offset = first * columns;
      int node0 = 0;
      int node1 = 0;
      int node2 = 0;
      int node3 = 0;
      for (int level = 0; level < depth; level++) {
        node0 = step(base, node0, values, offset);
        node1 = step(base, node1, values, offset + columns);
        node2 = step(base, node2, values, offset + 2 * columns);
        node3 = step(base, node3, values, offset + 3 * columns);
      }
      int bottom = (tree << depth) - inner();
      sums[first] += path[bottom + node0];
      sums[first + 1] += path[bottom + node1];
      sums[first + 2] += path[bottom + node2];
      sums[first + 3] += path[bottom + node3];
    }

    /**
     * As {@link #walk} for one row in the four trees from {@code tree} on; returns {@code sum} and
     * the four lengths.
     */
    double walkFourTrees(int tree, double[] row, double sum) {
      int inner = inner();
      int base = tree * inner;
      int node0 = 0;
      int node1 = 0;
      int node2 = 0;
      int node3 = 0;
      for (int level = 0; level < depth; level++) {
        node0 = step(base, node0, row, 0);
        node1 = step(base + inner, node1, row, 0);
        node2 = step(base + 2 * inner, node2, row, 0);
        node3 = step(base + 3 * inner, node3, row, 0);
      }
      int bottom = (tree << depth) - inner;
      int leaves = 1 << depth;
      double total = sum + path[bottom + node0];
      total += path[bottom + leaves + node1];
      total += path[bottom + 2 * leaves + node2];
      return total + path[bottom + 3 * leaves + node3];
    }
  }

  @Override
  public double score(double[] row) {
    Require.row(row, columns, true);
    return score(hasMissing(row, 0) ? pathWithMissing(row) : path(row));
  }

  private double path(double[] row) {
    double sum = 0;
    int tree = 0;
    for (; tree + 4 <= trees.count(); tree += 4) {
      sum = trees.walkFourTrees(tree, row, sum);
    }
    for (; tree < trees.count(); tree++) {
      sum += trees.walk(tree, row, 0);
    }
    return sum;
  }

  /** The score of a row whose path lengths in all trees sum to {@code pathSum}. */
  private double score(double pathSum) {
    return scale().score(pathSum);
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
      int i = 0;
      for (; i + 4 <= size; i += 4) {
        trees.walkFour(tree, values, columns, i, sums);
      }
      for (; i < size; i++) {
        sums[i] += trees.walk(tree, values, i * columns);
      }
    }
    replaceHoled(values, sums);
    for (int i = 0; i < size; i++) {
      scores[from + i] = score(sums[i]);
    }
  }

  /**
   * Walks the rows with missing values again, through both branches where it must; each tree is
   * looked at once.
   */
  private void replaceHoled(double[] values, double[] sums) {
    int[] holed =
        IntStream.range(0, sums.length).filter(i -> hasMissing(values, i * columns)).toArray();
    if (holed.length == 0) {
      return;
    }
    double[][] rows = new double[holed.length][];
    for (int h = 0; h < holed.length; h++) {
      rows[h] = Arrays.copyOfRange(values, holed[h] * columns, (holed[h] + 1) * columns);
      sums[holed[h]] = 0;
    }
    var walk = new ExpectedPaths(trees);
    for (int tree = 0; tree < trees.count(); tree++) {
      walk.enter(tree);
      for (int h = 0; h < holed.length; h++) {
        sums[holed[h]] += walk.expected(rows[h], 0);
      }
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
    var walk = new ExpectedPaths(trees);
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
    var walk = new ExpectedPaths(trees);
    double start = 0;
    double end = 0;
    for (int tree = 0; tree < trees.count(); tree++) {
      walk.enter(tree);
      start += walk.atRoot();
      end += walk.attribute(row, change);
    }
    double score = score(hasMissing(row, 0) ? end : path(row));
    return scale().attribution(start, end, score, change, typical.clone());
  }

  private PathScale scale() {
    return new PathScale(trees.count(), sample);
  }
}
