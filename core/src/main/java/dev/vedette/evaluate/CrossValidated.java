package dev.vedette.evaluate;

import dev.vedette.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The outcome of a {@link CrossValidation}.
 *
 * <p>The scores of different folds are of different models, and need not be on one scale. So
 * everything that compares scores (ROC AUC, average precision, precision at k) is measured within
 * each fold and then averaged, never over the pooled scores. Decisions can be pooled, as each was
 * made with the threshold of its own fold.
 *
 * @param scores for each row of the table the score of the model that had not seen it
 * @param foldOfRow for each row the fold that judged it, from 0
 * @param folds one evaluation per fold, without intervals
 */
public record CrossValidated(double[] scores, int[] foldOfRow, List<Evaluation> folds) {
  public CrossValidated {
    Require.that(
        scores.length == foldOfRow.length,
        "%d scores but %d folds of rows".formatted(scores.length, foldOfRow.length));
    Require.that(folds.size() >= 2, "at least 2 folds are needed, there are " + folds.size());
    scores = scores.clone();
    foldOfRow = foldOfRow.clone();
    folds = List.copyOf(folds);
  }

  /** For each row of the table the score of the model that had not seen it; a copy. */
  @Override
  public double[] scores() {
    return scores.clone();
  }

  /** For each row of the table the fold that judged it; a copy. */
  @Override
  public int[] foldOfRow() {
    return foldOfRow.clone();
  }

  /** For each row of the table whether the threshold of its fold flags it. */
  public boolean[] flagged() {
    boolean[] flagged = new boolean[scores.length];
    for (int i = 0; i < flagged.length; i++) {
      flagged[i] = folds.get(foldOfRow[i]).threshold().flags(scores[i]);
    }
    return flagged;
  }

  /** The counts of all folds together, each at its own threshold. */
  public Confusion confusion() {
    return folds.stream().map(Evaluation::confusion).reduce(Confusion::plus).orElseThrow();
  }

  /** The mean over the folds of a value, and the standard deviation (n − 1) between the folds. */
  public Spread spread(ToDoubleFunction<Evaluation> value) {
    double mean = folds.stream().mapToDouble(value).sum() / folds.size();
    double squares = 0;
    for (Evaluation fold : folds) {
      double off = value.applyAsDouble(fold) - mean;
      squares += off * off;
    }
    return new Spread(mean, Math.sqrt(squares / (folds.size() - 1)));
  }

  /** The ROC AUC of each fold, averaged. */
  public Spread rocAuc() {
    return spread(fold -> fold.rocAuc().value());
  }

  /** The average precision of each fold, averaged. */
  public Spread averagePrecision() {
    return spread(fold -> fold.averagePrecision().value());
  }

  /**
   * A value over several folds.
   *
   * @param mean the mean
   * @param deviation the standard deviation between the folds; it is not the error of the mean, as
   *     the folds share training rows
   */
  public record Spread(double mean, double deviation) {
    /** Such as {@code 0.9512 +- 0.0031}. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.4f +- %.4f", mean, deviation);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CrossValidated that
        && Arrays.equals(scores, that.scores)
        && Arrays.equals(foldOfRow, that.foldOfRow)
        && folds.equals(that.folds);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scores) + folds.hashCode();
  }

  /** A table for a terminal. */
  @Override
  public String toString() {
    Confusion all = confusion();
    var lines = new ArrayList<String>();
    lines.add(
        "%d rows, %d anomalies, %d folds: mean +- standard deviation over the folds"
            .formatted(all.rows(), all.anomalies(), folds.size()));
    lines.add("");
    lines.add(line("ROC AUC", rocAuc()));
    lines.add(line("average precision", averagePrecision()));
    lines.add(line("precision at k", spread(Evaluation::precisionAtAnomalies)));
    lines.add(line("precision", spread(fold -> fold.precision().value())));
    lines.add(line("recall", spread(fold -> fold.recall().value())));
    lines.add(line("F1", spread(fold -> fold.f1().value())));
    lines.add(line("F2", spread(Evaluation::f2)));
    lines.add(line("accuracy", spread(Evaluation::accuracy)));
    lines.add(line("false positive rate", spread(Evaluation::falsePositiveRate)));
    lines.add("");
    lines.add(all.toString());
    return String.join("\n", lines);
  }

  private static String line(String name, Spread spread) {
    return String.format(Locale.ROOT, "%-20s  %s", name, spread);
  }
}
