package dev.vedette.row;

import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The one-class problem for many rows: the function is Σ βₗ k(x, landmark l).
 *
 * <p>In the feature space of the landmarks the problem is to find the point w nearest to the origin
 * among the means of rows in which no row weighs more than 1/(ν·n). Each round adds the extreme
 * such mean against the w of now, the mean of the ν·n rows of lowest value, and then takes the best
 * combination of all means so far (the fully corrective method of Frank and Wolfe: Jaggi 2013,
 * "Revisiting Frank-Wolfe", algorithm 4). ‖w‖² less the product of w and the new mean bounds what
 * is still to be won.
 */
final class Nystrom {
  /** Rows whose kernel values stay together in the processor's cache. */
  private static final int BLOCK = 1024;

  private static final int ROUNDS = 200;

  private final OneClassSvm detector;
  private final SvmScale scale;
  private final Matrix matrix;
  private final int[] which;
  private final KernelRows landmarks;
  private final double[][] inverse;

  /** By block and landmark the kernel with the rows of the block. */
  private final float[][][] features;

  Nystrom(OneClassSvm detector, SvmScale.Fitting fitting, Matrix matrix) {
    this.detector = detector;
    this.scale = fitting.scale();
    this.matrix = matrix;
    this.landmarks = new Landmarks(detector, fitting, matrix).choose();
    this.inverse = Landmarks.inverse(landmarks);
    this.which = learned();
    this.features = features();
  }

  /** All rows, or as many drawn at random as the memory for their kernel values allows. */
  private int[] learned() {
    long most = Math.max(BLOCK, detector.solver().bytes() / (4L * landmarks.size()));
    return matrix.rows() <= most
        ? IntStream.range(0, matrix.rows()).toArray()
        : Arrays.stream(Seeds.sample(Seeds.stream(detector.seed(), 1), matrix.rows(), (int) most))
            .sorted()
            .toArray();
  }

  private float[][][] features() {
    float[][][] blocks = new float[(which.length + BLOCK - 1) / BLOCK][][];
    Parallel.each(
        blocks.length,
        b -> {
          int from = b * BLOCK;
          int to = Math.min(which.length, from + BLOCK);
          var rows =
              new KernelRows(
                  landmarks.kernel(), landmarks.unit(), scale.columns(matrix, which, from, to));
          blocks[b] = new float[landmarks.size()][to - from];
          for (int l = 0; l < landmarks.size(); l++) {
            rows.row(landmarks.row(l), blocks[b][l]);
          }
        });
    return blocks;
  }

  OneClassSvmModel fit() {
    var hull = new Hull(inverse, detector.solver().tolerance() / 10);
    hull.add(means(new double[which.length], which.length));
    double[] values = new double[which.length];
    double lowest = detector.nu() * which.length;
    double gap = 0;
    int round = 0;
    while (true) {
      double[] beta = hull.beta();
      values(beta, values);
      double[] sums = means(values, lowest);
      double square = hull.square();
      gap = Math.max(0, square - Hull.dot(sums, beta)) / Math.max(Hull.LEAST, square);
      if (gap <= detector.solver().tolerance() || round == ROUNDS) {
        break;
      }
      hull.add(sums);
      round++;
    }
    return model(hull.beta(), values, threshold(values, lowest), round, gap);
  }

  private OneClassSvmModel model(
      double[] beta, double[] values, double threshold, int rounds, double gap) {
    return new OneClassSvmModel(
        detector,
        new OneClassSvmModel.Solved(OneClassSvm.Form.FEATURES, which.length, rounds, gap),
        scale,
        new KernelExpansion(landmarks.kernel(), landmarks.columns(), beta),
        landmarks.unit() * threshold,
        Arrays.stream(OneClassSvm.typical(values))
            .mapToObj(i -> scale.scaled(matrix.row(which[i])))
            .toArray(float[][]::new));
  }

  /** The value of the row that is number {@code lowest} from below, counted from 0. */
  private static double threshold(double[] values, double lowest) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(lowest))];
  }

  /** Σ βₗ k(row, landmark l) of all rows. */
  private void values(double[] beta, double[] into) {
    Parallel.each(
        features.length,
        b -> {
          double[] sums = new double[features[b][0].length];
          int l = 0;
          for (; l + 4 <= beta.length; l += 4) {
            addFour(features[b], beta, l, sums);
          }
          for (; l < beta.length; l++) {
            double factor = beta[l];
            float[] feature = features[b][l];
            for (int i = 0; i < sums.length; i++) {
              sums[i] += factor * feature[i];
            }
          }
          System.arraycopy(sums, 0, into, b * BLOCK, sums.length);
        });
  }

  private static void addFour(float[][] features, double[] beta, int l, double[] sums) {
    double b0 = beta[l];
    double b1 = beta[l + 1];
    double b2 = beta[l + 2];
    double b3 = beta[l + 3];
    float[] f0 = features[l];
    float[] f1 = features[l + 1];
    float[] f2 = features[l + 2];
    float[] f3 = features[l + 3];
    for (int i = 0; i < sums.length; i++) {
      sums[i] =
          Math.fma(
              b3, f3[i], Math.fma(b2, f2[i], Math.fma(b1, f1[i], Math.fma(b0, f0[i], sums[i]))));
    }
  }

  /**
   * For each landmark the mean of its kernel with the {@code count} rows of lowest value; rows that
   * share the last place have equal parts in it.
   */
  private double[] means(double[] values, double count) {
    double threshold = threshold(values, count);
    int below = 0;
    int tied = 0;
    for (double value : values) {
      below += value < threshold ? 1 : 0;
      tied += value == threshold ? 1 : 0;
    }
    double whole = Math.min(1 / count, below > 0 ? 1.0 / below : 1);
    double part = Math.max(0, 1 - below * whole) / tied;
    double[][] sums = new double[features.length][];
    Parallel.each(
        features.length,
        b -> {
          int size = features[b][0].length;
          int[] chosen =
              IntStream.range(0, size).filter(i -> values[b * BLOCK + i] <= threshold).toArray();
          double[] weights =
              Arrays.stream(chosen)
                  .mapToDouble(i -> values[b * BLOCK + i] < threshold ? whole : part)
                  .toArray();
          sums[b] = new double[landmarks.size()];
          for (int l = 0; l < sums[b].length; l++) {
            sums[b][l] = sum(features[b][l], chosen, weights);
          }
        });
    double[] means = new double[landmarks.size()];
    for (double[] sum : sums) {
      for (int l = 0; l < means.length; l++) {
        means[l] += sum[l];
      }
    }
    return means;
  }

  private static double sum(float[] feature, int[] chosen, double[] weights) {
    double even = 0;
    double odd = 0;
    int c = 0;
    for (; c + 2 <= chosen.length; c += 2) {
      even += weights[c] * feature[chosen[c]];
      odd += weights[c + 1] * feature[chosen[c + 1]];
    }
    if (c < chosen.length) {
      even += weights[c] * feature[chosen[c]];
    }
    return even + odd;
  }
}
