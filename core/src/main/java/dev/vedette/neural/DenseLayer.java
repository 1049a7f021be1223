package dev.vedette.neural;

import dev.vedette.math.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Every output is an activation of a weighted sum of all inputs and a bias. */
final class DenseLayer implements Layer {
  /** From this many weights in a row on, gradients are added up a sample at a time. */
  private static final int LONG_ROW = 48;

  private final Kernels kernels = Kernels.best();
  private final int inputs;
  private final int outputs;
  private final Activation activation;
  private final boolean biased;
  private final Weights weights;
  private final Weights biases;
  private final float[][] transposed;
  private float[][] in = {};
  private float[][] out = {};
  private float[][] back = {};
  private float @Nullable [][] inSamples;
  private float @Nullable [][] gradientSamples;

  DenseLayer(int inputs, int outputs, Activation activation, SplittableRandom random) {
    this(inputs, outputs, activation, true, random);
  }

  /**
   * A layer before training.
   *
   * @param biased whether a sum starts with a learned bias; otherwise with zero
   */
  DenseLayer(
      int inputs, int outputs, Activation activation, boolean biased, SplittableRandom random) {
    this.biased = biased;
    this.inputs = inputs;
    this.outputs = outputs;
    this.activation = activation;
    boolean rectifies = activation == Activation.RELU || activation == Activation.LEAKY_RELU;
    this.weights = Weights.uniform(inputs, outputs, rectifies ? 2 : 1, random);
    this.biases = Weights.biases(outputs);
    this.transposed = new float[outputs][inputs];
  }

  @Override
  public float[][] forward(float[][] in, int count, boolean training) {
    makeRoom(count);
    this.in = in;
    float[] bias = biases.values()[0];
    for (int o = 0; o < outputs; o++) {
      Arrays.fill(out[o], 0, count, bias[o]);
    }
    kernels.addProduct(weights.values(), in, out, count);
    for (float[] row : out) {
      activation.apply(row, count);
    }
    return out;
  }

  private void makeRoom(int count) {
    if (out.length == 0 || out[0].length < count) {
      out = new float[outputs][count];
      back = new float[inputs][count];
      inSamples = null;
      gradientSamples = null;
    }
  }

  @Override
  public float[][] backward(float[][] gradient, int count) {
    float[] sums = biases.gradients()[0];
    for (int o = 0; o < outputs; o++) {
      activation.chain(out[o], gradient[o], count);
      sums[o] += Tiles.sum(gradient[o], count);
    }
    addGradients(gradient, count);
    Tiles.transpose(weights.values(), transposed, outputs);
    for (float[] row : back) {
      Arrays.fill(row, 0, count, 0);
    }
    kernels.addProduct(transposed, gradient, back, count);
    return back;
  }

  /** Σₖ inᵢₖ·gradientₒₖ over the samples k, as whole rows where they are long enough for that. */
  private void addGradients(float[][] gradient, int count) {
    if (Math.max(inputs, outputs) < LONG_ROW) {
      Tiles.addDots(in, gradient, weights.gradients(), count);
      return;
    }
    inSamples = Tiles.transposed(in, inSamples, out[0].length, count);
    gradientSamples = Tiles.transposed(gradient, gradientSamples, out[0].length, count);
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

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public List<Weights> weights() {
    return biased ? List.of(weights, biases) : List.of(weights);
  }

  /** What was learned. */
  Net.Dense learned() {
    return new Net.Dense(weights.copy(), biases.copy()[0], activation);
  }
}
