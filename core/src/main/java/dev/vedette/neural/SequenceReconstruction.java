package dev.vedette.neural;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** To give back a sequence after all of it was read into the units of a memory. */
final class SequenceReconstruction implements Objective {
  private final int step;
  private final LstmLayer encoder;
  private final LstmLayer decoder;
  private final DenseLayer last;
  private final Augmentation augmentation;
  private final Adam adam;
  private final SquaredError squared = new SquaredError();
  private float[][] rebuilt = {};
  private float[][][] steps = {};
  private float[][][] repeated = {};
  private float[][][] decoderGradient = {};
  private float[][][] encoderGradient = {};
  private float[][] shown = {};
  private float[][] lastGradient = {};

  /**
   * Networks and how they are trained.
   *
   * @param step columns that belong to one step
   */
  SequenceReconstruction(
      int step,
      LstmLayer encoder,
      LstmLayer decoder,
      DenseLayer last,
      Regularization regularization,
      double rate) {
    this.step = step;
    this.encoder = encoder;
    this.decoder = decoder;
    this.last = last;
    this.augmentation = new Augmentation(regularization);
    this.adam = new Adam(rate, 0.9, regularization.l2());
  }

  @Override
  public double learn(float[][] batch, int count, SplittableRandom random) {
    augmentation.mix(batch, count, random);
    float[][] out = rebuild(augmentation.noisy(batch, count, random), count);
    double loss = squared.of(out, batch, count);
    backward(squared.gradient(out, batch, count), count);
    adam.step(weights());
    return loss;
  }

  @Override
  public double loss(float[][] batch, int count) {
    return squared.of(rebuild(batch, count), batch, count);
  }

  /** Sequences are features × samples on the outside, all steps one after the other. */
  private float[][] rebuild(float[][] batch, int count) {
    int length = Math.ceilDiv(batch.length, step);
    makeRoom(batch.length, length, count);
    for (int t = 0; t < length; t++) {
      for (int j = 0; j < step; j++) {
        int column = t * step + j;
        if (column < batch.length) {
          steps[t][j] = batch[column];
        }
      }
    }
    float[][] code = encoder.forward(steps, count)[length - 1];
    for (int t = 0; t < length; t++) {
      repeated[t] = code;
    }
    float[][][] out = decoder.forward(repeated, count);
    // The last layer sees the steps as samples.
    for (int u = 0; u < shown.length; u++) {
      for (int t = 0; t < length; t++) {
        System.arraycopy(out[t][u], 0, shown[u], t * count, count);
      }
    }
    float[][] values = last.forward(shown, length * count, true);
    for (int column = 0; column < batch.length; column++) {
      System.arraycopy(values[column % step], column / step * count, rebuilt[column], 0, count);
    }
    return rebuilt;
  }

  private void backward(float[][] gradient, int count) {
    int length = steps.length;
    for (float[] row : lastGradient) {
      Arrays.fill(row, 0, length * count, 0);
    }
    for (int column = 0; column < gradient.length; column++) {
      System.arraycopy(
          gradient[column], 0, lastGradient[column % step], column / step * count, count);
    }
    float[][] back = last.backward(lastGradient, length * count);
    for (int t = 0; t < length; t++) {
      for (int u = 0; u < shown.length; u++) {
        System.arraycopy(back[u], t * count, decoderGradient[t][u], 0, count);
      }
    }
    float[][][] byCode = decoder.backward(decoderGradient, count);
    float[][] end = encoderGradient[length - 1];
    for (int u = 0; u < end.length; u++) {
      Arrays.fill(end[u], 0, count, 0);
      for (int t = 0; t < length; t++) {
        for (int k = 0; k < count; k++) {
          end[u][k] += byCode[t][u][k];
        }
      }
    }
    encoder.backward(encoderGradient, count);
  }

  private void makeRoom(int columns, int length, int count) {
    if (rebuilt.length == 0 || rebuilt[0].length < count) {
      rebuilt = new float[columns][count];
      steps = new float[length][step][count];
      repeated = new float[length][][];
      decoderGradient = new float[length][last.inputs()][count];
      encoderGradient = new float[length][encoder.units()][count];
      shown = new float[last.inputs()][length * count];
      lastGradient = new float[step][length * count];
    }
  }

  @Override
  public void rate(double rate) {
    adam.rate(rate);
  }

  @Override
  public List<Weights> weights() {
    var weights = new ArrayList<Weights>(encoder.weights());
    weights.addAll(decoder.weights());
    weights.addAll(last.weights());
    return weights;
  }
}
