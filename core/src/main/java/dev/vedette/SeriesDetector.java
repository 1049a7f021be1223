package dev.vedette;

import dev.vedette.data.Series;

/** A {@link Detector} that learns from the history of a {@link Series}. */
public interface SeriesDetector extends Detector<Series> {
  /**
   * Learns from {@code history}.
   *
   * @throws DataException when there are too few points, or a value this detector cannot use
   */
  @Override
  SeriesModel fit(Series history);

  /** Whether NaN means "missing" to this detector; otherwise NaN is refused. */
  default boolean acceptsMissing() {
    return false;
  }

  /** Whether this detector looks at one variable only; otherwise at any number together. */
  default boolean univariate() {
    return true;
  }
}
