package dev.vedette.neural;

import java.util.List;
import java.util.SplittableRandom;

/** To give back what goes in: the mean squared error, over samples and features. */
final class Reconstruction implements Objective {
  private final Stack stack;
  private final Augmentation augmentation;
  private final Adam adam;
  private float[][] gradient = {};

  Reconstruction(Stack stack, Regularization regularization, double rate) {
    this.stack = stack;
    this.augmentation = new Augmentation(regularization);
    this.adam = new Adam(rate, 0.9, regularization.l2());
  }

  @Override
  public double learn(float[][] batch, int count, SplittableRandom random) {
    augmentation.mix(batch, count, random);
    float[][] out = stack.forward(augmentation.noisy(batch, count, random), count, true);
    double loss = error(out, batch, count, true);
    stack.backward(gradient, count);
    adam.next();
    stack.weights().forEach(weights -> weights.step(adam));
    return loss;
  }

  @Override
  public double loss(float[][] batch, int count) {
    return error(stack.forward(batch, count, false), batch, count, false);
  }

  private double error(float[][] out, float[][] wanted, int count, boolean derive) {
    if (gradient.length == 0 || gradient[0].length < count) {
      gradient = new float[out.length][count];
    }
    float scale = 2f / (count * out.length);
    double total = 0;
    for (int j = 0; j < out.length; j++) {
      float[] a = out[j];
      float[] b = wanted[j];
      float[] g = gradient[j];
      float sum = 0;
      for (int k = 0; k < count; k++) {
        float difference = a[k] - b[k];
        sum += difference * difference;
      }
      if (derive) {
        for (int k = 0; k < count; k++) {
          g[k] = scale * (a[k] - b[k]);
        }
      }
      total += sum;
    }
    return total / ((double) count * out.length);
  }

  @Override
  public void rate(double rate) {
    adam.rate(rate);
  }

  @Override
  public List<Weights> weights() {
    return stack.weights();
  }
}
