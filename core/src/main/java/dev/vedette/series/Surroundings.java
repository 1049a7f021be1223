package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * What a moving window knows: the last values of the history, and how far values usually are from
 * the middle of their neighbours.
 *
 * @param grid the slots of times
 * @param slots of the history
 * @param tail the last values of the history, by slots
 * @param middle the middle of the history, for points without neighbours
 * @param spread of the differences
 */
record Surroundings(Grid grid, int slots, double[] tail, double middle, double spread) {
  private static final int FEWEST = 3;

  Surroundings {
    Require.that(tail.length <= slots, "the tail is longer than the history");
    Require.finite("the spread", new double[] {middle, spread});
    Require.that(spread >= 0, "the spread is negative");
  }

  static Surroundings of(Series history, int window, boolean median) {
    history.requireUsable(1, true);
    Outlook.requirePoints(history, FEWEST);
    Grid grid = Grid.of(history);
    double[] values = Grid.values(history, grid.slots(history));
    double middle = Quantiles.median(values);
    double[] off = around(values, window, median, Double.isNaN(middle) ? 0 : middle);
    for (int i = 0; i < off.length; i++) {
      off[i] = values[i] - off[i];
    }
    int n = values.length;
    double[] tail = Arrays.copyOfRange(values, Math.max(0, n - window), n);
    return new Surroundings(grid, n, tail, Double.isNaN(middle) ? 0 : middle, Spread.of(off));
  }

  Reading readTraining(Series history, int window, boolean median) {
    history.requireUsable(1, true);
    long[] slots = grid.slots(history);
    double[] values = Grid.values(history, slots);
    double[] expected = Grid.at(around(values, window, median, middle), slots);
    return Parts.trend(expected).band(history, spread);
  }

  Reading read(Series later, int window, boolean median) {
    later.requireUsable(1, true);
    if (later.points() == 0) {
      return Parts.trend(new double[0]).band(later, spread);
    }
    long[] places = grid.slots(later);
    double[] own = Grid.values(later, places);
    double[] values = new double[tail.length + own.length];
    Arrays.fill(values, Double.NaN);
    System.arraycopy(own, 0, values, tail.length, own.length);
    long gap = places[0] - slots;
    for (int j = 0; j < tail.length && gap >= 0; j++) {
      long at = j - gap;
      if (at >= 0) {
        values[(int) at] = tail[j];
      }
    }
    double[] around = around(values, window, median, middle);
    double[] expected = Grid.at(Arrays.copyOfRange(around, tail.length, around.length), places);
    return Parts.trend(expected).band(later, spread);
  }

  /** The mean or median of the neighbours of each value, itself left out. */
  static double[] around(double[] values, int window, boolean median, double otherwise) {
    int half = window / 2;
    double[] around = new double[values.length];
    var near = new SortedWindow(2 * half + 2);
    for (int i = 0; i < Math.min(half, values.length); i++) {
      near.add(values[i]);
    }
    for (int i = 0; i < values.length; i++) {
      if (i + half < values.length) {
        near.add(values[i + half]);
      }
      if (i - half - 1 >= 0) {
        near.remove(values[i - half - 1]);
      }
      double value = median ? near.medianWithout(values[i]) : near.meanWithout(values[i]);
      around[i] = Double.isNaN(value) ? otherwise : value;
    }
    return around;
  }
}
