package dev.vedette.row;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * The distinct values of one column in ascending order, and for each how many training values are
 * at most that large.
 *
 * @param every every {@value #STRIDE}th of the values: a search that starts in this small array
 *     finds the right stretch of the large one without waiting for memory at each step
 * @param mean surprise of the training values
 */
record Tail(double[] values, int[] atMost, double[] every, double mean) {
  private static final int STRIDE = 64;

  Tail {
    Require.that(values.length == atMost.length && values.length > 0, "a count per value");
    for (int i = 0; i < values.length; i++) {
      boolean rising = i == 0 || (values[i - 1] < values[i] && atMost[i - 1] < atMost[i]);
      Require.that(rising && atMost[i] > 0, "the values of a column are not in order");
    }
    Require.that(Arrays.equals(every, every(values)), "the index of a column is damaged");
    Require.that(mean >= 0 && mean < 100, "the mean surprise of a column is damaged");
  }

  private static double[] every(double[] values) {
    double[] every = new double[(values.length + STRIDE - 1) / STRIDE];
    Arrays.setAll(every, i -> values[i * STRIDE]);
    return every;
  }

  static Tail of(double[] sorted) {
    double[] values = new double[sorted.length];
    int[] atMost = new int[sorted.length];
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      double value = sorted[i] + 0.0; // no −0
      if (distinct == 0 || value != values[distinct - 1]) {
        values[distinct++] = value;
      }
      atMost[distinct - 1] = i + 1;
    }
    values = Arrays.copyOf(values, distinct);
    atMost = Arrays.copyOf(atMost, distinct);
    double sum = 0;
    for (int i = 0; i < distinct; i++) {
      int below = i == 0 ? 0 : atMost[i - 1];
      int rarer = Math.min(atMost[i], sorted.length - below);
      sum += (atMost[i] - below) * -Math.log((double) rarer / sorted.length);
    }
    return new Tail(values, atMost, every(values), Math.max(0, sum / sorted.length));
  }

  int rows() {
    return atMost[atMost.length - 1];
  }

  /** −ln of the smaller share of training values at least as far out as {@code value}. */
  double surprise(double value) {
    int place = place(value);
    return surprise(Math.min(notAbove(place, value), notBelow(place)));
  }

  /** −ln of the share of training values at most {@code value}, whose place is given. */
  double left(int place, double value) {
    return surprise(notAbove(place, value));
  }

  /** −ln of the share of training values at least as large as the value of that place. */
  double right(int place) {
    return surprise(notBelow(place));
  }

  /** A share of none counts as one row of one more. */
  private double surprise(int count) {
    return count == 0 ? Math.log(rows() + 1.0) : -Math.log((double) count / rows());
  }

  private int notAbove(int place, double value) {
    return place < values.length && values[place] == value ? atMost[place] : below(place);
  }

  private int notBelow(int place) {
    return rows() - below(place);
  }

  private int below(int place) {
    return place == 0 ? 0 : atMost[place - 1];
  }

  /** The number of distinct values below {@code value}: where it is or would be. */
  int place(double value) {
    int stretch = search(every, 0, every.length, value);
    int from = Math.max(0, (stretch - 1) * STRIDE);
    return search(values, from, Math.min(values.length, stretch * STRIDE), value);
  }

  private static int search(double[] ascending, int from, int to, double value) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double median() {
    int i = 0;
    while (2L * atMost[i] < rows()) {
      i++;
    }
    return values[i];
  }
}
