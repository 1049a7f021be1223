package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Moments;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;

/**
 * Copula-based outliers: how improbable the tails are in which the values of a row lie, the longer
 * tail of a skewed column counted in full.
 *
 * <p>Score ≥ 0: the sum over the columns of the larger of (l + r) / 2 and the tail that the
 * skewness points to, where l and r are −ln of the share of training values at most and at least as
 * large: r for a column skewed to the right, l to the left, l + r for one that is not skewed. A
 * value outside everything seen has a share of 1/(n+1), so beyond the range the score does not
 * grow.
 *
 * <p>Column by column, as the authors' implementation has it; the paper takes the largest of three
 * sums over all columns. Unlike there, the distributions are those of the training rows alone, so a
 * row scores the same alone and in any batch. {@link Ecod} differs in that it takes the smaller
 * tail of each value.
 *
 * <p>Fit O(n·d·log n), row O(d·log n), memory O(distinct values). Blind to broken relations between
 * columns.
 *
 * <p>Li et al., "COPOD: Copula-Based Outlier Detection", ICDM 2020,
 * doi:10.1109/ICDM50108.2020.00135.
 */
public record Copod() implements RowDetector {
  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    Side[] sides = new Side[rows.columns()];
    Parallel.each(rows.columns(), j -> sides[j] = Side.of(rows.column(j)));
    return new Fitted(this, rows.rows(), sides);
  }

  /**
   * One column.
   *
   * @param tail the distribution of its values
   * @param skew −1, 0 or 1: which tail is the longer
   * @param usual mean surprise of the training values
   */
  record Side(Tail tail, int skew, double usual) {
    Side {
      Require.that(skew >= -1 && skew <= 1, "the skewness of a column is damaged");
      Require.that(usual >= 0 && usual < 100, "the usual surprise of a column is damaged");
    }

    static Side of(double[] values) {
      Tail tail = Tail.of(Quantiles.sorted(values));
      int skew = skew(values);
      var side = new Side(tail, skew, 0);
      double sum = 0;
      for (int i = 0; i < tail.values().length; i++) {
        int count = tail.atMost()[i] - (i == 0 ? 0 : tail.atMost()[i - 1]);
        sum += count * side.surprise(tail.values()[i]);
      }
      return new Side(tail, skew, sum / values.length);
    }

    /** The sign of the third moment; 0 where it is rounding. */
    private static int skew(double[] values) {
      double mean = Moments.mean(values);
      double deviation = Moments.deviation(values);
      double sum = 0;
      for (double value : values) {
        double z = deviation == 0 ? 0 : (value - mean) / deviation;
        sum += z * z * z;
      }
      double skewness = sum / values.length;
      return Math.abs(skewness) < 1e-12 ? 0 : (int) Math.signum(skewness);
    }

    double surprise(double value) {
      int place = tail.place(value);
      double left = tail.left(place, value);
      double right = tail.right(place);
      double pointed = skew == 0 ? left + right : skew > 0 ? right : left;
      return Math.max(pointed, (left + right) / 2);
    }
  }

  /**
   * A fitted {@link Copod}.
   *
   * @param rows it was fitted on
   * @param sides one per column
   */
  public record Fitted(Copod detector, int rows, Side[] sides) implements RowModel {
    public Fitted {
      Require.that(sides.length > 0, "at least one column");
      for (Side side : sides) {
        Require.that(side.tail.rows() == rows, "the columns have different numbers of rows");
      }
    }

    @Override
    public int columns() {
      return sides.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, sides.length, false);
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += sides[j].surprise(row[j]);
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
        base += sides[j].usual;
        contributions[j] = sides[j].surprise(row[j]) - sides[j].usual;
        normal[j] = sides[j].tail.median();
      }
      return new Attribution(score, base, contributions, normal);
    }
  }
}
