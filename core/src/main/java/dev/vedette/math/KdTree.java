package dev.vedette.math;

import dev.vedette.Require;
import dev.vedette.data.Matrix;
import java.util.Arrays;

/**
 * A k-d tree that keeps the bounding box of every node: a node is left out when its box is farther
 * away than the neighbours already found. Nodes are halves of halves of the points, so the tree
 * needs no pointers: the children of node i are 2i+1 and 2i+2.
 *
 * <p>Friedman, Bentley and Finkel, "An Algorithm for Finding Best Matches in Logarithmic Expected
 * Time", TOMS 1977, doi:10.1145/355744.355745.
 *
 * @param center subtracted from each column
 * @param order the original index of each stored point
 * @param values the stored points, row-major
 * @param boxes per node the smallest and then the largest value of each column
 */
record KdTree(double[] center, int[] order, float[] values, float[] boxes) implements Neighbors {
  /** Points in a leaf, at most. */
  static final int LEAF = 24;

  /**
   * Boxes and distances are rounded, so a box is left out only if it is farther by more than that.
   */
  private static final float SLACK = 1 + 1e-5f;

  KdTree {
    int columns = center.length;
    Require.that(columns > 0 && order.length > 0, "no points to search");
    Require.that(values.length == (long) order.length * columns, "points are missing");
    Require.that(boxes.length == 2L * columns * nodes(order.length), "boxes are missing");
    boolean[] seen = new boolean[order.length];
    for (int index : order) {
      Require.that(index >= 0 && index < seen.length && !seen[index], "the order is damaged");
      seen[index] = true;
    }
  }

  private static int nodes(int points) {
    int levels = 1;
    for (int size = points; size > LEAF; size = (size + 1) / 2) {
      levels++;
    }
    return (1 << levels) - 1;
  }

  static KdTree of(Matrix matrix, double[] center) {
    int points = matrix.rows();
    int columns = center.length;
    float[] given = new float[Math.multiplyExact(points, columns)];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < columns; j++) {
        given[i * columns + j] = Neighbors.single(matrix.get(i, j) - center[j]);
      }
    }
    int[] order = new int[points];
    Arrays.setAll(order, i -> i);
    float[] boxes = new float[2 * columns * nodes(points)];
    new Builder(given, columns, order, boxes).build(0, 0, points);
    float[] values = new float[given.length];
    for (int i = 0; i < points; i++) {
      System.arraycopy(given, order[i] * columns, values, i * columns, columns);
    }
    return new KdTree(center, order, values, boxes);
  }

  private record Builder(float[] given, int columns, int[] order, float[] boxes) {
    void build(int node, int from, int to) {
      int box = 2 * columns * node;
      Arrays.fill(boxes, box, box + columns, Float.POSITIVE_INFINITY);
      Arrays.fill(boxes, box + columns, box + 2 * columns, Float.NEGATIVE_INFINITY);
      for (int i = from; i < to; i++) {
        for (int j = 0; j < columns; j++) {
          float value = given[order[i] * columns + j];
          boxes[box + j] = Math.min(boxes[box + j], value);
          boxes[box + columns + j] = Math.max(boxes[box + columns + j], value);
        }
      }
      if (to - from <= LEAF) {
        return;
      }
      int middle = (from + to) >>> 1;
      select(from, to - 1, middle, widest(box));
      build(2 * node + 1, from, middle);
      build(2 * node + 2, middle, to);
    }

    private int widest(int box) {
      int widest = 0;
      float width = -1;
      for (int j = 0; j < columns; j++) {
        float candidate = boxes[box + columns + j] - boxes[box + j];
        if (candidate > width) {
          width = candidate;
          widest = j;
        }
      }
      return widest;
    }

    /**
     * Hoare's quickselect: afterwards the points before {@code middle} are not larger in {@code
     * column}.
     */
    private void select(int first, int last, int middle, int column) {
      int low = first;
      int high = last;
      while (low < high) {
        float pivot = key((low + high) >>> 1, column);
        int i = low;
        int j = high;
        while (i <= j) {
          while (key(i, column) < pivot) {
            i++;
          }
          while (key(j, column) > pivot) {
            j--;
          }
          if (i <= j) {
            int swap = order[i];
            order[i++] = order[j];
            order[j--] = swap;
          }
        }
        if (middle <= j) {
          high = j;
        } else if (middle >= i) {
          low = i;
        } else {
          return;
        }
      }
    }

    private float key(int i, int column) {
      return given[order[i] * columns + column];
    }
  }

  @Override
  public int points() {
    return order.length;
  }

  /** O(n): the tree holds its points in its own order. Meant for explanations. */
  @Override
  public float offset(int point, int column) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] == point) {
        return values[i * center.length + column];
      }
    }
    throw new IndexOutOfBoundsException("point " + point);
  }

  @Override
  public void search(Query[] queries) {
    for (Query query : queries) {
      search(query, 0, 0, order.length);
    }
  }

  private void search(Query query, int node, int from, int to) {
    if (to - from <= LEAF) {
      scan(query, from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    int left = 2 * node + 1;
    float toLeft = squaredToBox(query.values, left);
    float toRight = squaredToBox(query.values, left + 1);
    if (toLeft <= toRight) {
      if (toLeft <= query.nearest.limit() * SLACK) {
        search(query, left, from, middle);
      }
      if (toRight <= query.nearest.limit() * SLACK) {
        search(query, left + 1, middle, to);
      }
    } else {
      if (toRight <= query.nearest.limit() * SLACK) {
        search(query, left + 1, middle, to);
      }
      if (toLeft <= query.nearest.limit() * SLACK) {
        search(query, left, from, middle);
      }
    }
  }

  private float squaredToBox(float[] query, int node) {
    int columns = center.length;
    int box = 2 * columns * node;
    float sum = 0;
    for (int j = 0; j < columns; j++) {
      float below = boxes[box + j] - query[j];
      float above = query[j] - boxes[box + columns + j];
      float outside = Math.max(0, Math.max(below, above));
      sum += outside * outside;
    }
    return sum;
  }

  /** Four points at a time: their sums do not wait for each other. */
  private void scan(Query query, int from, int to) {
    int columns = center.length;
    float[] q = query.values;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      int at = i * columns;
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int j = 0; j < columns; j++) {
        float d0 = q[j] - values[at + j];
        float d1 = q[j] - values[at + columns + j];
        float d2 = q[j] - values[at + 2 * columns + j];
        float d3 = q[j] - values[at + 3 * columns + j];
        s0 = Math.fma(d0, d0, s0);
        s1 = Math.fma(d1, d1, s1);
        s2 = Math.fma(d2, d2, s2);
        s3 = Math.fma(d3, d3, s3);
      }
      query.consider(s0, order[i]);
      query.consider(s1, order[i + 1]);
      query.consider(s2, order[i + 2]);
      query.consider(s3, order[i + 3]);
    }
    for (; i < to; i++) {
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        float d = q[j] - values[i * columns + j];
        sum = Math.fma(d, d, sum);
      }
      query.consider(sum, order[i]);
    }
  }
}
