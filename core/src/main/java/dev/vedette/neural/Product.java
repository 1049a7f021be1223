package dev.vedette.neural;

import dev.vedette.math.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A matrix of weights in training (inputs × outputs), and what layers need of it. */
final class Product {
  /** From this many weights in a row on, gradients are added up a sample at a time. */
  private static final int LONG_ROW = 48;

  private final Kernels kernels = Kernels.best();
  private final int inputs;
  private final int outputs;
  private final Weights weights;
  private final float[][] transposed;
  private float[][] inSamples = {};
  private float[][] gradientSamples = {};

  /**
   * A matrix before training.
   *
   * @param gain see {@link Weights#uniform}
   */
  Product(int inputs, int outputs, double gain, SplittableRandom random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = Weights.uniform(inputs, outputs, gain, random);
    this.transposed = new float[outputs][inputs];
  }

  Weights weights() {
    return weights;
  }

  /** {@code out[o][k] += Σᵢ wᵢₒ·in[i][k]} for the first {@code count} samples k. */
  void add(float[][] in, float[][] out, int count) {
    kernels.addProduct(weights.values(), in, out, count);
  }

  /** {@code back[i][k] += Σₒ wᵢₒ·gradient[o][k]}. */
  void addBack(float[][] gradient, float[][] back, int count) {
    Tiles.transpose(weights.values(), transposed, outputs);
    kernels.addProduct(transposed, gradient, back, count);
  }

  /**
   * Adds {@code Σₖ in[i][k]·gradient[o][k]} to the gradient of the weights; as whole rows where
   * they are long enough for that.
   */
  void addGradient(float[][] in, float[][] gradient, int count) {
    if (Math.max(inputs, outputs) < LONG_ROW) {
      Tiles.addDots(in, gradient, weights.gradients(), count);
      return;
    }
    inSamples = Tiles.transposed(in, inSamples, count);
    gradientSamples = Tiles.transposed(gradient, gradientSamples, count);
    if (outputs >= inputs) {
      kernels.addProduct(
          Tiles.first(inSamples, count), gradientSamples, weights.gradients(), outputs);
    } else {
      for (float[] row : transposed) {
        Arrays.fill(row, 0);
      }
      kernels.addProduct(Tiles.first(gradientSamples, count), inSamples, transposed, inputs);
      float[][] gradients = weights.gradients();
      for (int i = 0; i < inputs; i++) {
        for (int o = 0; o < outputs; o++) {
          gradients[i][o] += transposed[o][i];
        }
      }
    }
  }
}
