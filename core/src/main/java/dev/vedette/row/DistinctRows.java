package dev.vedette.row;

import dev.vedette.data.Matrix;
import dev.vedette.math.Neighbors;
import java.util.Arrays;
import java.util.HashMap;

/**
 * The different rows of a matrix in order of first appearance, and how often each occurs. Rows are
 * compared as a neighbour search around the same centre sees them.
 *
 * @param which for each row of the matrix its number among the different ones
 */
record DistinctRows(Matrix rows, int[] counts, int[] which) {
  static DistinctRows of(Matrix matrix, double[] center) {
    var numbers = new HashMap<Key, Integer>();
    int[] which = new int[matrix.rows()];
    int[] first = new int[matrix.rows()];
    int[] counts = new int[matrix.rows()];
    for (int i = 0; i < which.length; i++) {
      int next = numbers.size();
      which[i] = numbers.computeIfAbsent(new Key(matrix.row(i), center), key -> next);
      first[which[i]] = which[i] == next ? i : first[which[i]];
      counts[which[i]]++;
    }
    int size = numbers.size();
    return new DistinctRows(
        matrix.select(Arrays.copyOf(first, size)), Arrays.copyOf(counts, size), which);
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
