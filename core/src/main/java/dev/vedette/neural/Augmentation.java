package dev.vedette.neural;

import java.util.SplittableRandom;

/** Makes training rows that were never seen: mixtures of two, and noise. */
final class Augmentation {
  private final Regularization regularization;
  private float[][] noisy = {};

  Augmentation(Regularization regularization) {
    this.regularization = regularization;
  }

  /**
   * Replaces a share of the samples by a mixture with the next one, in equal parts or nearer to one
   * of them, as it comes.
   */
  void mix(float[][] batch, int count, SplittableRandom random) {
    if (regularization.mixing() == 0) {
      return;
    }
    for (int k = 0; k + 1 < count; k++) {
      if (random.nextDouble() < regularization.mixing()) {
        float part = (float) random.nextDouble();
        for (float[] feature : batch) {
          feature[k] = Math.fma(part, feature[k + 1] - feature[k], feature[k]);
        }
      }
    }
  }

  /** The samples with noise; themselves where none is wanted. */
  float[][] noisy(float[][] batch, int count, SplittableRandom random) {
    if (regularization.noise() == 0) {
      return batch;
    }
    if (noisy.length == 0 || noisy[0].length < count) {
      noisy = new float[batch.length][count];
    }
    float size = (float) regularization.noise();
    for (int j = 0; j < batch.length; j++) {
      for (int k = 0; k < count; k++) {
        noisy[j][k] = Math.fma(size, (float) random.nextGaussian(), batch[j][k]);
      }
    }
    return noisy;
  }
}
