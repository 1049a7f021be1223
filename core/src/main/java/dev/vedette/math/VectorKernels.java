package dev.vedette.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The twin of {@link ScalarKernels} on the Vector API: the same passes over the same arrays. */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

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
    int vectors = SPECIES.loopBound(columns);
    int o = 0;
    for (; o + 4 <= sums.length; o += 4) {
      for (int k = 0; k < vectors; k += SPECIES.length()) {
        addFour(left, right, sums, o, k);
      }
    }
    for (; o < sums.length; o++) {
      for (int k = 0; k < vectors; k += SPECIES.length()) {
        addOne(left, right, sums[o], o, k);
      }
    }
    if (vectors < columns) {
      addRest(left, right, sums, vectors, columns);
    }
  }

  /** Four rows of sums at a time stay in registers while all of {@code right} passes by. */
  private static void addFour(float[][] left, float[][] right, float[][] sums, int o, int k) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums[o], k);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums[o + 1], k);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums[o + 2], k);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums[o + 3], k);
    for (int i = 0; i < left.length; i++) {
      FloatVector r = FloatVector.fromArray(SPECIES, right[i], k);
      float[] w = left[i];
      s0 = r.fma(FloatVector.broadcast(SPECIES, w[o]), s0);
      s1 = r.fma(FloatVector.broadcast(SPECIES, w[o + 1]), s1);
      s2 = r.fma(FloatVector.broadcast(SPECIES, w[o + 2]), s2);
      s3 = r.fma(FloatVector.broadcast(SPECIES, w[o + 3]), s3);
    }
    s0.intoArray(sums[o], k);
    s1.intoArray(sums[o + 1], k);
    s2.intoArray(sums[o + 2], k);
    s3.intoArray(sums[o + 3], k);
  }

  private static void addOne(float[][] left, float[][] right, float[] sum, int o, int k) {
    FloatVector s = FloatVector.fromArray(SPECIES, sum, k);
    for (int i = 0; i < left.length; i++) {
      s =
          FloatVector.fromArray(SPECIES, right[i], k)
              .fma(FloatVector.broadcast(SPECIES, left[i][o]), s);
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
}
