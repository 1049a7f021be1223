package dev.vedette;

import dev.vedette.data.Matrix;
import java.util.Arrays;

/**
 * A few rows and the scores a model gave them when it was saved. A model that is loaded must still
 * give them: this catches a library whose arithmetic changed, where a checksum cannot.
 *
 * @param rows as the model sees them
 * @param scores one per row
 */
record Golden(double[][] rows, double[] scores) {
  private static final int ROWS = 8;

  Golden {
    Require.that(rows.length == scores.length, "one golden score per golden row");
    Require.that(rows.length > 0, "the golden rows are missing");
    for (double score : scores) {
      Require.that(Double.isFinite(score), "a golden score is not finite");
    }
  }

  /** Rows spread evenly over {@code training}. */
  static Golden of(RowModel model, Matrix training) {
    int size = Math.min(ROWS, training.rows());
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = training.row((int) ((long) i * training.rows() / size));
    }
    return new Golden(rows, Arrays.stream(rows).mapToDouble(model::score).toArray());
  }

  /**
   * Made-up rows for a model whose training rows are not at hand: zeros, ones, and growing steps of
   * either sign.
   */
  static Golden of(RowModel model) {
    double[][] rows = new double[ROWS][model.columns()];
    for (int i = 1; i < ROWS; i++) {
      for (int j = 0; j < model.columns(); j++) {
        rows[i][j] = ((i + j) % 2 == 0 ? 1 : -1) * Math.pow(10, i - 3);
      }
    }
    return new Golden(rows, Arrays.stream(rows).mapToDouble(model::score).toArray());
  }

  /**
   * Scores the rows again.
   *
   * @throws ModelFileException when a score differs by more than another platform's last digits
   */
  void verify(RowModel model) {
    for (int i = 0; i < rows.length; i++) {
      double score = model.score(rows[i]);
      if (!(Math.abs(score - scores[i]) <= 1e-9 * Math.max(1, Math.abs(scores[i])))) {
        throw new ModelFileException(
            "golden row %s scored %s when the model was saved and scores %s now"
                .formatted(i, scores[i], score));
      }
    }
  }
}
