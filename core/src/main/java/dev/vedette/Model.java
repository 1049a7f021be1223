package dev.vedette;

/**
 * What a detector has learned: an immutable record of arrays, safe to share between threads.
 *
 * @param <D> the data it scores
 */
public interface Model<D> {
  /** The detector, with the options this model was fitted with. */
  Detector<D> detector();

  /** One score per item of {@code data}; higher is more anomalous, always. */
  double[] score(D data);
}
