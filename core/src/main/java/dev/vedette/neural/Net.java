package dev.vedette.neural;

import dev.vedette.Require;
import java.util.List;

/**
 * A trained feed-forward network: dense layers, one after the other.
 *
 * <p>A row costs O(weights); nothing is remembered between rows.
 */
public record Net(List<Dense> layers) {
  public Net {
    layers = List.copyOf(layers);
    Require.that(!layers.isEmpty(), "a network has at least one layer");
    for (int l = 1; l < layers.size(); l++) {
      Require.that(
          layers.get(l).inputs() == layers.get(l - 1).outputs(),
          "layer " + l + " of the network does not fit onto the one before it");
    }
  }

  int inputs() {
    return layers.getFirst().inputs();
  }

  int outputs() {
    return layers.getLast().outputs();
  }

  /** What comes out for one input. */
  float[] apply(float[] in) {
    float[] flow = in;
    for (Dense layer : layers) {
      flow = layer.apply(flow);
    }
    return flow;
  }

  /**
   * A layer of a {@link Net}.
   *
   * @param weights inputs × outputs
   * @param biases one per output
   * @param activation of the weighted sums
   */
  public record Dense(float[][] weights, float[] biases, Activation activation) {
    public Dense {
      Require.that(weights.length > 0 && biases.length > 0, "a layer has inputs and outputs");
      requireLayer(weights, biases);
    }

    int inputs() {
      return weights.length;
    }

    int outputs() {
      return biases.length;
    }

    float[] apply(float[] in) {
      float[] out = biases.clone();
      addProduct(weights, in, out);
      activation.apply(out, out.length);
      return out;
    }
  }

  static void requireLayer(float[][] weights, float[] biases) {
    requireFinite(biases);
    for (float[] row : weights) {
      Require.that(row.length == biases.length, "one weight per input and output");
      requireFinite(row);
    }
  }

  private static void requireFinite(float[] values) {
    for (float value : values) {
      Require.that(Float.isFinite(value), "a weight is not a finite number");
    }
  }

  /** {@code sums[o] += Σᵢ in[i]·weights[i][o]}, four rows a pass: HotSpot vectorises it. */
  static void addProduct(float[][] weights, float[] in, float[] sums) {
    int i = 0;
    for (; i + 4 <= in.length; i += 4) {
      float[] w0 = weights[i];
      float[] w1 = weights[i + 1];
      float[] w2 = weights[i + 2];
      float[] w3 = weights[i + 3];
      float x0 = in[i];
      float x1 = in[i + 1];
      float x2 = in[i + 2];
      float x3 = in[i + 3];
      for (int o = 0; o < sums.length; o++) {
        sums[o] =
            Math.fma(
                x3, w3[o], Math.fma(x2, w2[o], Math.fma(x1, w1[o], Math.fma(x0, w0[o], sums[o]))));
      }
    }
    for (; i < in.length; i++) {
      float x = in[i];
      float[] w = weights[i];
      for (int o = 0; o < sums.length; o++) {
        sums[o] = Math.fma(x, w[o], sums[o]);
      }
    }
  }
}
