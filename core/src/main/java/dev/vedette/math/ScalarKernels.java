package dev.vedette.math;

import java.util.Arrays;

/**
 * Plain Java, shaped for HotSpot's auto-vectoriser: one array per column, the same index in all of
 * them, four columns a pass joined by nested fused multiply-adds.
 */
final class ScalarKernels implements Kernels {
  @Override
  public void squaredDistances(float[] query, float[][] columns, int first, float[] distances) {
    Arrays.fill(distances, 0);
    int j = 0;
    for (; j + 4 <= query.length; j += 4) {
      four(query, columns, first, j, distances);
    }
    for (; j < query.length; j++) {
      one(query[j], columns[first + j], distances);
    }
  }

  private static void four(float[] query, float[][] columns, int first, int j, float[] distances) {
    float q0 = query[j];
    float q1 = query[j + 1];
    float q2 = query[j + 2];
    float q3 = query[j + 3];
    float[] c0 = columns[first + j];
    float[] c1 = columns[first + j + 1];
    float[] c2 = columns[first + j + 2];
    float[] c3 = columns[first + j + 3];
    for (int i = 0; i < distances.length; i++) {
      float d0 = q0 - c0[i];
      float d1 = q1 - c1[i];
      float d2 = q2 - c2[i];
      float d3 = q3 - c3[i];
      distances[i] =
          Math.fma(d3, d3, Math.fma(d2, d2, Math.fma(d1, d1, Math.fma(d0, d0, distances[i]))));
    }
  }

  private static void one(float q, float[] column, float[] distances) {
    for (int i = 0; i < distances.length; i++) {
      float d = q - column[i];
      distances[i] = Math.fma(d, d, distances[i]);
    }
  }

  @Override
  public void manhattanDistances(float[] query, float[][] columns, int first, float[] distances) {
    Arrays.fill(distances, 0);
    int j = 0;
    for (; j + 4 <= query.length; j += 4) {
      fourAbsolute(query, columns, first, j, distances);
    }
    for (; j < query.length; j++) {
      oneAbsolute(query[j], columns[first + j], distances);
    }
  }

  private static void fourAbsolute(
      float[] query, float[][] columns, int first, int j, float[] distances) {
    float q0 = query[j];
    float q1 = query[j + 1];
    float q2 = query[j + 2];
    float q3 = query[j + 3];
    float[] c0 = columns[first + j];
    float[] c1 = columns[first + j + 1];
    float[] c2 = columns[first + j + 2];
    float[] c3 = columns[first + j + 3];
    for (int i = 0; i < distances.length; i++) {
      distances[i] =
          distances[i]
              + Math.abs(q0 - c0[i])
              + Math.abs(q1 - c1[i])
              + Math.abs(q2 - c2[i])
              + Math.abs(q3 - c3[i]);
    }
  }

  private static void oneAbsolute(float q, float[] column, float[] distances) {
    for (int i = 0; i < distances.length; i++) {
      distances[i] += Math.abs(q - column[i]);
    }
  }

  @Override
  public void addProduct(float[][] left, float[][] right, float[][] sums, int columns) {
    for (int o = 0; o < sums.length; o++) {
      int i = 0;
      for (; i + 4 <= left.length; i += 4) {
        addFour(left, right, i, o, sums[o], columns);
      }
      for (; i < left.length; i++) {
        addOne(left[i][o], right[i], sums[o], columns);
      }
    }
  }

  private static void addFour(
      float[][] left, float[][] right, int i, int o, float[] sum, int columns) {
    float w0 = left[i][o];
    float w1 = left[i + 1][o];
    float w2 = left[i + 2][o];
    float w3 = left[i + 3][o];
    float[] r0 = right[i];
    float[] r1 = right[i + 1];
    float[] r2 = right[i + 2];
    float[] r3 = right[i + 3];
    for (int k = 0; k < columns; k++) {
      sum[k] =
          Math.fma(
              w3, r3[k], Math.fma(w2, r2[k], Math.fma(w1, r1[k], Math.fma(w0, r0[k], sum[k]))));
    }
  }

  private static void addOne(float w, float[] r, float[] sum, int columns) {
    for (int k = 0; k < columns; k++) {
      sum[k] = Math.fma(w, r[k], sum[k]);
    }
  }

  @Override
  public void correlate(Strip strip, int from, int to, double[] covariances) {
    double[] correlations = new double[LANES];
    for (int i = from; i < to; i++) {
      correlateRow(strip, i, covariances, correlations);
      if (!(excess(strip, i, correlations) < 0)) {
        strip.offer(i, 0, correlations, LANES);
      }
    }
  }

  /** The correlations of row {@code i}, and the covariances of the next. */
  private static void correlateRow(
      Strip strip, int i, double[] covariances, double[] correlations) {
    int first = i + strip.diagonal();
    double scale = strip.rows().scale[i];
    double step = strip.rows().step[i];
    double turn = strip.rows().turn[i];
    double[] scales = strip.columns().scale;
    double[] steps = strip.columns().step;
    double[] turns = strip.columns().turn;
    for (int k = 0; k < LANES; k++) {
      double covariance = covariances[k];
      correlations[k] = covariance * scales[first + k] * scale;
      covariances[k] =
          Math.fma(step, turns[first + k], Math.fma(steps[first + k], turn, covariance));
    }
  }

  /** How much the best of them is above what was there, NaN where one is. */
  private static double excess(Strip strip, int i, double[] correlations) {
    int first = i + strip.diagonal();
    double least = strip.ofRows().correlation()[i];
    double[] best = strip.ofColumns().correlation();
    double excess = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < LANES; k++) {
      excess = Math.max(excess, correlations[k] - Math.min(least, best[first + k]));
    }
    return excess;
  }
}
