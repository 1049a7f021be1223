package dev.vedette;

import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;

/**
 * A {@link Model} of rows. A row gets the same score, bit for bit, alone, in a batch, on any number
 * of threads and after the model was saved and loaded.
 */
public interface RowModel extends Model<Matrix> {
  @Override
  RowDetector detector();

  /** The number of columns of a row. */
  int columns();

  /** What a user should know of how this model came about, in one sentence; mostly empty. */
  default String note() {
    return "";
  }

  /**
   * The score of one row; higher is more anomalous.
   *
   * @throws DataException when the row has another width, or a value the detector cannot use
   */
  double score(double[] row);

  /** The scores of all rows, computed in parallel. */
  @Override
  default double[] score(Matrix rows) {
    rows.requireUsable(columns(), detector().acceptsMissing());
    double[] scores = new double[rows.rows()];
    Parallel.blocks(
        rows.rows(),
        256,
        (from, to) -> {
          double[] row = new double[rows.columns()];
          for (int i = from; i < to; i++) {
            rows.copyRow(i, row);
            scores[i] = score(row);
          }
        });
    return scores;
  }

  /**
   * The scores of the rows this model was fitted on, each as if it had not been among them as far
   * as the detector can tell. A model that remembers its rows leaves row {@code i} out when it
   * scores row {@code i}; others score them like any row. Thresholds are calibrated on these
   * scores.
   *
   * @param training exactly the rows given to {@code fit}, in the same order
   */
  default double[] scoreTraining(Matrix training) {
    return score(training);
  }

  /** What each column contributes to the score of {@code row}; see {@link Attribution}. */
  Attribution attribute(double[] row);

  /**
   * What each column contributes to the score that {@link #scoreTraining} gives row number {@code
   * row} of {@code training}.
   */
  default Attribution attributeTraining(Matrix training, int row) {
    return attribute(training.row(row));
  }
}
