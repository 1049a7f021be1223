package dev.vedette.neural;

import java.util.List;
import java.util.SplittableRandom;

/** To give back what goes in: the mean squared error, over samples and features. */
final class Reconstruction implements Objective {
  private final Stack stack;
  private final Augmentation augmentation;
  private final Adam adam;
  private final SquaredError squared = new SquaredError();

  Reconstruction(Stack stack, Regularization regularization, double rate) {
    this.stack = stack;
    this.augmentation = new Augmentation(regularization);
    this.adam = new Adam(rate, 0.9, regularization.l2());
  }

  @Override
  public double learn(float[][] batch, int count, SplittableRandom random) {
    augmentation.mix(batch, count, random);
    float[][] out = stack.forward(augmentation.noisy(batch, count, random), count, true);
    double loss = squared.of(out, batch, count);
    stack.backward(squared.gradient(out, batch, count), count);
    adam.step(weights());
    return loss;
  }

  @Override
  public double loss(float[][] batch, int count) {
    return squared.of(stack.forward(batch, count, false), batch, count);
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
