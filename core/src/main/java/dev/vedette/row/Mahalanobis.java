package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Covariance;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Robust Mahalanobis distance: how far a row is from the centre, given how the columns vary
 * together in the bulk of the rows.
 *
 * <p>Score ≥ 0: 0 is the centre. With {@code keep=1} and normally distributed columns the squared
 * score follows a χ² distribution with d degrees of freedom; a trimmed covariance is too small, so
 * scores are larger by a factor that is the same for all rows. Finds broken relations between
 * columns that no single column shows.
 *
 * <p>Centre and covariance come from the {@code keep} share of the rows that lie closest, found by
 * concentration steps from a fixed start, the columnwise robust distances, so there is no
 * randomness (after Hubert, Rousseeuw and Verdonck's deterministic MCD,
 * doi:10.1080/10618600.2012.672100; C-step: Rousseeuw and Van Driessen 1999,
 * doi:10.1080/00401706.1999.10485670). The covariance gets a small ridge, so that dependent columns
 * are no error.
 *
 * <p>Fit O(steps · n·d² + d³), row O(d²), memory O(d²). One centre only: clusters fool it.
 *
 * @param keep the share of the rows that shape centre and covariance, 0.5 (most robust) to 1
 *     (classical)
 */
public record Mahalanobis(double keep) implements RowDetector {
  private static final int MOST_STEPS = 20;

  /** Relative to the variance of a standardised column, which is 1. */
  private static final double RIDGE = 1e-6;

  /** A smaller variance of a standardised column among the kept rows is rounding. */
  private static final double CONSTANT = 1e-12;

  public Mahalanobis {
    Require.range("keep", keep, 0.5, 1);
  }

  /** Trims the farthest quarter of the rows. */
  public Mahalanobis() {
    this(0.75);
  }

  public Mahalanobis keep(double keep) {
    return new Mahalanobis(keep);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    var columnwise = new ZScore(true, Combine.MEAN).fit(rows);
    double[] unit = columnwise.unit();
    int size = Math.max(2, (int) Math.ceil(keep * rows.rows()));
    int[] kept = closest(columnwise.score(rows), size);
    Fitted fitted = estimate(rows, kept, unit);
    for (int step = 0; step < MOST_STEPS && size < rows.rows(); step++) {
      int[] next = closest(fitted.score(rows), size);
      if (Arrays.equals(next, kept)) {
        break;
      }
      kept = next;
      fitted = estimate(rows, kept, unit);
    }
    return fitted;
  }

  /** The indices of the {@code size} smallest distances, ascending; ties go to the earlier row. */
  static int[] closest(double[] distances, int size) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double limit = sorted[size - 1];
    int[] below = IntStream.range(0, distances.length).filter(i -> distances[i] < limit).toArray();
    int[] tied =
        IntStream.range(0, distances.length)
            .filter(i -> distances[i] == limit)
            .limit(size - below.length)
            .toArray();
    return IntStream.concat(Arrays.stream(below), Arrays.stream(tied)).sorted().toArray();
  }

  private Fitted estimate(Matrix rows, int[] kept, double[] unit) {
    int columns = unit.length;
    double[] center = Covariance.mean(rows, kept);
    double[] covariance = Covariance.of(rows, kept, center);
    var scaled = new DMatrixRMaj(columns, columns);
    for (int at = 0; at < covariance.length; at++) {
      int i = at / columns;
      int j = at % columns;
      double value = covariance[at] / (unit[i] * unit[j]);
      // Where all kept rows agree, as on whether a rare value is missing, the unit itself is the
      // scale.
      boolean constant = i == j && value < CONSTANT;
      scaled.data[at] = (constant ? 1 : value) + (i == j ? RIDGE : 0);
      if (!Double.isFinite(scaled.data[at])) {
        throw new DataException(
            "column '%s' has values too large to square; scale it first"
                .formatted(rows.names().get(i)));
      }
    }
    var inverse = new DMatrixRMaj(columns, columns);
    if (!CommonOps_DDRM.invertSPD(scaled, inverse)) {
      throw new DataException(
          "the covariance of the columns cannot be inverted; drop columns that follow from others");
    }
    double[][] precision = new double[columns][];
    for (int i = 0; i < columns; i++) {
      precision[i] = Arrays.copyOfRange(inverse.data, i * columns, (i + 1) * columns);
    }
    return new Fitted(this, center, unit, precision);
  }

  /**
   * A fitted {@link Mahalanobis}.
   *
   * @param center of the kept rows
   * @param unit of each column, more than 0
   * @param precision the inverse covariance of the columns in their units (columns × columns)
   */
  public record Fitted(Mahalanobis detector, double[] center, double[] unit, double[][] precision)
      implements RowModel {
    public Fitted {
      Require.that(center.length == unit.length && unit.length > 0, "one unit per column");
      Require.that(precision.length == unit.length, "the precision is not square");
      Require.finite("the centre", center);
      Require.finite("the unit", unit);
      for (int i = 0; i < unit.length; i++) {
        Require.that(precision[i].length == unit.length, "the precision is not square");
        Require.finite("the precision", precision[i]);
        Require.that(unit[i] > 0 && precision[i][i] > 0, "a column of the precision is damaged");
      }
    }

    @Override
    public int columns() {
      return center.length;
    }

    @Override
    public double score(double[] row) {
      return distance(standardise(row));
    }

    private double[] standardise(double[] row) {
      Require.row(row, center.length, false);
      double[] z = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        z[j] = Standard.clamp((row[j] - center[j]) / unit[j]);
      }
      return z;
    }

    private double distance(double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += z[i] * pull(i, z);
      }
      return Math.sqrt(Math.max(0, sum));
    }

    /** (P z)ᵢ: how strongly column i pulls the row away, given all the others. */
    private double pull(int i, double[] z) {
      double sum = 0;
      double[] precisions = precision[i];
      for (int j = 0; j < z.length; j++) {
        sum += precisions[j] * z[j];
      }
      return sum;
    }

    /**
     * The squared distance is Σ zᵢ (P z)ᵢ; dividing by the distance gives parts that sum to it.
     * Normal is what the other columns predict: the conditional mean.
     */
    @Override
    public Attribution attribute(double[] row) {
      double[] z = standardise(row);
      double score = distance(z);
      double[] contributions = new double[row.length];
      double[] normal = new double[row.length];
      for (int i = 0; i < row.length; i++) {
        double pull = pull(i, z);
        contributions[i] = score == 0 ? 0 : z[i] * (pull / score);
        normal[i] = row[i] - unit[i] * pull / precision[i][i];
      }
      return new Attribution(score, 0, contributions, normal);
    }
  }
}
