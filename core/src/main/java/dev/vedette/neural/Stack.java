package dev.vedette.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Layers one after the other, as one. */
record Stack(List<Layer> layers) implements Layer {
  Stack {
    layers = List.copyOf(layers);
  }

  /**
   * Dense layers of the given widths.
   *
   * @param widths of what goes in, of every hidden layer, and of what comes out
   * @param hidden the activation of all layers but the last, which is linear
   * @param dropout the share of the hidden units left out at a time
   */
  static Stack dense(
      List<Integer> widths, Activation hidden, double dropout, SplittableRandom random) {
    return dense(widths, hidden, dropout, true, random);
  }

  /** As {@link #dense}, without biases. */
  static Stack unbiased(
      List<Integer> widths, Activation hidden, double dropout, SplittableRandom random) {
    return dense(widths, hidden, dropout, false, random);
  }

  private static Stack dense(
      List<Integer> widths,
      Activation hidden,
      double dropout,
      boolean biased,
      SplittableRandom random) {
    var layers = new ArrayList<Layer>();
    for (int l = 1; l < widths.size(); l++) {
      boolean end = l == widths.size() - 1;
      Activation activation = end ? Activation.IDENTITY : hidden;
      layers.add(new DenseLayer(widths.get(l - 1), widths.get(l), activation, biased, random));
      if (dropout > 0 && !end) {
        layers.add(new DropoutLayer(widths.get(l), dropout, random.split()));
      }
    }
    return new Stack(layers);
  }

  @Override
  public float[][] forward(float[][] in, int count, boolean training) {
    float[][] flow = in;
    for (Layer layer : layers) {
      flow = layer.forward(flow, count, training);
    }
    return flow;
  }

  @Override
  public float[][] backward(float[][] gradient, int count) {
    float[][] flow = gradient;
    for (int l = layers.size() - 1; l >= 0; l--) {
      flow = layers.get(l).backward(flow, count);
    }
    return flow;
  }

  @Override
  public int outputs() {
    return layers.getLast().outputs();
  }

  @Override
  public List<Weights> weights() {
    return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
  }

  /** What was learned; noise is no part of it. */
  Net learned() {
    return new Net(
        layers.stream()
            .filter(DenseLayer.class::isInstance)
            .map(layer -> ((DenseLayer) layer).learned())
            .toList());
  }
}
