package dev.vedette.math;

import java.util.Arrays;

/**
 * The nearest points found so far, in ascending order of squared distance; ties go to the lower
 * index, so that the result does not depend on the order of the search. For small k: an insertion
 * costs O(k).
 */
public final class Nearest {
  private final float[] squared;
  private final int[] index;
  private int size;

  public Nearest(int k) {
    squared = new float[k];
    index = new int[k];
    clear();
  }

  /** Forgets all points. */
  public void clear() {
    size = 0;
    Arrays.fill(squared, Float.POSITIVE_INFINITY);
  }

  /** The number of points found, at most k. */
  public int size() {
    return size;
  }

  /** The squared distance of the point at {@code rank} (0 is the nearest). */
  public float squared(int rank) {
    return squared[rank];
  }

  /** The index of the point at {@code rank} (0 is the nearest). */
  public int index(int rank) {
    return index[rank];
  }

  /** A point farther than this cannot get in; infinite until k points were found. */
  public float limit() {
    return squared[squared.length - 1];
  }

  /** Offers a point at a squared distance of at most {@link #limit()}. */
  void offer(float distance, int point) {
    int last = squared.length - 1;
    if (size > last && distance == squared[last] && point > index[last]) {
      return;
    }
    int at = Math.min(size, last);
    while (at > 0
        && (distance < squared[at - 1] || (distance == squared[at - 1] && point < index[at - 1]))) {
      squared[at] = squared[at - 1];
      index[at] = index[at - 1];
      at--;
    }
    squared[at] = distance;
    index[at] = point;
    size = Math.min(size + 1, squared.length);
  }
}
