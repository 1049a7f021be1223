package dev.vedette.neural;

import dev.vedette.Require;

/**
 * A trained long short-term memory.
 *
 * @param fromInput weights, inputs × 4·units: input gates, forget gates, output gates, candidates
 * @param fromOutput weights of what the units showed one step before, units × 4·units
 * @param biases one per gate and candidate, 4·units
 */
public record Lstm(float[][] fromInput, float[][] fromOutput, float[] biases) {
  public Lstm {
    Require.that(
        fromInput.length > 0 && fromOutput.length > 0 && biases.length == 4 * fromOutput.length,
        "a memory has four sums for each of its units");
    Net.requireLayer(fromInput, biases);
    Net.requireLayer(fromOutput, biases);
  }

  int inputs() {
    return fromInput.length;
  }

  int units() {
    return fromOutput.length;
  }

  /** What the units remember and show; zeros before the first step. */
  static final class State {
    final float[] cells;
    final float[] out;

    State(int units) {
      cells = new float[units];
      out = new float[units];
    }
  }

  /** One step. */
  void step(float[] in, State state) {
    int units = units();
    float[] sums = biases.clone();
    Net.addProduct(fromInput, in, sums);
    Net.addProduct(fromOutput, state.out, sums);
    for (int u = 0; u < units; u++) {
      float input = Activation.sigmoid(sums[u]);
      float forget = Activation.sigmoid(sums[units + u]);
      float output = Activation.sigmoid(sums[2 * units + u]);
      float candidate = Activation.tanh(sums[3 * units + u]);
      state.cells[u] = Math.fma(forget, state.cells[u], input * candidate);
      state.out[u] = output * Activation.tanh(state.cells[u]);
    }
  }
}
