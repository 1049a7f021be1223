package dev.vedette.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The twin of {@link ScalarKernels} on the Vector API: the sums of a lane stay in a register for
 * all columns.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  @Override
  public void squaredDistances(float[] query, float[][] columns, int first, float[] distances) {
    int bound = SPECIES.loopBound(distances.length);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = 0; j < query.length; j++) {
        FloatVector d =
            FloatVector.broadcast(SPECIES, query[j])
                .sub(FloatVector.fromArray(SPECIES, columns[first + j], i));
        sum = d.fma(d, sum);
      }
      sum.intoArray(distances, i);
    }
    for (int i = bound; i < distances.length; i++) {
      float sum = 0;
      for (int j = 0; j < query.length; j++) {
        float d = query[j] - columns[first + j][i];
        sum = Math.fma(d, d, sum);
      }
      distances[i] = sum;
    }
  }

  @Override
  public void manhattanDistances(float[] query, float[][] columns, int first, float[] distances) {
    int bound = SPECIES.loopBound(distances.length);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = 0; j < query.length; j++) {
        FloatVector d =
            FloatVector.broadcast(SPECIES, query[j])
                .sub(FloatVector.fromArray(SPECIES, columns[first + j], i));
        sum = sum.add(d.abs());
      }
      sum.intoArray(distances, i);
    }
    for (int i = bound; i < distances.length; i++) {
      float sum = 0;
      for (int j = 0; j < query.length; j++) {
        sum += Math.abs(query[j] - columns[first + j][i]);
      }
      distances[i] = sum;
    }
  }
}
