package dev.vedette;

import dev.vedette.data.Matrix;

/** A {@link Detector} that learns from the rows of a matrix (rows × columns). */
public interface RowDetector extends Detector<Matrix> {
  /**
   * Learns from the rows of {@code rows}.
   *
   * @throws DataException when there are too few rows, or a value this detector cannot use
   */
  @Override
  RowModel fit(Matrix rows);

  /**
   * As {@link #fit(Matrix)}, telling {@code progress} how far it is. Detectors that fit at once say
   * nothing.
   */
  default RowModel fit(Matrix rows, Progress progress) {
    return fit(rows);
  }

  /**
   * Whether {@link RowModel#scoreTraining} scores each row as if it had not been learned from.
   * Where it does not, thresholds are calibrated by fitting on parts of the rows and scoring the
   * rest.
   */
  default boolean leavesOut() {
    return false;
  }

  /** Whether NaN means "missing" to this detector; otherwise NaN is refused. */
  default boolean acceptsMissing() {
    return false;
  }
}
