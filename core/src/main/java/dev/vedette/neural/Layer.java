package dev.vedette.neural;

import java.util.List;

/**
 * A differentiable step of a network in training, over mini-batches kept feature by feature
 * (features × samples). Arrays that are returned are the layer's own and are written over by the
 * next call.
 */
interface Layer {
  /**
   * What comes out for a mini-batch.
   *
   * @param in inputs × samples; must stay as it is until {@link #backward}
   * @param count samples in use, the first of each row
   * @param training whether noise such as dropout is wanted
   * @return outputs × samples
   */
  float[][] forward(float[][] in, int count, boolean training);

  /**
   * Adds to the gradients of the weights what the last {@link #forward} owes.
   *
   * @param gradient of the loss by the outputs, outputs × samples; written over
   * @return the gradient of the loss by the inputs, inputs × samples
   */
  float[][] backward(float[][] gradient, int count);

  int outputs();

  List<Weights> weights();
}
