package dev.vedette.report;

import dev.vedette.data.Column;
import dev.vedette.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is rare about a row, column by column and whatever any model says: the share of rows with a
 * value at least as far out, or with the same name.
 */
final class Oddities {
  private static final double RARE = 0.25;
  private static final int FEWEST = 2;

  private final Table table;
  private final List<Rarity> columns = new ArrayList<>();

  /** The rarity of the value of a row in one column, from 0 (rarest) to 1. */
  private interface Rarity {
    double of(int row);
  }

  /** A column of the table, by number, and how rare the value of a row is there. */
  record Oddity(int column, double share) {}

  /** O(rows · log rows) for each column. */
  Oddities(Table table) {
    this.table = table;
    table.columns().forEach(column -> columns.add(rarity(column)));
  }

  /** The columns in which {@code row} is rarest, the rarest first; common values are left out. */
  List<Oddity> of(int row, int most) {
    var all = new ArrayList<Oddity>();
    for (int j = 0; j < columns.size(); j++) {
      all.add(new Oddity(j, columns.get(j).of(row)));
    }
    all.sort(Comparator.comparingDouble(Oddity::share).thenComparingInt(Oddity::column));
    int rare = FEWEST;
    while (rare < all.size() && all.get(rare).share <= RARE) {
      rare++;
    }
    return List.copyOf(all.subList(0, Math.min(Math.min(most, rare), all.size())));
  }

  private Rarity rarity(Column column) {
    double rows = table.rows();
    double missing = 0;
    for (int i = 0; i < table.rows(); i++) {
      missing += column.isMissing(i) ? 1 : 0;
    }
    double lacking = missing / rows;
    Rarity present =
        switch (column) {
          case Column.Categorical names -> {
            int[] counts = new int[names.levels().size()];
            for (int i = 0; i < table.rows(); i++) {
              if (!names.isMissing(i)) {
                counts[names.code(i)]++;
              }
            }
            yield row -> counts[names.code(row)] / rows;
          }
          case Column.Numeric numbers -> {
            double[] sorted = sorted(numbers);
            yield row -> tail(sorted, numbers.value(row)) / rows;
          }
          case Column.Time times -> row -> 1; // later rows are not odd for being late
        };
    return row -> column.isMissing(row) ? lacking : present.of(row);
  }

  private static double[] sorted(Column.Numeric numbers) {
    double[] values = new double[numbers.rows()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!numbers.isMissing(i)) {
        values[count++] = numbers.value(i);
      }
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many values lie at least as far out as {@code value}, on the side where that is fewer. */
  private static int tail(double[] sorted, double value) {
    int atMost = below(sorted, Math.nextUp(value));
    int atLeast = sorted.length - below(sorted, value);
    return Math.min(atMost, atLeast);
  }

  /** How many values are less than {@code value}. */
  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
