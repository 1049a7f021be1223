package dev.vedette.neural;

import dev.vedette.Require;

/**
 * What keeps a network from learning its rows by heart.
 *
 * @param l2 the weight of ½·w² in the loss, 0 to 1
 * @param dropout the share of the hidden units left out at a time, 0 to 0.9
 * @param noise the standard deviation of the noise put on the inputs, in standard deviations of a
 *     column, 0 to 10; the network learns to take it off again (Vincent et al. 2008,
 *     doi:10.1145/1390156.1390294)
 * @param mixing the share of the rows replaced by a mixture with another row, 0 to 1 (Zhang et al.
 *     2018, arXiv:1710.09412)
 */
public record Regularization(double l2, double dropout, double noise, double mixing) {
  public Regularization {
    Require.range("l2", l2, 0, 1);
    Require.range("dropout", dropout, 0, 0.9);
    Require.range("noise", noise, 0, 10);
    Require.range("mixing", mixing, 0, 1);
  }

  /** A trace of L2. */
  public Regularization() {
    this(1e-6, 0, 0, 0);
  }

  public Regularization l2(double l2) {
    return new Regularization(l2, dropout, noise, mixing);
  }

  public Regularization dropout(double dropout) {
    return new Regularization(l2, dropout, noise, mixing);
  }

  public Regularization noise(double noise) {
    return new Regularization(l2, dropout, noise, mixing);
  }

  public Regularization mixing(double mixing) {
    return new Regularization(l2, dropout, noise, mixing);
  }
}
