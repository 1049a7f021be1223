package dev.vedette.online;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * One tree of a {@link RandomCutForest}: rows can be put in and taken out, and it stays distributed
 * as if it had been built of the rows it holds (Lemmas 4 and 7 of the paper).
 *
 * <p>Leaves are nodes 0 to capacity − 1, inner nodes follow. A leaf holds a point and how many rows
 * lie there, an inner node a cut (left is ≤ cut), the box of its rows and their number.
 */
final class CutTree {
  private static final int NONE = -1;

  private final int columns;
  private final int capacity;
  private int root;
  private int size;
  private int drawnColumn;
  private double drawnCut;
  private final int[] left;
  private final int[] right;
  private final int[] parent;
  private final int[] mass;
  private final int[] cutColumn;
  private final double[] cut;
  private final double[] points;
  private final double[] boxes; // of inner nodes; per column its low and its high end
  private final int[] leafOf;

  /**
   * What a tree holds; boxes and masses follow from it.
   *
   * @param root node, −1 in an empty tree
   * @param size how many rows it holds
   * @param left child per inner node
   * @param right child per inner node
   * @param cutColumn column per inner node
   * @param cut value per inner node
   * @param points capacity × columns
   * @param leafOf the leaf of each row
   */
  record State(
      int root,
      int size,
      int[] left,
      int[] right,
      int[] cutColumn,
      double[] cut,
      double[] points,
      int[] leafOf) {
    State {
      int inner = left.length;
      Require.that(
          inner > 0
              && right.length == inner
              && cutColumn.length == inner
              && cut.length == inner
              && leafOf.length == inner + 1,
          "one child and cut per inner node, one leaf per row");
      Require.that(
          points.length > 0 && points.length % (inner + 1) == 0, "the points are not whole rows");
      int columns = points.length / (inner + 1);
      Require.range("size", size, 0, inner + 1);
      Require.finite("a cut", cut);
      for (double value : points) {
        Require.that(Math.abs(value) <= RandomCuts.FARTHEST, "a point is too far out");
      }
      for (int column : cutColumn) {
        Require.range("cut column", column, 0, columns - 1);
      }
      checkLeaves(order(root, size, left, right), size, leafOf);
    }

    static State none(int capacity, int columns) {
      int inner = capacity - 1;
      return new State(
          NONE,
          0,
          new int[inner],
          new int[inner],
          new int[inner],
          new double[inner],
          new double[capacity * columns],
          new int[capacity]);
    }

    int columns() {
      return points.length / leafOf.length;
    }

    int[] order() {
      return order(root, size, left, right);
    }

    /** The nodes, parents before children. */
    private static int[] order(int root, int size, int[] left, int[] right) {
      int leaves = left.length + 1;
      if (size == 0) {
        Require.that(root == NONE, "an empty tree has a root");
        return new int[0];
      }
      int[] order = new int[2 * leaves - 1];
      boolean[] met = new boolean[2 * leaves - 1];
      order[0] = Require.range("root", root, 0, met.length - 1);
      met[root] = true;
      int known = 1;
      for (int i = 0; i < known; i++) {
        int node = order[i] - leaves;
        if (node >= 0) {
          for (int child : new int[] {left[node], right[node]}) {
            Require.range("child", child, 0, met.length - 1);
            Require.that(!met[child], "a node has two parents");
            met[child] = true;
            order[known++] = child;
          }
        }
      }
      return Arrays.copyOf(order, known);
    }

    private static void checkLeaves(int[] order, int size, int[] leafOf) {
      int leaves = leafOf.length;
      int[] rows = new int[leaves];
      for (int row = 0; row < size; row++) {
        rows[Require.range("leaf", leafOf[row], 0, leaves - 1)]++;
      }
      int held = 0;
      for (int node : order) {
        if (node < leaves) {
          Require.that(rows[node] > 0, "a leaf is empty");
          held += rows[node];
        }
      }
      Require.that(held == size, "a row lies outside of the tree");
    }
  }

