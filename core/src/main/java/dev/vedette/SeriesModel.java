package dev.vedette;

import dev.vedette.data.Series;

/**
 * A {@link Model} of series. What is read at a point is the same, bit for bit, on any number of
 * threads and after the model was saved and loaded.
 */
public interface SeriesModel extends Model<Series> {
  @Override
  SeriesDetector detector();

  /** The number of variables of a series. */
  int variables();

  /** What a user should know of how this model came about, in one sentence; mostly empty. */
  default String note() {
    return "";
  }

  /**
   * Reads points that follow the history, or lie beside it, each in the light of the history (and
   * of the points of {@code later} around it, where the detector looks at those). Nothing is
   * learned.
   *
   * @throws DataException when there are other variables, or a value the detector cannot use
   */
  Reading read(Series later);

  /**
   * Reads the history itself in hindsight: each point in the light of all the others.
   *
   * @param history exactly the series given to {@code fit}
   */
  Reading readTraining(Series history);

  @Override
  default double[] score(Series series) {
    return read(series).score();
  }
}
