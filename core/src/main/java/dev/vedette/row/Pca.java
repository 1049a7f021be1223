package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Covariance;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Principal components: how long a row is when the main directions of variation do not count, or
 * count by how much the rows vary along them.
 *
 * <p>Score ≥ 0, a squared length in standardised columns. {@link Measure#WEIGHTED}: 0 is the
 * centre, and a step counts the less the more the rows vary in its direction, so what breaks the
 * relations between columns counts in full, and what is far out along a main direction too.
 * Unrelated columns give a mean of d. {@link Measure#RESIDUAL}: 0 lies in the space of the
 * components, so a row far out along a main direction is not found; d minus the number of
 * components is about the mean where the columns are unrelated.
 *
 * <p>Fit O(n·d² + d³), row O(components · d). A single anomaly that is extreme enough becomes a
 * main direction. Relations that leave hardly any variance are the business of {@link Mahalanobis},
 * which divides by that little.
 *
 * <p>Shyu et al., "A Novel Anomaly Detection Scheme Based on Principal Component Classifier", ICDM
 * 2003 (both ends of the spectrum, each divided by its eigenvalue); Tipping and Bishop 1999,
 * doi:10.1111/1467-9868.00196 (main directions and one noise for all others); Kaiser 1960,
 * doi:10.1177/001316446002000116 (an eigenvalue of 1 is that of a single column); Jackson and
 * Mudholkar 1979, doi:10.1080/00401706.1979.10489779 (the Q statistic, which is the residual).
 *
 * @param components 1 or more: how many main directions; below 1: as many as explain that share of
 *     the variance. At least one direction is always left over
 * @param measure what becomes of the main directions
 */
public record Pca(double components, Measure measure) implements RowDetector {
  /** What becomes of the main directions. */
  public enum Measure {
    /**
     * A squared step along them is divided by the variance there, where that is more than 1, the
     * variance of a single column. Elsewhere it counts as it is, as dividing by a smaller variance
     * would make much of rounding and repeated values.
     */
    WEIGHTED,
    /** They are taken out: what is left is what they cannot reproduce. */
    RESIDUAL
  }

  public Pca {
    Require.range("components", components, 0.01, 10_000);
    Require.that(
        components < 1 || components == Math.rint(components),
        "components must be a share below 1 or a whole number, is " + components);
  }

  /** Weighted, as many components as explain 90 % of the variance. */
  public Pca() {
    this(0.9, Measure.WEIGHTED);
  }

  public Pca components(double components) {
    return new Pca(components, measure);
  }

  public Pca measure(Measure measure) {
    return new Pca(components, measure);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    int columns = rows.columns();
    int[] all = IntStream.range(0, rows.rows()).toArray();
    double[] mean = Covariance.mean(rows, all);
    double[] covariance = Covariance.of(rows, all, mean);
    double[] unit = new double[columns];
    for (int j = 0; j < columns; j++) {
      unit[j] = Combine.unit(Math.sqrt(covariance[j * columns + j]));
    }
    var correlation = new DMatrixRMaj(columns, columns);
    for (int at = 0; at < covariance.length; at++) {
      double value = covariance[at] / (unit[at / columns] * unit[at % columns]);
      if (!Double.isFinite(value)) {
        throw new DataException(
            "column '%s' has values too large to square; scale it first"
                .formatted(rows.names().get(at / columns)));
      }
      correlation.data[at] = value;
    }
    return fitted(mean, unit, correlation);
  }

  private Fitted fitted(double[] mean, double[] unit, DMatrixRMaj correlation) {
    int columns = correlation.numRows;
    var eigen = DecompositionFactory_DDRM.eig(columns, true, true);
    if (!eigen.decompose(correlation)) {
      throw new DataException("the columns' correlations have no eigenvectors that can be found");
    }
    int[] order =
        IntStream.range(0, columns)
            .boxed()
            .sorted(
                (a, b) ->
                    Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double total = 0;
    for (int i : order) {
      total += Math.max(0, eigen.getEigenvalue(i).getReal());
    }
    int count = 0;
    double explained = 0;
    while (count < columns - 1
        && (components >= 1 ? count < components : explained < components * total)) {
      explained += Math.max(0, eigen.getEigenvalue(order[count]).getReal());
      count++;
    }
    double[][] directions = new double[count][];
    double[] removed = new double[count];
    for (int c = 0; c < count; c++) {
      directions[c] = eigen.getEigenVector(order[c]).data.clone();
      removed[c] = removed(eigen.getEigenvalue(order[c]).getReal());
    }
    return new Fitted(this, mean, unit, directions, removed);
  }

  /** Of a step along a direction with this variance. */
  private double removed(double variance) {
    return switch (measure) {
      case WEIGHTED -> 1 - 1 / Math.sqrt(Math.max(1, variance));
      case RESIDUAL -> 1;
    };
  }

  /**
   * A fitted {@link Pca}.
   *
   * @param mean of each column
   * @param unit the standard deviation of each column, more than 0
   * @param directions the components, unit vectors over the standardised columns (components ×
   *     columns)
   * @param removed for each component the share of a step along it that does not count, 0 to 1; all
   *     of it where absent, as in files from before there was a choice
   */
  public record Fitted(
      Pca detector,
      double[] mean,
      double[] unit,
      double[][] directions,
      double @Nullable [] removed)
      implements RowModel {
    public Fitted {
      if (removed == null) {
        detector = detector.measure(Measure.RESIDUAL);
        removed = new double[directions.length];
        Arrays.fill(removed, 1);
      }
      Require.that(removed.length == directions.length, "one share removed per direction");
      for (double share : removed) {
        Require.that(share >= 0 && share <= 1, "a share removed is not from 0 to 1");
      }
      Require.that(mean.length == unit.length && unit.length > 0, "one unit per column");
      Require.finite("the mean", mean);
      Require.finite("the unit", unit);
      for (double value : unit) {
        Require.that(value > 0, "a unit is not positive");
      }
      for (double[] direction : directions) {
        Require.that(direction.length == mean.length, "a direction has another width");
        Require.finite("a direction", direction);
      }
    }

    @Override
    public int columns() {
      return mean.length;
    }

    @Override
    public double score(double[] row) {
      double sum = 0;
      for (double part : counted(standardised(row))) {
        sum += part * part;
      }
      return sum;
    }

    /**
     * With Q z what counts of the standardised row z, Q being symmetric, the score |Q z|² is also
     * zᵀQ² z = Σ zⱼ(Q² z)ⱼ, which does not smear a fault in one column over the others as the
     * squares of Q z do (partial decomposition, Alcala and Qin 2011,
     * doi:10.1016/j.jprocont.2010.10.005). Normal is the value that would give the least score, the
     * other columns being as they are.
     */
    @Override
    public Attribution attribute(double[] row) {
      double[] z = standardised(row);
      double[] once = counted(z);
      double[] twice = counted(once);
      double[] contributions = new double[row.length];
      double[] normal = new double[row.length];
      double score = 0;
      for (int j = 0; j < row.length; j++) {
        contributions[j] = z[j] * twice[j];
        normal[j] = row[j] - unit[j] * twice[j] / Math.max(left(j), 1e-3);
        score += once[j] * once[j];
      }
      return new Attribution(score, 0, contributions, normal);
    }

    /** Q²ⱼⱼ: how much of a step in column j alone counts. */
    private double left(int j) {
      double left = 1;
      for (int c = 0; c < directions.length; c++) {
        double kept = 1 - removed(c);
        left -= directions[c][j] * directions[c][j] * (1 - kept * kept);
      }
      return left;
    }

    /** Which share of a step along component {@code c} does not count. */
    public double removed(int c) {
      return Objects.requireNonNull(removed)[c];
    }

    private double[] standardised(double[] row) {
      Require.row(row, mean.length, false);
      double[] z = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        z[j] = Standard.clamp((row[j] - mean[j]) / unit[j]);
      }
      return z;
    }

    /** Q z: {@code z} less the removed share of each component. */
    private double[] counted(double[] z) {
      double[] left = z.clone();
      for (int c = 0; c < directions.length; c++) { // orthogonal, so one after the other
        double[] direction = directions[c];
        double projection = 0;
        for (int j = 0; j < left.length; j++) {
          projection += direction[j] * left[j];
        }
        projection *= removed(c);
        for (int j = 0; j < left.length; j++) {
          left[j] -= projection * direction[j];
        }
      }
      return left;
    }
  }
}
