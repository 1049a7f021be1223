package dev.vedette.neural;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Every output is an activation of a weighted sum of all inputs and a bias. */
final class DenseLayer implements Layer {
  private final int inputs;
  private final int outputs;
  private final Activation activation;
  private final boolean biased;
  private final Product product;
  private final Weights biases;
  private float[][] in = {};
  private float[][] out = {};
  private float[][] back = {};

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
    this.product = new Product(inputs, outputs, rectifies ? 2 : 1, random);
    this.biases = Weights.biases(outputs);
  }

  @Override
  public float[][] forward(float[][] in, int count, boolean training) {
    makeRoom(count);
    this.in = in;
    float[] bias = biases.values()[0];
    for (int o = 0; o < outputs; o++) {
      Arrays.fill(out[o], 0, count, bias[o]);
    }
    product.add(in, out, count);
    for (float[] row : out) {
      activation.apply(row, count);
    }
    return out;
  }

  private void makeRoom(int count) {
    if (out.length == 0 || out[0].length < count) {
      out = new float[outputs][count];
      back = new float[inputs][count];
    }
  }

  @Override
  public float[][] backward(float[][] gradient, int count) {
    float[] sums = biases.gradients()[0];
    for (int o = 0; o < outputs; o++) {
      activation.chain(out[o], gradient[o], count);
      sums[o] += Tiles.sum(gradient[o], count);
    }
    product.addGradient(in, gradient, count);
    for (float[] row : back) {
      Arrays.fill(row, 0, count, 0);
    }
    product.addBack(gradient, back, count);
    return back;
  }

  int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public List<Weights> weights() {
    return biased ? List.of(product.weights(), biases) : List.of(product.weights());
  }

  /** What was learned. */
  Net.Dense learned() {
    return new Net.Dense(product.weights().copy(), biases.copy()[0], activation);
  }
}
