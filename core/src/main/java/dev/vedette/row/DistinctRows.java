package dev.vedette.row;

import dev.vedette.data.Matrix;
import dev.vedette.math.Neighbors;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * The different rows of a matrix in order of first appearance, and how often each occurs. Rows are
 * compared as a neighbour search around the same centre sees them.
 */
record DistinctRows(Matrix rows, int[] counts) {
  static DistinctRows of(Matrix matrix, double[] center) {
    var seen = new LinkedHashMap<Key, int[]>();
    for (int i = 0; i < matrix.rows(); i++) {
      int index = i;
      seen.computeIfAbsent(new Key(matrix.row(i), center), key -> new int[] {index, 0})[1]++;
    }
    int[] first = seen.values().stream().mapToInt(entry -> entry[0]).toArray();
    int[] counts = seen.values().stream().mapToInt(entry -> entry[1]).toArray();
    return new DistinctRows(matrix.select(first), counts);
  }

  private record Key(double[] row, int hash) {
    Key(double[] row, double[] center) {
      this(normalise(row, center), Arrays.hashCode(row));
    }

    private static double[] normalise(double[] row, double[] center) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Neighbors.single(row[j] - center[j]) + 0.0f; // no −0
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
