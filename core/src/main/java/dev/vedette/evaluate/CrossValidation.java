package dev.vedette.evaluate;

import dev.vedette.DataException;
import dev.vedette.Detector;
import dev.vedette.Model;
import dev.vedette.Require;
import dev.vedette.data.Column;
import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.math.Seeds;
import dev.vedette.threshold.Rule;
import dev.vedette.threshold.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Judges a detector on rows it has not seen: the table is cut into folds, and each fold is scored
 * by a model, and judged by a threshold, made from the other folds only. Labels of the fold judged
 * are not shown to the model.
 *
 * <p>Cost: {@code folds} times fitting, and scoring each row about twice.
 *
 * @param folds from 2 to the number of anomalies (and of normal rows)
 * @param seed of the folds
 * @param normalOnly whether the model learns from the normal rows of its part only
 * @param calibration the share of the training part that is kept from the model and used to fit the
 *     threshold, from 0 to less than 1. At 0 the model learns from the whole training part and the
 *     threshold is fitted on its scores of that part; detectors that remember their rows score
 *     those too low, and the threshold then promises too much.
 * @param rule how the threshold is fitted
 */
public record CrossValidation(
    int folds, long seed, boolean normalOnly, double calibration, Rule rule) {
  public CrossValidation {
    Require.range("folds", folds, 2, 1000);
    Require.that(
        calibration >= 0 && calibration < 1,
        "calibration must be from 0 to less than 1, is " + calibration);
  }

  /** Five folds, learning from all rows, a fifth of the training part for the threshold. */
  public CrossValidation() {
    this(5, 42, false, 0.2, new Rule.FalseAlarms());
  }

  public CrossValidation folds(int folds) {
    return new CrossValidation(folds, seed, normalOnly, calibration, rule);
  }

  public CrossValidation seed(long seed) {
    return new CrossValidation(folds, seed, normalOnly, calibration, rule);
  }

  public CrossValidation normalOnly(boolean normalOnly) {
    return new CrossValidation(folds, seed, normalOnly, calibration, rule);
  }

  public CrossValidation calibration(double calibration) {
    return new CrossValidation(folds, seed, normalOnly, calibration, rule);
  }

  public CrossValidation rule(Rule rule) {
    return new CrossValidation(folds, seed, normalOnly, calibration, rule);
  }

  /**
   * Runs {@code detector} over all folds of a labelled table.
   *
   * @throws DataException when the table has no labels, or fewer anomalies or normal rows than
   *     there are folds; and what the detector or the rule throws
   */
  public CrossValidated run(Table table, Detector<Table> detector) {
    boolean[] labels = requireLabels(table);
    double[] scores = new double[table.rows()];
    int[] foldOfRow = new int[table.rows()];
    var evaluations = new ArrayList<Evaluation>();
    for (Split rows : Split.folds(numbered(labels), folds, seed)) {
      int[] test = numbers(rows.test());
      int fold = evaluations.size();
      Judge judge = judge(table.select(numbers(rows.train())), detector, fold);
      Table unlabelled = Table.of(table.select(test).columns());
      double[] testScores = scored(judge.model(), unlabelled);
      boolean[] testLabels = new boolean[test.length];
      for (int i = 0; i < test.length; i++) {
        scores[test[i]] = testScores[i];
        foldOfRow[test[i]] = fold;
        testLabels[i] = labels[test[i]];
      }
      evaluations.add(Evaluate.report(testScores, testLabels, judge.threshold(), Bootstrap.NONE));
    }
    return new CrossValidated(scores, foldOfRow, evaluations);
  }

  private record Judge(Model<Table> model, Threshold threshold) {}

  /** A model and a threshold that have seen {@code train} and nothing else. */
  private Judge judge(Table train, Detector<Table> detector, int fold) {
    Table learn = train;
    Table calibrate = train;
    if (calibration > 0) {
      Split split = Split.random(train, 1 - calibration, Seeds.mix(seed + fold));
      learn = split.train();
      calibrate = split.test();
    }
    Model<Table> model = detector.fit(normalOnly ? learn.labelled(false) : learn);
    double[] scores = scored(model, Table.of(calibrate.columns()));
    return new Judge(model, rule.fit(scores, calibrate.labels().orElseThrow()));
  }

  private static double[] scored(Model<Table> model, Table rows) {
    double[] scores = model.score(rows);
    if (scores.length != rows.rows()) {
      throw new DataException(
          "the model gave %d scores for %d rows".formatted(scores.length, rows.rows()));
    }
    return scores;
  }

  private boolean[] requireLabels(Table table) {
    boolean[] labels =
        table.labels().orElseThrow(() -> new DataException("the table has no labels to judge by"));
    int anomalies = 0;
    for (boolean label : labels) {
      anomalies += label ? 1 : 0;
    }
    int least = Math.min(anomalies, labels.length - anomalies);
    if (least < folds) {
      throw new DataException(
          "%d anomalies and %d normal rows cannot be spread over %d folds; each fold needs one of both"
              .formatted(anomalies, labels.length - anomalies, folds));
    }
    return labels;
  }

  /** A table that {@link Split} cuts like any with these labels, and that shows which rows went. */
  private static Table numbered(boolean[] labels) {
    double[] numbers = IntStream.range(0, labels.length).asDoubleStream().toArray();
    return Table.of(List.of(Column.Numeric.numbers("row", numbers))).withLabels(labels);
  }

  private static int[] numbers(Table numbered) {
    var rows = (Column.Numeric) numbered.columns().getFirst();
    return IntStream.range(0, rows.rows()).map(i -> (int) rows.value(i)).toArray();
  }
}
