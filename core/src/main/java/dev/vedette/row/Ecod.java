package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;

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
        base += tails[j].mean();
        contributions[j] = tails[j].surprise(row[j]) - tails[j].mean();
        normal[j] = tails[j].median();
      }
      return new Attribution(score, base, contributions, normal);
    }
  }
}
