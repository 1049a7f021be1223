package dev.vedette.neural;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** To map all rows close to one point: the mean squared distance. */
final class Compactness implements Objective {
  private final Stack stack;
  private final float[] center;
  private final Augmentation augmentation;
  private final Adam adam;
  private final SquaredError squared = new SquaredError();
  private float[][] wanted = {};

  Compactness(Stack stack, float[] center, Regularization regularization, double rate) {
    this.stack = stack;
    this.center = center;
    this.augmentation = new Augmentation(regularization);
    this.adam = new Adam(rate, 0.9, regularization.l2());
  }

  @Override
  public double learn(float[][] batch, int count, SplittableRandom random) {
    augmentation.mix(batch, count, random);
    float[][] out = stack.forward(augmentation.noisy(batch, count, random), count, true);
    double loss = squared.of(out, wanted(count), count);
    stack.backward(squared.gradient(out, wanted, count), count);
    adam.step(weights());
    return loss;
  }

  @Override
  public double loss(float[][] batch, int count) {
    return squared.of(stack.forward(batch, count, false), wanted(count), count);
  }

  private float[][] wanted(int count) {
    if (wanted.length == 0 || wanted[0].length < count) {
      wanted = new float[center.length][count];
      for (int o = 0; o < center.length; o++) {
        Arrays.fill(wanted[o], center[o]);
      }
    }
    return wanted;
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
