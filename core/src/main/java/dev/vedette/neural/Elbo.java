package dev.vedette.neural;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The negative evidence lower bound of a {@link Vae}, in features: the mean squared error, and β
 * times the Kullback–Leibler distance of the hidden numbers from the standard normal distribution.
 */
final class Elbo implements Objective {
  private static final float MOST_LOG_VARIANCE = 10;

  private final Stack encoder;
  private final Stack decoder;
  private final int latent;
  private final float beta;
  private final Augmentation augmentation;
  private final Adam adam;
  private final SquaredError squared = new SquaredError();
  private float[][] noise = {};
  private float[][] sampled = {};
  private float[][] codeGradient = {};

  Elbo(Stack encoder, Stack decoder, double beta, Regularization regularization, double rate) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.latent = encoder.outputs() / 2;
    this.beta = (float) beta;
    this.augmentation = new Augmentation(regularization);
    this.adam = new Adam(rate, 0.9, regularization.l2());
  }

  @Override
  public double learn(float[][] batch, int count, SplittableRandom random) {
    makeRoom(count);
    augmentation.mix(batch, count, random);
    float[][] code = encoder.forward(augmentation.noisy(batch, count, random), count, true);
    for (int l = 0; l < latent; l++) {
      float[] logs = code[latent + l];
      for (int k = 0; k < count; k++) {
        logs[k] = Math.clamp(logs[k], -MOST_LOG_VARIANCE, MOST_LOG_VARIANCE);
        noise[l][k] = (float) random.nextGaussian();
        sampled[l][k] = Math.fma(Activation.exp(0.5f * logs[k]), noise[l][k], code[l][k]);
      }
    }
    float[][] out = decoder.forward(sampled, count, true);
    double loss = squared.of(out, batch, count);
    float[][] back = decoder.backward(squared.gradient(out, batch, count), count);
    float scale = beta / (count * batch.length);
    double distance = 0;
    for (int l = 0; l < latent; l++) {
      distance += codeGradient(l, code, back[l], count, scale);
    }
    encoder.backward(codeGradient, count);
    adam.step(weights());
    return loss + beta * distance / ((double) count * batch.length);
  }

  /** The gradient by mean and log variance number {@code l}; returns the sum of its distances. */
  private double codeGradient(int l, float[][] code, float[] back, int count, float scale) {
    double distance = 0;
    for (int k = 0; k < count; k++) {
      float mean = code[l][k];
      float log = code[latent + l][k];
      float variance = Activation.exp(log);
      codeGradient[l][k] = Math.fma(scale, mean, back[k]);
      codeGradient[latent + l][k] =
          0.5f * (back[k] * noise[l][k] * Activation.exp(0.5f * log) + scale * (variance - 1));
      distance += 0.5 * (mean * mean + variance - log - 1);
    }
    return distance;
  }

  private void makeRoom(int count) {
    if (noise.length == 0 || noise[0].length < count) {
      noise = new float[latent][count];
      sampled = new float[latent][count];
      codeGradient = new float[2 * latent][count];
    }
  }

  @Override
  public double loss(float[][] batch, int count) {
    float[][] code = encoder.forward(batch, count, false);
    double distance = 0;
    for (int l = 0; l < latent; l++) {
      for (int k = 0; k < count; k++) {
        float log = Math.clamp(code[latent + l][k], -MOST_LOG_VARIANCE, MOST_LOG_VARIANCE);
        float mean = code[l][k];
        distance += 0.5 * (mean * mean + Activation.exp(log) - log - 1);
      }
    }
    float[][] means = Tiles.first(code, latent);
    double error = squared.of(decoder.forward(means, count, false), batch, count);
    return error + beta * distance / ((double) count * batch.length);
  }

  @Override
  public void rate(double rate) {
    adam.rate(rate);
  }

  @Override
  public List<Weights> weights() {
    return Stream.concat(encoder.weights().stream(), decoder.weights().stream()).toList();
  }
}
