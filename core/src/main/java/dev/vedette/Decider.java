package dev.vedette;

import dev.vedette.data.Table;
import dev.vedette.threshold.Calibration;
import dev.vedette.threshold.Rule;
import dev.vedette.threshold.Threshold;
import java.util.Arrays;
import java.util.List;

/**
 * A model with the scale and the threshold that turn its scores into decisions. This is what the
 * command line saves and runs.
 */
public record Decider(TableModel model, Calibration calibration, Threshold threshold) {
  /**
   * Fits {@code detector} on {@code training}, and scale and threshold on the training rows' scores
   * (left out of their own score where the detector can do that).
   *
   * @throws IllegalArgumentException when the rule needs labels and the table has none
   */
  public static Decider fit(TableDetector detector, Table training, Rule rule) {
    TableModel model = detector.fit(training);
    return of(model, model.scoreTraining(training), training, rule);
  }

  /**
   * Scale and threshold for a fitted model.
   *
   * @param scores of the rows of {@code table}
   */
  public static Decider of(TableModel model, double[] scores, Table table, Rule rule) {
    Threshold threshold =
        table
            .labels()
            .filter(labels -> rule.needsLabels())
            .map(labels -> rule.fit(scores, labels))
            .orElseGet(() -> rule.fit(scores));
    return new Decider(model, Calibration.of(scores), threshold);
  }

  /** The decision on a score of the model. */
  public Decision decide(double score) {
    return new Decision(
        score, calibration.pValue(score), calibration.severity(score), threshold.flags(score));
  }

  /** The decisions on all rows of {@code table}. */
  public List<Decision> decide(Table table) {
    return Arrays.stream(model.score(table)).mapToObj(this::decide).toList();
  }
}
