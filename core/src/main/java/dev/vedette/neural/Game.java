package dev.vedette.neural;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The game of a {@link BiGan}: the discriminator learns to tell pairs (row, encoded row) from pairs
 * (generated row, hidden numbers); encoder and generator learn to be taken for each other.
 */
final class Game implements Objective {
  private final Stack encoder;
  private final Stack generator;
  private final Stack discriminator;
  private final float rebuild;
  private final List<Weights> played;
  private final Adam players;
  private final Adam judge;
  private final SquaredError squared = new SquaredError();
  private float[][] codes = {};
  private float[][] logitGradient = {};

  Game(Stack encoder, Stack generator, Stack discriminator, double rebuild, double rate) {
    this.encoder = encoder;
    this.generator = generator;
    this.discriminator = discriminator;
    this.rebuild = (float) rebuild;
    this.played = Stream.concat(encoder.weights().stream(), generator.weights().stream()).toList();
    // A small first moment keeps up with an opponent that moves (Radford et al. 2016).
    this.players = new Adam(rate, 0.5, 0);
    this.judge = new Adam(rate, 0.5, 0);
  }

  /** −log of the logistic function of {@code logit}: what it costs to be taken for the other. */
  static double loss(double logit) {
    return logit > 0 ? Math.log1p(Math.exp(-logit)) : Math.log1p(Math.exp(logit)) - logit;
  }

  @Override
  public double learn(float[][] batch, int count, SplittableRandom random) {
    if (codes.length == 0 || codes[0].length < count) {
      codes = new float[encoder.outputs()][count];
      logitGradient = new float[1][count];
    }
    for (float[] code : codes) {
      for (int k = 0; k < count; k++) {
        code[k] = (float) random.nextGaussian();
      }
    }
    judged(batch, count);
    return played(batch, count);
  }

  /** A step of the discriminator: 1 for training rows, 0 for generated ones. */
  private void judged(float[][] batch, int count) {
    float[][] real = pairs(batch, encoder.forward(batch, count, true));
    discriminator.backward(gradient(discriminator.forward(real, count, true), 1, count), count);
    float[][] made = pairs(generator.forward(codes, count, true), codes);
    discriminator.backward(gradient(discriminator.forward(made, count, true), 0, count), count);
    judge.step(discriminator.weights());
  }

  /**
   * A step of encoder and generator against the discriminator; returns the error of rebuilt rows.
   */
  private double played(float[][] batch, int count) {
    int columns = batch.length;
    float[][] real = pairs(batch, encoder.forward(batch, count, true));
    float[][] back =
        discriminator.backward(gradient(discriminator.forward(real, count, true), 0, count), count);
    encoder.backward(part(back, columns, back.length), count);
    float[][] made = pairs(generator.forward(codes, count, true), codes);
    back =
        discriminator.backward(gradient(discriminator.forward(made, count, true), 1, count), count);
    generator.backward(part(back, 0, columns), count);
    float[][] rebuilt = generator.forward(encoder.forward(batch, count, true), count, true);
    double error = squared.of(rebuilt, batch, count);
    if (rebuild > 0) {
      float[][] gradient = squared.gradient(rebuilt, batch, count);
      for (float[] row : gradient) {
        for (int k = 0; k < count; k++) {
          row[k] *= rebuild;
        }
      }
      encoder.backward(generator.backward(gradient, count), count);
    }
    discriminator.weights().forEach(Weights::forget);
    players.step(played);
    return error;
  }

  /** Of the mean cross-entropy with {@code wanted} by the logits. */
  private float[][] gradient(float[][] logits, float wanted, int count) {
    for (int k = 0; k < count; k++) {
      logitGradient[0][k] = (Activation.sigmoid(logits[0][k]) - wanted) / count;
    }
    return logitGradient;
  }

  private static float[][] pairs(float[][] rows, float[][] codes) {
    float[][] pairs = new float[rows.length + codes.length][];
    System.arraycopy(rows, 0, pairs, 0, rows.length);
    System.arraycopy(codes, 0, pairs, rows.length, codes.length);
    return pairs;
  }

  private static float[][] part(float[][] features, int from, int to) {
    return Arrays.copyOfRange(features, from, to);
  }

  @Override
  public double loss(float[][] batch, int count) {
    float[][] rebuilt = generator.forward(encoder.forward(batch, count, false), count, false);
    return squared.of(rebuilt, batch, count);
  }

  @Override
  public void rate(double rate) {
    players.rate(rate);
    judge.rate(rate);
  }

  @Override
  public List<Weights> weights() {
    return Stream.concat(played.stream(), discriminator.weights().stream()).toList();
  }
}
