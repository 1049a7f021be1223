package dev.vedette.neural;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Long short-term memory in training, over mini-batches of sequences (steps × features × samples):
 * at every step gates decide what the cells forget, take in and show (Hochreiter and Schmidhuber
 * 1997, doi:10.1162/neco.1997.9.8.1735; forget gate: Gers et al. 2000,
 * doi:10.1162/089976600300015015).
 *
 * <p>The sums of a step are in four parts of one row a unit: input gate, forget gate, output gate,
 * candidate.
 */
final class LstmLayer {
  private final int inputs;
  private final int units;
  private final Product fromInput;
  private final Product fromOutput;
  private final Weights biases;
  private float[][][] in = {};
  private float[][][] gates = {};
  private float[][][] cells = {};
  private float[][][] shown = {};
  private float[][][] out = {};
  private float[][][] back = {};
  private float[][] zero = {};
  private float[][] outGradient = {};
  private float[][] cellGradient = {};
  private float[][] sumGradient = {};

  LstmLayer(int inputs, int units, SplittableRandom random) {
    this.inputs = inputs;
    this.units = units;
    this.fromInput = new Product(inputs, 4 * units, 1, random);
    this.fromOutput = new Product(units, 4 * units, 1, random);
    this.biases = Weights.biases(4 * units);
    // Cells that remember at first learn longer relations (Jozefowicz et al. 2015).
    Arrays.fill(biases.values()[0], units, 2 * units, 1f);
  }

  /**
   * What the units show after every step.
   *
   * @param in steps × inputs × samples; must stay as it is until {@link #backward}
   * @return steps × units × samples, written over by the next call
   */
  float[][][] forward(float[][][] in, int count) {
    makeRoom(in.length, count);
    this.in = in;
    float[] bias = biases.values()[0];
    for (int t = 0; t < in.length; t++) {
      float[][] sums = gates[t];
      for (int g = 0; g < sums.length; g++) {
        Arrays.fill(sums[g], 0, count, bias[g]);
      }
      fromInput.add(in[t], sums, count);
      if (t > 0) {
        fromOutput.add(out[t - 1], sums, count);
      }
      for (int g = 0; g < sums.length; g++) {
        (g < 3 * units ? Activation.SIGMOID : Activation.TANH).apply(sums[g], count);
      }
      for (int u = 0; u < units; u++) {
        step(t, u, count);
      }
    }
    return out;
  }

  private void step(int t, int u, int count) {
    float[] input = gates[t][u];
    float[] forget = gates[t][units + u];
    float[] output = gates[t][2 * units + u];
    float[] candidate = gates[t][3 * units + u];
    float[] before = t == 0 ? zero[u] : cells[t - 1][u];
    float[] cell = cells[t][u];
    float[] show = shown[t][u];
    float[] result = out[t][u];
    for (int k = 0; k < count; k++) {
      cell[k] = Math.fma(forget[k], before[k], input[k] * candidate[k]);
    }
    System.arraycopy(cell, 0, show, 0, count);
    Activation.TANH.apply(show, count);
    for (int k = 0; k < count; k++) {
      result[k] = output[k] * show[k];
    }
  }

  /**
   * Adds to the gradients of the weights, back through all steps.
   *
   * @param gradient of the loss by what the units showed after every step
   * @return the gradient of the loss by the inputs, steps × inputs × samples
   */
  float[][][] backward(float[][][] gradient, int count) {
    clear(outGradient, count);
    clear(cellGradient, count);
    float[] sums = biases.gradients()[0];
    for (int t = gradient.length - 1; t >= 0; t--) {
      for (int u = 0; u < units; u++) {
        stepBack(t, u, gradient[t][u], count);
      }
      for (int g = 0; g < sumGradient.length; g++) {
        sums[g] += Tiles.sum(sumGradient[g], count);
      }
      fromInput.addGradient(in[t], sumGradient, count);
      clear(back[t], count);
      fromInput.addBack(sumGradient, back[t], count);
      clear(outGradient, count);
      if (t > 0) {
        fromOutput.addGradient(out[t - 1], sumGradient, count);
        fromOutput.addBack(sumGradient, outGradient, count);
      }
    }
    return back;
  }

  private void stepBack(int t, int u, float[] gradient, int count) {
    float[] input = gates[t][u];
    float[] forget = gates[t][units + u];
    float[] output = gates[t][2 * units + u];
    float[] candidate = gates[t][3 * units + u];
    float[] before = t == 0 ? zero[u] : cells[t - 1][u];
    float[] show = shown[t][u];
    float[] later = outGradient[u];
    float[] cell = cellGradient[u];
    float[] inputSum = sumGradient[u];
    float[] forgetSum = sumGradient[units + u];
    float[] outputSum = sumGradient[2 * units + u];
    float[] candidateSum = sumGradient[3 * units + u];
    for (int k = 0; k < count; k++) {
      float byOut = gradient[k] + later[k];
      float byCell = Math.fma(byOut * output[k], 1 - show[k] * show[k], cell[k]);
      inputSum[k] = byCell * candidate[k] * input[k] * (1 - input[k]);
      forgetSum[k] = byCell * before[k] * forget[k] * (1 - forget[k]);
      outputSum[k] = byOut * show[k] * output[k] * (1 - output[k]);
      candidateSum[k] = byCell * input[k] * (1 - candidate[k] * candidate[k]);
      cell[k] = byCell * forget[k];
    }
  }

  private static void clear(float[][] rows, int count) {
    for (float[] row : rows) {
      Arrays.fill(row, 0, count, 0);
    }
  }

  private void makeRoom(int steps, int count) {
    if (out.length != steps || out[0][0].length < count) {
      gates = new float[steps][4 * units][count];
      cells = new float[steps][units][count];
      shown = new float[steps][units][count];
      out = new float[steps][units][count];
      back = new float[steps][inputs][count];
      zero = new float[units][count];
      outGradient = new float[units][count];
      cellGradient = new float[units][count];
      sumGradient = new float[4 * units][count];
    }
  }

  int units() {
    return units;
  }

  List<Weights> weights() {
    return List.of(fromInput.weights(), fromOutput.weights(), biases);
  }

  /** What was learned. */
  Lstm learned() {
    return new Lstm(fromInput.weights().copy(), fromOutput.weights().copy(), biases.copy()[0]);
  }
}
