package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Covariance;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Principal components: the part of a row that the main directions of variation cannot reproduce.
 *
 * <p>Score ≥ 0: the squared reconstruction error in standardised columns. 0 lies in the space of
 * the components; d minus the number of components is about the mean where the columns are
 * unrelated.
 *
 * <p>Fit O(n·d² + d³), row O(components · d). A row far out along a main direction is reproduced
 * well and so not found; a single anomaly that is extreme enough becomes a main direction.
 *
 * <p>Shyu et al., "A Novel Anomaly Detection Scheme Based on Principal Component Classifier", ICDM
 * 2003 (minor components); Jackson and Mudholkar, "Control Procedures for Residuals Associated with
 * Principal Component Analysis", 1979, doi:10.1080/00401706.1979.10489779 (the Q statistic).
 *
 * @param components 1 or more: how many; below 1: as many as explain that share of the variance. At
 *     least one direction is always left for the error
 */
public record Pca(double components) implements RowDetector {
  public Pca {
    Require.range("components", components, 0.01, 10_000);
    Require.that(
        components < 1 || components == Math.rint(components),
        "components must be a share below 1 or a whole number, is " + components);
  }

  /** As many components as explain 90 % of the variance. */
  public Pca() {
    this(0.9);
  }

  public Pca components(double components) {
    return new Pca(components);
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
    return new Fitted(this, mean, unit, directions(correlation));
  }

  private double[][] directions(DMatrixRMaj correlation) {
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
    for (int c = 0; c < count; c++) {
      directions[c] = eigen.getEigenVector(order[c]).data.clone();
    }
    return directions;
  }

  /**
   * A fitted {@link Pca}.
   *
   * @param mean of each column
   * @param unit the standard deviation of each column, more than 0
   * @param directions the components, unit vectors over the standardised columns (components ×
   *     columns)
   */
  public record Fitted(Pca detector, double[] mean, double[] unit, double[][] directions)
      implements RowModel {
    public Fitted {
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
      for (double error : errors(row)) {
        sum += error * error;
      }
      return sum;
    }

    /**
     * With e = M z what the projection M leaves of the standardised row z, the score eᵀe is also
     * zᵀM z = Σ zⱼeⱼ, which does not smear a fault in one column over the others as the squares eⱼ²
     * do (partial decomposition, Alcala and Qin 2011, doi:10.1016/j.jprocont.2010.10.005). Normal
     * is the value that would leave the least error, the other columns being as they are.
     */
    @Override
    public Attribution attribute(double[] row) {
      double[] errors = errors(row);
      double[] contributions = new double[row.length];
      double[] normal = new double[row.length];
      double score = 0;
      for (int j = 0; j < row.length; j++) {
        contributions[j] = standardise(row, j) * errors[j];
        normal[j] = row[j] - unit[j] * errors[j] / Math.max(left(j), 1e-3);
        score += errors[j] * errors[j];
      }
      return new Attribution(score, 0, contributions, normal);
    }

    /** Mⱼⱼ: how much of column j by itself the components do not reproduce. */
    private double left(int j) {
      double left = 1;
      for (double[] direction : directions) {
        left -= direction[j] * direction[j];
      }
      return left;
    }

    private double standardise(double[] row, int j) {
      return Standard.clamp((row[j] - mean[j]) / unit[j]);
    }

    /** What is left of each standardised column after the components. */
    private double[] errors(double[] row) {
      Require.row(row, mean.length, false);
      double[] errors = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        errors[j] = standardise(row, j);
      }
      for (double[] direction : directions) { // the directions are orthogonal: one after the other
        double projection = 0;
        for (int j = 0; j < row.length; j++) {
          projection += direction[j] * errors[j];
        }
        for (int j = 0; j < row.length; j++) {
          errors[j] -= projection * direction[j];
        }
      }
      return errors;
    }
  }
}
