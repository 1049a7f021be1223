package dev.vedette.math;

import dev.vedette.Require;
import dev.vedette.data.Matrix;
import java.util.Arrays;

/**
 * A k-d tree over the principal axes of its points. Columns that vary together would each cut the
 * points only a little; along the few axes that hold most of the variance the cuts tell near from
 * far. Distances along some axes are never larger than the real ones, so a node whose box, or a
 * point whose place, is too far away along the axes is left out unseen; the rest is measured in the
 * columns themselves.
 *
 * <p>Nodes are halves of halves of the points, so the tree needs no pointers: the children of node
 * i are 2i+1 and 2i+2.
 *
 * <p>Friedman, Bentley and Finkel, "An Algorithm for Finding Best Matches in Logarithmic Expected
 * Time", TOMS 1977, doi:10.1145/355744.355745; principal axes: Sproull, "Refinements to
 * nearest-neighbor searching in k-dimensional trees", Algorithmica 1991, doi:10.1007/BF01759061.
 *
 * @param center subtracted from each column
 * @param axes orthonormal directions (axes × columns)
 * @param order the original index of each stored point
 * @param values the stored points, row-major
 * @param places of the stored points along the axes, row-major
 * @param boxes per node the smallest and then the largest place along each axis
 */
record KdTree(
    double[] center, double[][] axes, int[] order, float[] values, float[] places, float[] boxes)
    implements Neighbors {
  /** Points in a leaf, at most. */
  static final int LEAF = 24;

  private static final int MOST_AXES = 8;
  private static final double ENOUGH_VARIANCE = 0.999;

  /**
   * Rounding of squared distances, relative, and of places along the axes, relative to the norm of
   * the query.
   */
  private static final double DISTANCE_SLACK = 1 + 1e-5;

  private static final double PLACE_SLACK = 1e-6;

  /** Below this, squares in single precision have few digits left. */
  private static final float LEAST_SLACK = 1e-36f;

  KdTree {
    int columns = center.length;
    Require.that(columns > 0 && order.length > 0 && axes.length > 0, "no points to search");
    Require.finite("the centre", center);
    Require.that(values.length == (long) order.length * columns, "points are missing");
    Require.that(places.length == (long) order.length * axes.length, "places are missing");
    Require.that(boxes.length == 2L * axes.length * nodes(order.length), "boxes are missing");
    for (double[] axis : axes) {
      Require.that(axis.length == columns, "an axis has another width");
    }
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
    double[][] axes = PrincipalAxes.of(matrix, ENOUGH_VARIANCE, MOST_AXES);
    float[] given = new float[Math.multiplyExact(points, columns)];
    float[] places = new float[points * axes.length];
    float[] point = new float[columns];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < columns; j++) {
        point[j] = Neighbors.single(matrix.get(i, j) - center[j]);
      }
      System.arraycopy(point, 0, given, i * columns, columns);
      project(axes, point, places, i * axes.length);
    }
    var builder =
        new KdTreeBuilder(places, axes.length, new float[2 * axes.length * nodes(points)]);
    builder.build();
    return new KdTree(
        center,
        axes,
        builder.order(),
        inOrder(given, columns, builder.order()),
        inOrder(places, axes.length, builder.order()),
        builder.boxes());
  }

  private static void project(double[][] axes, float[] point, float[] places, int at) {
    for (int a = 0; a < axes.length; a++) {
      double sum = 0;
      for (int j = 0; j < point.length; j++) {
        sum += axes[a][j] * point[j];
      }
      places[at + a] = (float) sum;
    }
  }

  private static float[] inOrder(float[] rows, int width, int[] order) {
    float[] sorted = new float[rows.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(rows, order[i] * width, sorted, i * width, width);
    }
    return sorted;
  }

  @Override
  public int points() {
    return order.length;
  }

  /** O(n): the tree holds its points in its own order. Meant for explanations. */
  @Override
  public float[] offsets(int point) {
    int at = 0;
    while (order[at] != point) {
      at++;
    }
    return Arrays.copyOfRange(values, at * center.length, (at + 1) * center.length);
  }

  /** Rows that fall into the same leaf, or neighbouring ones, follow each other. */
  @Override
  public int[] order(Matrix rows) {
    long[] keys = new long[rows.rows()];
    Parallel.blocks(
        keys.length,
        1024,
        (from, to) -> {
          var query = new Query(this, 1);
          for (int i = from; i < to; i++) {
            keys[i] = (long) new Search(query.around(rows.row(i))).leaf() << 32 | i;
          }
        });
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  @Override
  public void search(Query[] queries) {
    for (Query query : queries) {
      new Search(query).visit(0, 0, order.length);
    }
  }

  /** One search: the query's place along the axes, and how far along them a neighbour can be. */
  private final class Search {
    private final Query query;
    private final float[] place = new float[axes.length];
    private final double rounding;
    private float limit = Float.POSITIVE_INFINITY;
    private float reach = Float.POSITIVE_INFINITY;

    Search(Query query) {
      this.query = query;
      project(axes, query.values, place, 0);
      double norm = 0;
      for (float value : query.values) {
        norm += (double) value * value;
      }
      rounding = PLACE_SLACK * Math.sqrt(norm);
    }

    void visit(int node, int from, int to) {
      if (to - from <= LEAF) {
        scan(from, to);
        return;
      }
      int middle = (from + to) >>> 1;
      int left = 2 * node + 1;
      float toLeft = squaredToBox(left);
      float toRight = squaredToBox(left + 1);
      if (toLeft <= toRight) {
        visit(left, from, middle, toLeft);
        visit(left + 1, middle, to, toRight);
      } else {
        visit(left + 1, middle, to, toRight);
        visit(left, from, middle, toLeft);
      }
    }

    /** The leaf whose boxes are nearest on the way down. */
    int leaf() {
      int node = 0;
      for (int size = order.length; size > LEAF; size = (size + 1) / 2) {
        int left = 2 * node + 1;
        node = squaredToBox(left) <= squaredToBox(left + 1) ? left : left + 1;
      }
      return node;
    }

    private void visit(int node, int from, int to, float squared) {
      if (squared <= reach) {
        visit(node, from, to);
      }
    }

    private float squaredToBox(int node) {
      int width = place.length;
      int box = 2 * width * node;
      float sum = 0;
      for (int a = 0; a < width; a++) {
        float below = boxes[box + a] - place[a];
        float above = place[a] - boxes[box + width + a];
        float outside = Math.max(0, Math.max(below, above));
        sum += outside * outside;
      }
      return sum;
    }

    /** Four points at a time: their sums do not wait for each other. */
    private void scan(int from, int to) {
      int width = place.length;
      int i = from;
      for (; i + 4 <= to; i += 4) {
        int at = i * width;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int a = 0; a < width; a++, at++) {
          float p = place[a];
          float d0 = p - places[at];
          float d1 = p - places[at + width];
          float d2 = p - places[at + 2 * width];
          float d3 = p - places[at + 3 * width];
          s0 = Math.fma(d0, d0, s0);
          s1 = Math.fma(d1, d1, s1);
          s2 = Math.fma(d2, d2, s2);
          s3 = Math.fma(d3, d3, s3);
        }
        measure(i, s0);
        measure(i + 1, s1);
        measure(i + 2, s2);
        measure(i + 3, s3);
      }
      for (; i < to; i++) {
        float sum = 0;
        for (int a = 0, at = i * width; a < width; a++, at++) {
          float d = place[a] - places[at];
          sum = Math.fma(d, d, sum);
        }
        measure(i, sum);
      }
    }

    /** Measures the point in its columns, unless it is too far along the axes. */
    private void measure(int i, float alongAxes) {
      if (alongAxes <= reach) {
        query.consider(squaredTo(i), order[i]);
        if (query.nearest.limit() < limit) {
          shrink();
        }
      }
    }

    /** The squared distance, summed as {@link Kernels} does. */
    private float squaredTo(int i) {
      float[] q = query.values;
      float sum = 0;
      for (int j = 0, at = i * q.length; j < q.length; j++, at++) {
        float d = q[j] - values[at];
        sum = Math.fma(d, d, sum);
      }
      return sum;
    }

    private void shrink() {
      limit = query.nearest.limit();
      double farthest = Math.sqrt(limit) * DISTANCE_SLACK + rounding;
      reach = (float) (farthest * farthest * DISTANCE_SLACK) + LEAST_SLACK;
    }
  }
}
