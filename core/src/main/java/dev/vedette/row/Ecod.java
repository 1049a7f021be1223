package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * Empirical cumulative distributions: how improbable the tail is in which each value of a row lies.
 *
 * <p>Score ≥ 0: the sum over the columns of −ln p, with p the share of training values at least as
 * far out, in the smaller of the two tails. A row of medians scores d·ln 2. A value outside
 * everything seen has p = 1/(n+1), so beyond the range the score does not grow.
 *
 * <p>Both tails count, column by column, as the authors' implementation has it (the paper's Eq. 6
 * picks one tail for all columns). The distributions are those of the training rows alone, so a row
 * scores the same alone and in any batch.
 *
 * <p>Fit O(n·d·log n), row O(d·log n), memory O(distinct values). Blind to broken relations between
 * columns.
 *
 * <p>Li et al., "ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution
 * Functions", TKDE 2022, doi:10.1109/TKDE.2022.3159580.
 */
public record Ecod() implements RowDetector {
  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    Tail[] tails = new Tail[rows.columns()];
    Parallel.each(rows.columns(), j -> tails[j] = Tail.of(Quantiles.sorted(rows.column(j))));
    return new Fitted(this, rows.rows(), tails);
  }

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
      int at = firstNotBelow(value);
      int below = at == 0 ? 0 : atMost[at - 1];
      int notAbove = at < values.length && values[at] == value ? atMost[at] : below;
      int rarer = Math.min(notAbove, rows() - below);
      return rarer == 0 ? Math.log(rows() + 1.0) : -Math.log((double) rarer / rows());
    }

    private int firstNotBelow(double value) {
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

  /**
   * A fitted {@link Ecod}.
   *
   * @param rows it was fitted on
   * @param tails one per column
   */
  public record Fitted(Ecod detector, int rows, Tail[] tails) implements RowModel {
    public Fitted {
      Require.that(tails.length > 0, "at least one column");
      for (Tail tail : tails) {
        Require.that(tail.rows() == rows, "the columns have different numbers of rows");
      }
    }

    @Override
    public int columns() {
      return tails.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, tails.length, false);
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += tails[j].surprise(row[j]);
      }
      return sum;
    }

    /** The base is the mean score of the training rows; in a sum these are the Shapley values. */
    @Override
    public Attribution attribute(double[] row) {
      double score = score(row);
      double base = 0;
      double[] contributions = new double[row.length];
      double[] normal = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        base += tails[j].mean;
        contributions[j] = tails[j].surprise(row[j]) - tails[j].mean;
        normal[j] = tails[j].median();
      }
      return new Attribution(score, base, contributions, normal);
    }
  }
}
