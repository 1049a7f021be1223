package dev.vedette.row;

import dev.vedette.math.Exponential;
import dev.vedette.math.Kernels;
import java.util.Arrays;

/**
 * Rows in single precision, column by column, and what a kernel says of them: one row of the kernel
 * matrix at a time. Every value depends on its two rows only and is the same in either order.
 *
 * @param kernel with γ
 * @param unit kernel values are divided by this, more than 0
 * @param columns for each column the values of all rows (columns × rows)
 */
record KernelRows(SvmKernel kernel, double unit, float[][] columns) {
  private static final Kernels KERNELS = Kernels.best();

  /** In units of the mean kernel value of a row with itself, 1 for RBF. */
  static KernelRows inOwnUnit(SvmKernel kernel, float[][] columns) {
    if (kernel.kernel() == SvmKernel.Shape.RBF) {
      return new KernelRows(kernel, 1, columns);
    }
    var raw = new KernelRows(kernel, 1, columns);
    double sum = 0;
    for (int i = 0; i < raw.size(); i++) {
      sum += raw.self(i);
    }
    double mean = sum / raw.size();
    return new KernelRows(kernel, mean > 0 ? mean : 1, columns);
  }

  int size() {
    return columns[0].length;
  }

  /** The rows at {@code positions}, in that order. */
  KernelRows select(int[] positions) {
    float[][] selected = new float[columns.length][positions.length];
    for (int j = 0; j < columns.length; j++) {
      gather(columns[j], positions, selected[j]);
    }
    return new KernelRows(kernel, unit, selected);
  }

  static void gather(float[] from, int[] positions, float[] into) {
    for (int p = 0; p < positions.length; p++) {
      into[p] = from[positions[p]];
    }
  }

  float[] row(int i) {
    float[] row = new float[columns.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = columns[j][i];
    }
    return row;
  }

  /** The kernel of row {@code i} with itself. */
  double self(int i) {
    if (kernel.kernel() == SvmKernel.Shape.RBF) {
      return 1;
    }
    float dot = 0; // in the order in which a whole row of products is summed
    for (float[] column : columns) {
      dot = Math.fma(column[i], column[i], dot);
    }
    return power(dot);
  }

  /** The kernel of {@code query} with every row. */
  void row(float[] query, float[] into) {
    if (kernel.kernel() == SvmKernel.Shape.RBF) {
      KERNELS.squaredDistances(query, columns, 0, into);
      Exponential.ofNegative(into, -kernel.gamma());
      return;
    }
    dots(query, into);
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) power(into[i]);
    }
  }

  /**
   * Σ wᵢ k(query, row i), in double precision from the squared distances or products on.
   *
   * @param buffer one entry per row, overwritten
   */
  double sum(float[] query, double[] weights, float[] buffer) {
    if (kernel.kernel() == SvmKernel.Shape.RBF) {
      row(query, buffer);
    } else {
      dots(query, buffer);
    }
    double even = 0; // four chains of additions instead of one that waits for itself
    double odd = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 4 <= buffer.length; i += 4) {
      even += weights[i] * value(buffer[i]);
      odd += weights[i + 1] * value(buffer[i + 1]);
      third += weights[i + 2] * value(buffer[i + 2]);
      fourth += weights[i + 3] * value(buffer[i + 3]);
    }
    for (; i < buffer.length; i++) {
      even += weights[i] * value(buffer[i]);
    }
    return (even + odd) + (third + fourth);
  }

  private double value(float computed) {
    return kernel.kernel() == SvmKernel.Shape.RBF ? computed : power(computed);
  }

  private double power(float dot) {
    double base = kernel.gamma() * dot + kernel.coef0();
    double power = base;
    for (int k = 1; k < kernel.degree(); k++) {
      power *= base;
    }
    return power / unit;
  }

  private void dots(float[] query, float[] into) {
    Arrays.fill(into, 0);
    int j = 0;
    for (; j + 4 <= query.length; j += 4) {
      addFour(query, j, into);
    }
    for (; j < query.length; j++) {
      float q = query[j];
      float[] column = columns[j];
      for (int i = 0; i < into.length; i++) {
        into[i] = Math.fma(q, column[i], into[i]);
      }
    }
  }

  private void addFour(float[] query, int j, float[] into) {
    float q0 = query[j];
    float q1 = query[j + 1];
    float q2 = query[j + 2];
    float q3 = query[j + 3];
    float[] c0 = columns[j];
    float[] c1 = columns[j + 1];
    float[] c2 = columns[j + 2];
    float[] c3 = columns[j + 3];
    for (int i = 0; i < into.length; i++) {
      into[i] =
          Math.fma(
              q3, c3[i], Math.fma(q2, c2[i], Math.fma(q1, c1[i], Math.fma(q0, c0[i], into[i]))));
    }
  }
}
