package dev.vedette.row;

import dev.vedette.data.Matrix;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * The different rows of a matrix in order of first appearance, and how often each occurs. Rows are
 * compared in single precision, as the neighbour search sees them.
 */
record DistinctRows(Matrix rows, int[] counts) {
  static DistinctRows of(Matrix matrix) {
    var seen = new LinkedHashMap<Key, int[]>();
    for (int i = 0; i < matrix.rows(); i++) {
      int index = i;
      seen.computeIfAbsent(new Key(matrix.row(i)), key -> new int[] {index, 0})[1]++;
    }
    int[] first = seen.values().stream().mapToInt(entry -> entry[0]).toArray();
    int[] counts = seen.values().stream().mapToInt(entry -> entry[1]).toArray();
    return new DistinctRows(matrix.select(first), counts);
  }

  private record Key(double[] row, int hash) {
    Key(double[] row) {
      this(normalise(row), Arrays.hashCode(row));
    }

    private static double[] normalise(double[] row) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) row[j] + 0.0f; // no −0
      }
      return row;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(row, that.row);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
