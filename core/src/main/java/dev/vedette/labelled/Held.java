package dev.vedette.labelled;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Matrix;

/** The scores of training rows by models that have not seen the row, kept in single precision. */
final class Held {
  private Held() {}

  static void check(float[] held) {
    for (float score : held) {
      Require.that(Float.isFinite(score), "the score of a training row is " + score);
    }
  }

  static double[] scores(float[] held, Matrix training) {
    if (training.rows() != held.length) {
      throw new DataException(
          "%d rows are not the %d the model was fitted on; score them as other rows"
              .formatted(training.rows(), held.length));
    }
    double[] scores = new double[held.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = held[i];
    }
    return scores;
  }

  static Attribution moved(Attribution attribution, double score) {
    return new Attribution(
        score,
        attribution.base() + score - attribution.score(),
        attribution.contributions(),
        attribution.normal());
  }
}
