package dev.vedette.threshold;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Numbers;

/**
 * The score above which a row is flagged, and the rule that chose it.
 *
 * @param rule how the cut was chosen
 * @param cut a score is flagged when it is greater than this; +∞ for a threshold that never flags
 */
public record Threshold(Rule rule, double cut) {
  public Threshold {
    Require.that(cut > Double.NEGATIVE_INFINITY, "cut must be a number above -Infinity, is " + cut);
  }

  /** {@link Rule.FalseAlarms} fitted on the scores of rows the model has not learned from. */
  public static Threshold falseAlarms(double rate, double[] calibrationScores) {
    return new Rule.FalseAlarms(rate).fit(calibrationScores);
  }

  /** {@link Rule.Quantile} fitted on {@code scores}. */
  public static Threshold quantile(double level, double[] scores) {
    return new Rule.Quantile(level).fit(scores);
  }

  /** {@link Rule.Share} fitted on {@code scores}. */
  public static Threshold share(double share, double[] scores) {
    return new Rule.Share(share).fit(scores);
  }

  /** {@link Rule.Budget} fitted on {@code scores}. */
  public static Threshold budget(double perDay, double rowsPerDay, double[] scores) {
    return new Rule.Budget(perDay, rowsPerDay).fit(scores);
  }

  /** {@link Rule.BestF1} fitted on {@code scores}; true labels are anomalies. */
  public static Threshold bestF1(double[] scores, boolean[] labels) {
    return new Rule.BestF1().fit(scores, labels);
  }

  /** {@link Rule.BestAccuracy} fitted on {@code scores}; true labels are anomalies. */
  public static Threshold bestAccuracy(double[] scores, boolean[] labels) {
    return new Rule.BestAccuracy().fit(scores, labels);
  }

  /** {@link Rule.Cost} fitted on {@code scores}; true labels are anomalies. */
  public static Threshold cost(double miss, double alarm, double[] scores, boolean[] labels) {
    return new Rule.Cost(miss, alarm).fit(scores, labels);
  }

  /**
   * Whether a row with this score is flagged: {@code score > cut}.
   *
   * @throws DataException when the score is NaN
   */
  public boolean flags(double score) {
    if (Double.isNaN(score)) {
      throw new DataException("the score is NaN; a score must be a number to be judged");
    }
    return score > cut;
  }

  /** Whether no score at all is flagged; {@link #description()} says why. */
  public boolean never() {
    return cut == Double.POSITIVE_INFINITY;
  }

  /** In one line and plain words: what is flagged and what the rule promises. */
  public String description() {
    return never()
        ? "never flags: " + whyNever()
        : "flags scores above " + Numbers.text(cut, 6) + ": " + meaning();
  }

  private String meaning() {
    return switch (rule) {
      case Rule.Quantile(double level) ->
          "at most " + percent(1 - level) + " of the scores it was fitted on";
      case Rule.Share(double share) -> "the top " + percent(share) + ", the expected share";
      case Rule.Budget(double perDay, double rowsPerDay) ->
          "at most %s of %s rows per day"
              .formatted(Numbers.text(perDay, 6), Numbers.text(rowsPerDay, 6));
      case Rule.FalseAlarms(double rate) -> "at most " + percent(rate) + " of normal rows";
      case Rule.StandOut(double alarms) ->
          "what stands out from the rest, at most %s false alarms expected"
              .formatted(Numbers.text(alarms, 6));
      case Rule.BestF1() -> "the best F1 on labelled rows";
      case Rule.BestAccuracy() -> "the best accuracy on labelled rows";
      case Rule.Cost(double miss, double alarm) ->
          "the lowest cost on labelled rows, where a miss costs %s and an alarm %s"
              .formatted(Numbers.text(miss, 6), Numbers.text(alarm, 6));
    };
  }

  private String whyNever() {
    return switch (rule) {
      case Rule.FalseAlarms alarms ->
          "a false-alarm rate of %s needs at least %s calibration rows besides the row judged"
              .formatted(percent(alarms.rate()), alarms.rowsNeeded());
      case Rule.Budget budget ->
          "a budget of %s of %s rows per day needs at least %s scores to fit on"
              .formatted(
                  Numbers.text(budget.perDay(), 6),
                  Numbers.text(budget.rowsPerDay(), 6),
                  budget.rowsNeeded());
      case Rule.StandOut alone ->
          "what stands out cannot be told from fewer than %s scores".formatted(alone.rowsNeeded());
      default -> "no cut does better on the labelled rows than flagging nothing";
    };
  }

  private static String percent(double share) {
    return Numbers.text(100 * share, 6) + " %";
  }
}
