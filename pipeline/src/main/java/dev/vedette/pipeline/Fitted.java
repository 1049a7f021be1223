package dev.vedette.pipeline;

import dev.vedette.Attribution;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;

/**
 * A model fitted on the rows of the reservoir, and the scaling its rows go through.
 *
 * @param trainingScores of the rows it was fitted on, each as if it had not been learned from
 */
record Fitted(RowModel model, Scaling scaling, double[] trainingScores, double[] scaled)
    implements Scorer {
  static Fitted fit(RowDetector detector, Matrix rows) {
    Scaling scaling = Scaling.of(rows);
    Matrix scaled = scaling.scale(rows);
    RowModel model = detector.fit(scaled);
    return new Fitted(model, scaling, model.scoreTraining(scaled), new double[rows.columns()]);
  }

  @Override
  public double score(double[] row) {
    scaling.scale(row, scaled);
    return model.score(scaled);
  }

  @Override
  public void learn(double[] row) {}

  @Override
  public Attribution attribute(double[] row) {
    scaling.scale(row, scaled);
    Attribution attribution = model.attribute(scaled);
    return new Attribution(
        attribution.score(),
        attribution.base(),
        attribution.contributions(),
        scaling.unscale(attribution.normal()));
  }

  /** An estimate: models hold about as much as the rows they were fitted on, or less. */
  @Override
  public long bytes() {
    return 8L * trainingScores.length * (scaling.columns() + 1);
  }
}
