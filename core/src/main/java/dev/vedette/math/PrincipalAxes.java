package dev.vedette.math;

import dev.vedette.data.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** The directions in which rows vary most: the eigenvectors of their covariance. */
final class PrincipalAxes {
  /** Rows looked at; directions need no more. */
  private static final int MOST_ROWS = 8192;

  private PrincipalAxes() {}

  /**
   * Orthonormal directions in the order of falling variance, as few as hold {@code share} of it, at
   * least one and at most {@code most} (directions × columns).
   */
  static double[][] of(Matrix matrix, double share, int most) {
    int step = (matrix.rows() + MOST_ROWS - 1) / MOST_ROWS;
    int[] rows = IntStream.iterate(0, i -> i < matrix.rows(), i -> i + step).toArray();
    int columns = matrix.columns();
    double[] mean = Covariance.mean(matrix, rows);
    var covariance = DMatrixRMaj.wrap(columns, columns, Covariance.of(matrix, rows, mean));
    var eigen = DecompositionFactory_DDRM.eig(columns, true, true);
    if (!eigen.decompose(covariance)) {
      return unit(columns);
    }
    double[] variance = new double[columns];
    double total = 0;
    for (int i = 0; i < columns; i++) {
      variance[i] = Math.max(0, eigen.getEigenvalue(i).getReal());
      total += variance[i];
    }
    List<Integer> order =
        IntStream.range(0, columns)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -variance[i]))
            .toList();
    var axes = new ArrayList<double[]>();
    double held = 0;
    for (int i : order) {
      if (!axes.isEmpty() && (axes.size() == most || held >= share * total)) {
        break;
      }
      axes.add(eigen.getEigenVector(i).data.clone());
      held += variance[i];
    }
    return axes.toArray(double[][]::new);
  }

  private static double[][] unit(int columns) {
    double[][] axes = new double[1][columns];
    axes[0][0] = 1;
    return axes;
  }
}
