package dev.vedette.row;

import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Chooses rows whose kernels span nearly what those of all rows span, by randomly pivoted Cholesky
 * decomposition: the next landmark is drawn with the chance of what the landmarks so far leave of
 * each row (Chen, Epperly, Tropp and Webber 2022, arXiv:2207.06503). So rare rows are represented
 * and equal rows are chosen once.
 */
final class Landmarks {
  /** Candidates for each landmark wanted. */
  private static final int CHOICE = 16;

  private static final int MOST_CANDIDATES = 8192;

  /** What is less, relative to the whole, is the noise of single precision. */
  private static final double NOISE = 1e-6;

  private final SplittableRandom random;
  private final int most;
  private final KernelRows candidates;

  Landmarks(OneClassSvm detector, SvmScale.Fitting fitting, Matrix matrix) {
    this.random = Seeds.stream(detector.seed(), 0);
    this.most = detector.solver().landmarks();
    int size = Math.min(matrix.rows(), Math.max(most, Math.min(MOST_CANDIDATES, CHOICE * most)));
    int[] drawn = Seeds.sample(random, matrix.rows(), size);
    this.candidates =
        KernelRows.inOwnUnit(fitting.kernel(), fitting.scale().columns(matrix, drawn, 0, size));
  }

  KernelRows choose() {
    int size = candidates.size();
    double[] left = IntStream.range(0, size).mapToDouble(candidates::self).toArray();
    double enough = NOISE * Arrays.stream(left).sum();
    int[] chosen = new int[Math.min(most, size)];
    double[][] factors = new double[chosen.length][];
    int count = 0;
    while (count < chosen.length) {
      double sum = Arrays.stream(left).sum();
      if (count > 0 && sum <= enough) {
        break;
      }
      int pivot = draw(left, sum);
      factors[count] = factor(factors, count, pivot, left[pivot]);
      for (int i = 0; i < size; i++) {
        left[i] = Math.max(0, left[i] - factors[count][i] * factors[count][i]);
      }
      left[pivot] = 0;
      chosen[count++] = pivot;
    }
    return candidates.select(Arrays.copyOf(chosen, count));
  }

  private int draw(double[] chances, double sum) {
    double at = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        last = i;
        at -= chances[i];
        if (at < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /** The next column of the Cholesky factor: what is left of the kernel with the pivot. */
  private double[] factor(double[][] factors, int count, int pivot, double left) {
    float[] kernel = new float[candidates.size()];
    candidates.row(candidates.row(pivot), kernel);
    double[] column = new double[kernel.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = kernel[i];
    }
    for (int k = 0; k < count; k++) {
      double factor = -factors[k][pivot];
      double[] earlier = factors[k];
      for (int i = 0; i < column.length; i++) {
        column[i] = Math.fma(factor, earlier[i], column[i]);
      }
    }
    double root = left > 0 ? Math.sqrt(left) : 1;
    for (int i = 0; i < column.length; i++) {
      column[i] /= root;
    }
    return column;
  }

  /** The inverse of the kernel matrix of {@code landmarks}, in the directions above noise. */
  static double[][] inverse(KernelRows landmarks) {
    int size = landmarks.size();
    var kernel = new DMatrixRMaj(size, size);
    float[] row = new float[size];
    for (int l = 0; l < size; l++) {
      landmarks.row(landmarks.row(l), row);
      for (int k = 0; k < size; k++) {
        kernel.set(l, k, row[k]);
      }
    }
    var eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(kernel)) {
      throw new IllegalStateException("a symmetric matrix has eigenvectors");
    }
    double largest = 0;
    for (int e = 0; e < size; e++) {
      largest = Math.max(largest, eigen.getEigenvalue(e).getReal());
    }
    double[][] inverse = new double[size][size];
    for (int e = 0; e < size; e++) {
      double value = eigen.getEigenvalue(e).getReal();
      if (value > NOISE * largest) {
        addOuter(eigen.getEigenVector(e).data, 1 / value, inverse);
      }
    }
    return inverse;
  }

  private static void addOuter(double[] vector, double factor, double[][] into) {
    for (int i = 0; i < vector.length; i++) {
      double scaled = factor * vector[i];
      double[] row = into[i];
      for (int j = 0; j < row.length; j++) {
        row[j] += scaled * vector[j];
      }
    }
  }
}
