package dev.vedette;

import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.threshold.Calibration;
import dev.vedette.threshold.Rule;
import dev.vedette.threshold.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model with the scale and the threshold that turn its scores into decisions. This is what the
 * command line saves and runs.
 */
public record Decider(TableModel model, Calibration calibration, Threshold threshold) {
  private static final int FOLDS = 5;

  /**
   * Fits {@code detector} on {@code training}, for rows to come. Scale and threshold are fitted on
   * scores of rows as if they had not been learned from: the detector leaves each row out of its
   * own score, or, where it cannot, is fitted on four fifths of the rows five times and scores the
   * rest.
   *
   * @throws IllegalArgumentException when the rule needs labels and the table has none
   */
  public static Decider fit(TableDetector detector, Table training, Rule rule) {
    TableModel model = detector.fit(training);
    TableDetector chosen = model.detector();
    if (chosen.rows().leavesOut() || training.rows() < 4 * FOLDS) {
      return of(model, model.scoreTraining(training), training, rule);
    }
    double[] scores = new double[training.rows()];
    boolean[] labels = new boolean[training.rows()];
    int at = 0;
    for (Split split : Split.folds(training, FOLDS, 42)) {
      double[] part = chosen.fit(split.train()).score(split.test());
      System.arraycopy(part, 0, scores, at, part.length);
      boolean[] known = split.test().labels().orElseGet(() -> new boolean[part.length]);
      System.arraycopy(known, 0, labels, at, known.length);
      at += part.length;
    }
    Threshold threshold =
        training.labels().isPresent() && rule.needsLabels()
            ? rule.fit(scores, labels)
            : rule.fit(scores);
    return new Decider(model, Calibration.of(scores), threshold);
  }

  /**
   * Scale and threshold for a fitted model and rows to come.
   *
   * @param scores of the rows of {@code table}, as if they had not been learned from
   */
  public static Decider of(TableModel model, double[] scores, Table table, Rule rule) {
    if (model.rows().detector() instanceof LabelledDetector) {
      return learned(model, scores, table.labels().orElseThrow(), rule);
    }
    Threshold threshold =
        table
            .labels()
            .filter(labels -> rule.needsLabels())
            .map(labels -> rule.fit(scores, labels))
            .orElseGet(() -> rule.fit(scores));
    return new Decider(model, Calibration.of(scores), threshold);
  }

  /** Where the model has used the labels, the scale does too: normal is what is labelled so. */
  private static Decider learned(TableModel model, double[] scores, boolean[] labels, Rule rule) {
    double[] normal =
        IntStream.range(0, scores.length)
            .filter(i -> !labels[i])
            .mapToDouble(i -> scores[i])
            .toArray();
    return new Decider(model, Calibration.of(normal), rule.fit(scores, labels));
  }

  /**
   * Scale and threshold to judge the rows of {@code table} themselves, each against all others, by
   * {@link #decideWithin}.
   *
   * @param scores of the rows of {@code table}
   */
  public static Decider within(TableModel model, double[] scores, Table table, Rule rule) {
    if (model.rows().detector() instanceof LabelledDetector) {
      return learned(model, scores, table.labels().orElseThrow(), rule);
    }
    Threshold threshold =
        table
            .labels()
            .filter(labels -> rule.needsLabels())
            .map(labels -> rule.fit(scores, labels))
            .orElseGet(() -> rule.fitWithin(scores));
    return new Decider(model, Calibration.of(scores), threshold);
  }

  /**
   * The decision on one of the rows whose scores the scale was fitted on: the row itself is left
   * out of it.
   */
  public Decision decideWithin(double score) {
    return new Decision(
        score,
        calibration.pValueWithin(score),
        calibration.severityWithin(score),
        threshold.flags(score));
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
