package dev.vedette.row;

import dev.vedette.Require;

/**
 * The function of a row x that a support vector machine learns: Σ wᵢ k(x, vᵢ).
 *
 * @param kernel with γ
 * @param vectors the rows vᵢ, standardised (columns × vectors)
 * @param weights wᵢ, one per vector
 */
public record KernelExpansion(SvmKernel kernel, float[][] vectors, double[] weights) {
  public KernelExpansion {
    Require.that(vectors.length > 0 && weights.length > 0, "the support vectors are missing");
    Require.that(kernel.gamma() > 0, "gamma of a fitted kernel must be more than 0");
    Require.finite("the weights", weights);
    for (float[] column : vectors) {
      Require.that(column.length == weights.length, "one weight per support vector");
      for (float value : column) {
        Require.that(Math.abs(value) <= SvmScale.FARTHEST, "a support vector is damaged");
      }
    }
  }

  KernelRows rows() {
    return new KernelRows(kernel, 1, vectors);
  }

  double value(float[] row) {
    return rows().sum(row, weights, new float[weights.length]);
  }
}
