package dev.vedette.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The twin of {@link ScalarKernels} on the Vector API: the same passes over the same arrays. */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;

  @Override
  public void squaredDistances(float[] query, float[][] columns, int first, float[] distances) {
    Arrays.fill(distances, 0);
    int j = 0;
    for (; j + 4 <= query.length; j += 4) {
      addSquares(query, columns, first, j, distances);
    }
    for (; j < query.length; j++) {
      addSquares(query[j], columns[first + j], distances);
    }
  }

  private static void addSquares(
      float[] query, float[][] columns, int first, int j, float[] distances) {
    FloatVector q0 = FloatVector.broadcast(SPECIES, query[j]);
    FloatVector q1 = FloatVector.broadcast(SPECIES, query[j + 1]);
    FloatVector q2 = FloatVector.broadcast(SPECIES, query[j + 2]);
    FloatVector q3 = FloatVector.broadcast(SPECIES, query[j + 3]);
    int i = 0;
    for (; i < SPECIES.loopBound(distances.length); i += SPECIES.length()) {
      FloatVector d0 = q0.sub(FloatVector.fromArray(SPECIES, columns[first + j], i));
      FloatVector d1 = q1.sub(FloatVector.fromArray(SPECIES, columns[first + j + 1], i));
      FloatVector d2 = q2.sub(FloatVector.fromArray(SPECIES, columns[first + j + 2], i));
      FloatVector d3 = q3.sub(FloatVector.fromArray(SPECIES, columns[first + j + 3], i));
      FloatVector sum = FloatVector.fromArray(SPECIES, distances, i);
      d3.fma(d3, d2.fma(d2, d1.fma(d1, d0.fma(d0, sum)))).intoArray(distances, i);
    }
    for (; i < distances.length; i++) {
      for (int c = j; c < j + 4; c++) {
        float d = query[c] - columns[first + c][i];
        distances[i] = Math.fma(d, d, distances[i]);
      }
    }
  }

  private static void addSquares(float query, float[] column, float[] distances) {
    FloatVector q = FloatVector.broadcast(SPECIES, query);
    int i = 0;
    for (; i < SPECIES.loopBound(distances.length); i += SPECIES.length()) {
      FloatVector d = q.sub(FloatVector.fromArray(SPECIES, column, i));
      d.fma(d, FloatVector.fromArray(SPECIES, distances, i)).intoArray(distances, i);
    }
    for (; i < distances.length; i++) {
      float d = query - column[i];
      distances[i] = Math.fma(d, d, distances[i]);
    }
  }

  @Override
  public void manhattanDistances(float[] query, float[][] columns, int first, float[] distances) {
    Arrays.fill(distances, 0);
    int j = 0;
    for (; j + 4 <= query.length; j += 4) {
      addDifferences(query, columns, first, j, distances);
    }
    for (; j < query.length; j++) {
      addDifferences(query[j], columns[first + j], distances);
    }
  }

  private static void addDifferences(
      float[] query, float[][] columns, int first, int j, float[] distances) {
    FloatVector q0 = FloatVector.broadcast(SPECIES, query[j]);
    FloatVector q1 = FloatVector.broadcast(SPECIES, query[j + 1]);
    FloatVector q2 = FloatVector.broadcast(SPECIES, query[j + 2]);
    FloatVector q3 = FloatVector.broadcast(SPECIES, query[j + 3]);
    int i = 0;
    for (; i < SPECIES.loopBound(distances.length); i += SPECIES.length()) {
      FloatVector d0 = q0.sub(FloatVector.fromArray(SPECIES, columns[first + j], i)).abs();
      FloatVector d1 = q1.sub(FloatVector.fromArray(SPECIES, columns[first + j + 1], i)).abs();
      FloatVector d2 = q2.sub(FloatVector.fromArray(SPECIES, columns[first + j + 2], i)).abs();
      FloatVector d3 = q3.sub(FloatVector.fromArray(SPECIES, columns[first + j + 3], i)).abs();
      FloatVector sum = FloatVector.fromArray(SPECIES, distances, i);
      sum.add(d0).add(d1).add(d2).add(d3).intoArray(distances, i);
    }
    for (; i < distances.length; i++) {
      for (int c = j; c < j + 4; c++) {
        distances[i] += Math.abs(query[c] - columns[first + c][i]);
      }
    }
  }

  private static void addDifferences(float query, float[] column, float[] distances) {
    FloatVector q = FloatVector.broadcast(SPECIES, query);
    int i = 0;
    for (; i < SPECIES.loopBound(distances.length); i += SPECIES.length()) {
      FloatVector d = q.sub(FloatVector.fromArray(SPECIES, column, i)).abs();
      FloatVector.fromArray(SPECIES, distances, i).add(d).intoArray(distances, i);
    }
    for (; i < distances.length; i++) {
      distances[i] += Math.abs(query - column[i]);
    }
  }

  @Override
  public void addProduct(float[][] left, float[][] right, float[][] sums, int columns) {
    int length = SPECIES.length();
    int k = 0;
    for (; k + 2 * length <= columns; k += 2 * length) {
      int o = 0;
      for (; o + 4 <= sums.length; o += 4) {
        addFourPairs(left, right, sums, o, k);
      }
      for (; o < sums.length; o++) {
        addOne(left, right, sums[o], o, k);
        addOne(left, right, sums[o], o, k + length);
      }
    }
    for (; k + length <= columns; k += length) {
      for (int o = 0; o < sums.length; o++) {
        addOne(left, right, sums[o], o, k);
      }
    }
    if (k < columns) {
      addRest(left, right, sums, k, columns);
    }
  }

  /** Two vectors of four sums stay in registers while all of {@code right} passes by. */
  private static void addFourPairs(float[][] left, float[][] right, float[][] sums, int o, int k) {
    int next = k + SPECIES.length();
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums[o], k);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums[o + 1], k);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums[o + 2], k);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums[o + 3], k);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums[o], next);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums[o + 1], next);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums[o + 2], next);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums[o + 3], next);
    for (int i = 0; i < left.length; i++) {
      FloatVector a = FloatVector.fromArray(SPECIES, right[i], k);
      FloatVector b = FloatVector.fromArray(SPECIES, right[i], next);
      float[] w = left[i];
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[o]);
      a0 = a.fma(w0, a0);
      b0 = b.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[o + 1]);
      a1 = a.fma(w1, a1);
      b1 = b.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[o + 2]);
      a2 = a.fma(w2, a2);
      b2 = b.fma(w2, b2);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[o + 3]);
      a3 = a.fma(w3, a3);
      b3 = b.fma(w3, b3);
    }
    a0.intoArray(sums[o], k);
    a1.intoArray(sums[o + 1], k);
    a2.intoArray(sums[o + 2], k);
    a3.intoArray(sums[o + 3], k);
    b0.intoArray(sums[o], next);
    b1.intoArray(sums[o + 1], next);
    b2.intoArray(sums[o + 2], next);
    b3.intoArray(sums[o + 3], next);
  }

  private static void addOne(float[][] left, float[][] right, float[] sum, int o, int k) {
    FloatVector s = FloatVector.fromArray(SPECIES, sum, k);
    for (int i = 0; i < left.length; i++) {
      FloatVector w = FloatVector.broadcast(SPECIES, left[i][o]);
      s = FloatVector.fromArray(SPECIES, right[i], k).fma(w, s);
    }
    s.intoArray(sum, k);
  }

  private static void addRest(
      float[][] left, float[][] right, float[][] sums, int from, int columns) {
    for (int o = 0; o < sums.length; o++) {
      for (int i = 0; i < left.length; i++) {
        float w = left[i][o];
        for (int k = from; k < columns; k++) {
          sums[o][k] = Math.fma(w, right[i][k], sums[o][k]);
        }
      }
    }
  }

  @Override
  public void correlate(Strip strip, int from, int to, double[] covariances) {
    double[] found = new double[4 * WIDE.length()];
    for (int lane = 0; lane < LANES; lane += found.length) {
      correlate(strip, from, to, covariances, lane, found);
    }
  }

  /** Four vectors of covariances stay in registers down the rows. */
  private static void correlate(
      Strip strip, int from, int to, double[] covariances, int lane, double[] found) {
    int n = WIDE.length();
    double[] rowScale = strip.rows().scale;
    double[] rowStep = strip.rows().step;
    double[] rowTurn = strip.rows().turn;
    double[] rowBest = strip.ofRows().correlation();
    double[] scale = strip.columns().scale;
    double[] step = strip.columns().step;
    double[] turn = strip.columns().turn;
    double[] best = strip.ofColumns().correlation();
    DoubleVector c0 = DoubleVector.fromArray(WIDE, covariances, lane);
    DoubleVector c1 = DoubleVector.fromArray(WIDE, covariances, lane + n);
    DoubleVector c2 = DoubleVector.fromArray(WIDE, covariances, lane + 2 * n);
    DoubleVector c3 = DoubleVector.fromArray(WIDE, covariances, lane + 3 * n);
    for (int i = from; i < to; i++) {
      int j = i + strip.diagonal() + lane;
      DoubleVector s = DoubleVector.broadcast(WIDE, rowScale[i]);
      DoubleVector r0 = c0.mul(DoubleVector.fromArray(WIDE, scale, j)).mul(s);
      DoubleVector r1 = c1.mul(DoubleVector.fromArray(WIDE, scale, j + n)).mul(s);
      DoubleVector r2 = c2.mul(DoubleVector.fromArray(WIDE, scale, j + 2 * n)).mul(s);
      DoubleVector r3 = c3.mul(DoubleVector.fromArray(WIDE, scale, j + 3 * n)).mul(s);
      DoubleVector b = DoubleVector.broadcast(WIDE, rowBest[i]);
      VectorMask<Double> better =
          r0.compare(VectorOperators.GE, b)
              .or(r1.compare(VectorOperators.GE, b))
              .or(r2.compare(VectorOperators.GE, b))
              .or(r3.compare(VectorOperators.GE, b))
              .or(r0.compare(VectorOperators.GE, DoubleVector.fromArray(WIDE, best, j)))
              .or(r1.compare(VectorOperators.GE, DoubleVector.fromArray(WIDE, best, j + n)))
              .or(r2.compare(VectorOperators.GE, DoubleVector.fromArray(WIDE, best, j + 2 * n)))
              .or(r3.compare(VectorOperators.GE, DoubleVector.fromArray(WIDE, best, j + 3 * n)));
      if (better.anyTrue()) {
        r0.intoArray(found, 0);
        r1.intoArray(found, n);
        r2.intoArray(found, 2 * n);
        r3.intoArray(found, 3 * n);
        strip.offer(i, lane, found, 4 * n);
      }
      DoubleVector t = DoubleVector.broadcast(WIDE, rowTurn[i]);
      DoubleVector d = DoubleVector.broadcast(WIDE, rowStep[i]);
      c0 = next(c0, t, d, step, turn, j);
      c1 = next(c1, t, d, step, turn, j + n);
      c2 = next(c2, t, d, step, turn, j + 2 * n);
      c3 = next(c3, t, d, step, turn, j + 3 * n);
    }
  }

  private static DoubleVector next(
      DoubleVector c,
      DoubleVector rowTurn,
      DoubleVector rowStep,
      double[] step,
      double[] turn,
      int j) {
    DoubleVector once = DoubleVector.fromArray(WIDE, step, j).fma(rowTurn, c);
    return rowStep.fma(DoubleVector.fromArray(WIDE, turn, j), once);
  }
}