  CutTree(State state) {
    columns = state.columns();
    capacity = state.leafOf.length;
    root = state.root;
    size = state.size;
    left = state.left.clone();
    right = state.right.clone();
    cutColumn = state.cutColumn.clone();
    cut = state.cut.clone();
    points = state.points.clone();
    leafOf = state.leafOf.clone();
    parent = new int[2 * capacity - 1];
    mass = new int[2 * capacity - 1];
    boxes = new double[(capacity - 1) * columns * 2];
    if (size > 0) {
      parent[root] = NONE;
    }
    for (int row = 0; row < size; row++) {
      mass[leafOf[row]]++;
    }
    int[] order = state.order();
    for (int i = order.length - 1; i >= 0; i--) {
      if (order[i] >= capacity) {
        join(order[i]);
      }
    }
  }

  State snapshot() {
    return new State(
        root,
        size,
        left.clone(),
        right.clone(),
        cutColumn.clone(),
        cut.clone(),
        points.clone(),
        leafOf.clone());
  }

  long bytes() {
    return (4L * capacity + mass.length + parent.length) * Integer.BYTES
        + (long) (cut.length + points.length + boxes.length) * Double.BYTES;
  }

  int size() {
    return size;
  }

  /** Parents, mass and box of an inner node from its children. */
  private void join(int node) {
    int inner = node - capacity;
    parent[left[inner]] = node;
    parent[right[inner]] = node;
    mass[node] = mass[left[inner]] + mass[right[inner]];
    enclose(node);
  }

  /** Sets the box of an inner node from its children; whether it changed. */
  private boolean enclose(int node) {
    int a = left[node - capacity];
    int b = right[node - capacity];
    int at = (node - capacity) * columns * 2;
    boolean changed = false;
    for (int j = 0; j < columns; j++, at += 2) {
      double low = Math.min(low(a, j), low(b, j));
      double high = Math.max(high(a, j), high(b, j));
      changed |= boxes[at] != low || boxes[at + 1] != high;
      boxes[at] = low;
      boxes[at + 1] = high;
    }
    return changed;
  }

  private double low(int node, int column) {
    return node < capacity
        ? points[node * columns + column]
        : boxes[((node - capacity) * columns + column) * 2];
  }

  private double high(int node, int column) {
    return node < capacity
        ? points[node * columns + column]
        : boxes[((node - capacity) * columns + column) * 2 + 1];
  }

  /** Puts a row in: Algorithm 2 of the paper. There must be room. */
  void insert(double[] row, double[] weights, RandomCuts random) {
    leafOf[size++] = place(row, weights, random);
  }

  /** Takes out row number {@code victim} of those held, and puts {@code row} in. */
  void replace(int victim, double[] row, double[] weights, RandomCuts random) {
    delete(leafOf[victim]);
    leafOf[victim] = place(row, weights, random);
  }

  private int place(double[] row, double[] weights, RandomCuts random) {
    if (root == NONE) {
      root = leaf(row);
      parent[root] = NONE;
      return root;
    }
    int node = root;
    while (true) {
      double range = range(node, row, weights);
      if (node < capacity && range == 0) {
        mass[node]++;
        return node;
      }
      if (draw(node, range * random.uniform(), row, weights)) {
        return split(node, row);
      }
      if (node < capacity) { // a cut on the very edge, by rounding: as good as equal
        mass[node]++;
        return node;
      }
      mass[node]++;
      extend(node, row);
      node = child(node, row);
    }
  }

