package dev.vedette.neural;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Weights in training, with their gradient and the moments of Adam; all rows × columns. */
final class Weights {
  private final float[][] values;
  private final float[][] gradients;
  private final float[][] firstMoments;
  private final float[][] secondMoments;
  private final boolean decays;

  private Weights(int rows, int columns, boolean decays) {
    this.values = new float[rows][columns];
    this.gradients = new float[rows][columns];
    this.firstMoments = new float[rows][columns];
    this.secondMoments = new float[rows][columns];
    this.decays = decays;
  }

  /** Zeros, which L2 leaves alone. */
  static Weights biases(int count) {
    return new Weights(1, count, false);
  }

  /**
   * Uniform in ±√(3·{@code gain}/inputs): variance {@code gain}/inputs keeps the size of what flows
   * through (He et al. 2015, doi:10.1109/ICCV.2015.123, with gain 2 for rectifiers).
   */
  static Weights uniform(int inputs, int outputs, double gain, SplittableRandom random) {
    var weights = new Weights(inputs, outputs, true);
    double bound = Math.sqrt(3 * gain / inputs);
    for (float[] row : weights.values) {
      for (int j = 0; j < outputs; j++) {
        row[j] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
    return weights;
  }

  float[][] values() {
    return values;
  }

  /** What backward passes added up since the last {@link #step}. */
  float[][] gradients() {
    return gradients;
  }

  /** One step of {@code adam} down the gradient, which is zero afterwards. */
  void step(Adam adam) {
    float l2 = decays ? adam.l2() : 0;
    for (int i = 0; i < values.length; i++) {
      adam.step(values[i], gradients[i], firstMoments[i], secondMoments[i], l2);
    }
    forget();
  }

  /** Forgets the gradient. */
  void forget() {
    for (float[] row : gradients) {
      Arrays.fill(row, 0);
    }
  }

  boolean areFinite() {
    for (float[] row : values) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  float[][] copy() {
    float[][] copy = new float[values.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i].clone();
    }
    return copy;
  }

  void restore(float[][] copy) {
    for (int i = 0; i < copy.length; i++) {
      System.arraycopy(copy[i], 0, values[i], 0, copy[i].length);
    }
  }
}
