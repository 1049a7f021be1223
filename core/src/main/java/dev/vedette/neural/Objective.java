package dev.vedette.neural;

import java.util.List;
import java.util.SplittableRandom;

/** What a network is trained to do, on mini-batches of features × samples. */
interface Objective {
  /**
   * The mean loss of a sample of the batch, after it was learned from.
   *
   * @param count samples in use
   * @param random for noise; the same for the same step
   */
  double learn(float[][] batch, int count, SplittableRandom random);

  /** The mean loss of a sample of the batch, without learning from it. */
  double loss(float[][] batch, int count);

  /** The size of the steps of the next epoch. */
  void rate(double rate);

  /** All that is learned. */
  List<Weights> weights();
}
