package dev.vedette.azure;

import dev.vedette.Require;

/**
 * How the training went. The model is not a neural network; an epoch is one try of a penalty on the
 * weights, from strong to weak. Losses are mean squared errors of prediction in standardised
 * variables.
 *
 * @param epochIds 1, 2, ...
 * @param trainLosses on the points learned from
 * @param validationLosses on points not learned from; the epoch with the smallest makes the model
 * @param latenciesInSeconds how long each took
 */
public record MultivariateDiagnostics(
    int[] epochIds, double[] trainLosses, double[] validationLosses, double[] latenciesInSeconds) {
  public MultivariateDiagnostics {
    Require.that(
        trainLosses.length == epochIds.length
            && validationLosses.length == epochIds.length
            && latenciesInSeconds.length == epochIds.length,
        "one loss and latency per epoch");
  }
}
