package dev.vedette.math;

import java.util.Arrays;

/**
 * Orders points and measures the boxes of a {@link KdTree}: each node is halved along the longest
 * side of its box.
 */
final class KdTreeBuilder {
  private final float[] places;
  private final int axes;
  private final float[] boxes;
  private final int[] order;

  /**
   * @param places of the points along the axes, row-major
   * @param boxes to be filled, per node the smallest and then the largest place along each axis
   */
  KdTreeBuilder(float[] places, int axes, float[] boxes) {
    this.places = places;
    this.axes = axes;
    this.boxes = boxes;
    order = new int[places.length / axes];
    Arrays.setAll(order, i -> i);
  }

  int[] order() {
    return order;
  }

  float[] boxes() {
    return boxes;
  }

  void build() {
    build(0, 0, order.length);
  }

  private void build(int node, int from, int to) {
    int box = 2 * axes * node;
    Arrays.fill(boxes, box, box + axes, Float.POSITIVE_INFINITY);
    Arrays.fill(boxes, box + axes, box + 2 * axes, Float.NEGATIVE_INFINITY);
    for (int i = from; i < to; i++) {
      for (int a = 0; a < axes; a++) {
        float place = places[order[i] * axes + a];
        boxes[box + a] = Math.min(boxes[box + a], place);
        boxes[box + axes + a] = Math.max(boxes[box + axes + a], place);
      }
    }
    if (to - from <= KdTree.LEAF) {
      return;
    }
    int middle = (from + to) >>> 1;
    select(from, to - 1, middle, longest(box));
    build(2 * node + 1, from, middle);
    build(2 * node + 2, middle, to);
  }

  private int longest(int box) {
    int longest = 0;
    float length = -1;
    for (int a = 0; a < axes; a++) {
      float candidate = boxes[box + axes + a] - boxes[box + a];
      if (candidate > length) {
        length = candidate;
        longest = a;
      }
    }
    return longest;
  }

  /**
   * Hoare's quickselect: afterwards the points before {@code middle} are not farther along {@code
   * axis}.
   */
  private void select(int first, int last, int middle, int axis) {
    int low = first;
    int high = last;
    while (low < high) {
      float pivot = key((low + high) >>> 1, axis);
      int i = low;
      int j = high;
      while (i <= j) {
        while (key(i, axis) < pivot) {
          i++;
        }
        while (key(j, axis) > pivot) {
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

  private float key(int i, int axis) {
    return places[order[i] * axes + axis];
  }
}
