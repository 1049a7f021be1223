package dev.vedette.neural;

import dev.vedette.Attribution;
import dev.vedette.RowModel;

/** Attributions for networks: what a score falls by when one column is made normal. */
final class Occlusion {
  private Occlusion() {}

  /**
   * A column's part is how much the score of {@code row} falls when the column alone is set to its
   * value in {@code usual} or in {@code normal}, whichever makes it fall more, scaled so that the
   * parts sum to the score; a column that it does not fall by has none.
   *
   * @param usual the means, say: right where a column is far out by itself
   * @param normal what is expected given the other columns: right where it breaks a relation
   */
  static Attribution attribute(RowModel model, double[] row, double[] usual, double[] normal) {
    double score = model.score(row);
    double[] weights = new double[row.length];
    double[] changed = row.clone();
    for (int j = 0; j < row.length; j++) {
      changed[j] = usual[j];
      double least = model.score(changed);
      changed[j] = normal[j];
      least = Math.min(least, model.score(changed));
      changed[j] = row[j];
      weights[j] = Math.max(0, score - least);
    }
    return Attribution.proportional(score, 0, weights, normal);
  }
}
