package dev.vedette.explain;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;

/**
 * Shapley values by sampling: what a column adds to the score when the columns of a typical row are
 * replaced, one after the other in random order, by those of the row. Works for any model and so
 * checks the faster attributions that know theirs; it needs a background to take typical rows from.
 *
 * <p>Štrumbelj and Kononenko, "Explaining prediction models and individual predictions with feature
 * contributions", 2014, doi:10.1007/s10115-013-0679-x, Algorithm 2.
 *
 * @param background typical rows
 * @param samples random orders, 1 to 1,000,000; the error falls with their root
 */
public record Shapley(Matrix background, int samples, long seed) {
  public Shapley {
    Require.range("samples", samples, 1, 1_000_000);
    background.requireRows(1);
  }

  /**
   * The Shapley values of {@code row}; they sum to its score less the mean score of the background
   * rows drawn, which is the base. O(samples · columns) scores.
   */
  public Attribution attribute(RowModel model, double[] row) {
    int columns = row.length;
    var random = Seeds.stream(seed, 0);
    double[] contributions = new double[columns];
    double[] mixed = new double[columns];
    double base = 0;
    for (int sample = 0; sample < samples; sample++) {
      background.copyRow(random.nextInt(background.rows()), mixed);
      double before = model.score(mixed);
      base += before / samples;
      for (int j : Seeds.sample(random, columns, columns)) {
        mixed[j] = row[j];
        double after = model.score(mixed);
        contributions[j] += (after - before) / samples;
        before = after;
      }
    }
    return new Attribution(model.score(row), base, contributions, model.attribute(row).normal());
  }
}