  /** What a node's box, extended to {@code row}, measures over all columns. */
  private double range(int node, double[] row, double[] weights) {
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += (Math.max(high(node, j), row[j]) - Math.min(low(node, j), row[j])) * weights[j];
    }
    return sum;
  }

  /**
   * Draws the cut that lies {@code at} far along the extended box of {@code node}, one column after
   * the other; whether it sets the row apart from the node.
   */
  private boolean draw(int node, double at, double[] row, double[] weights) {
    double left = at;
    for (int j = 0; j < columns; j++) {
      double low = low(node, j);
      double high = high(node, j);
      double from = Math.min(low, row[j]);
      double length = (Math.max(high, row[j]) - from) * weights[j];
      if (left < length) {
        drawnColumn = j;
        drawnCut = from + left / weights[j];
        return row[j] <= drawnCut ? drawnCut < low : drawnCut >= high;
      }
      left -= length;
    }
    return false;
  }

  private int split(int node, double[] row) {
    int above = parent[node];
    int leaf = leaf(row);
    int inner = inner();
    cutColumn[inner - capacity] = drawnColumn;
    cut[inner - capacity] = drawnCut;
    boolean toLeft = row[drawnColumn] <= drawnCut;
    left[inner - capacity] = toLeft ? leaf : node;
    right[inner - capacity] = toLeft ? node : leaf;
    join(inner);
    relink(above, node, inner);
    return leaf;
  }

  private void relink(int above, int old, int fresh) {
    parent[fresh] = above;
    if (above == NONE) {
      root = fresh;
    } else if (left[above - capacity] == old) {
      left[above - capacity] = fresh;
    } else {
      right[above - capacity] = fresh;
    }
  }

  private int leaf(double[] row) {
    int leaf = 0;
    while (mass[leaf] > 0) {
      leaf++;
    }
    mass[leaf] = 1;
    System.arraycopy(row, 0, points, leaf * columns, columns);
    return leaf;
  }

  private int inner() {
    int node = capacity;
    while (mass[node] > 0) {
      node++;
    }
    return node;
  }

  private int child(int node, double[] row) {
    int inner = node - capacity;
    return row[cutColumn[inner]] <= cut[inner] ? left[inner] : right[inner];
  }

  private void extend(int node, double[] row) {
    int at = (node - capacity) * columns * 2;
    for (int j = 0; j < columns; j++, at += 2) {
      boxes[at] = Math.min(boxes[at], row[j]);
      boxes[at + 1] = Math.max(boxes[at + 1], row[j]);
    }
  }

  private void delete(int leaf) {
    int above = parent[leaf];
    boolean shrinks = --mass[leaf] == 0;
    if (shrinks) {
      if (above == NONE) {
        root = NONE;
        return;
      }
      int inner = above - capacity;
      int sibling = left[inner] == leaf ? right[inner] : left[inner];
      int top = parent[above];
      mass[above] = 0;
      relink(top, above, sibling);
      above = top;
    }
    while (above != NONE) {
      mass[above]--;
      shrinks = shrinks && enclose(above);
      above = parent[above];
    }
  }

  /**
   * The expected number of rows that a random cut tells apart from {@code row}, were it put in: at
   * each node on its way, the chance that it is cut off there and nowhere above, times the rows of
   * the node.
   */
  double displacement(double[] row, double[] weights) {
    if (root == NONE) {
      return 0;
    }
    double left = 1;
    double sum = 0;
    int node = root;
    while (node >= capacity) {
      double outside = 0;
      double range = 0;
      int at = (node - capacity) * columns * 2;
      for (int j = 0; j < columns; j++, at += 2) {
        double low = boxes[at];
        double high = boxes[at + 1];
        double value = row[j];
        if (value < low) {
          outside += (low - value) * weights[j];
        } else if (value > high) {
          outside += (value - high) * weights[j];
        }
        range += (high - low) * weights[j];
      }
      if (outside > 0) {
        double chance = outside / (outside + range);
        sum += left * chance * mass[node];
        left *= 1 - chance;
      }
      node = child(node, row);
    }
    return range(node, row, weights) > 0 ? sum + left * mass[node] : sum;
  }

  /** Adds to {@code shares} what each column has in {@link #displacement}. */
  void share(double[] row, double[] weights, double[] shares) {
    double left = 1;
    int node = root;
    while (node != NONE && left > 0) {
      double outside = 0;
      double range = 0;
      for (int j = 0; j < columns; j++) {
        outside += outside(node, j, row[j]) * weights[j];
        range += (high(node, j) - low(node, j)) * weights[j];
      }
      if (outside > 0) {
        double chance = node < capacity ? 1 : outside / (outside + range);
        for (int j = 0; j < columns; j++) {
          double part = outside(node, j, row[j]) * weights[j] / outside;
          shares[j] += left * chance * mass[node] * part;
        }
        left *= 1 - chance;
      }
      node = node < capacity ? NONE : child(node, row);
    }
  }

  private double outside(int node, int column, double value) {
    return Math.max(0, Math.max(low(node, column) - value, value - high(node, column)));
  }
}
