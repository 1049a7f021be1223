package dev.vedette.cli;

import dev.vedette.data.BadRows;
import dev.vedette.data.Table;
import dev.vedette.evaluate.Evaluation;
import java.util.Comparator;
import java.util.List;

/**
 * How detectors did that learned from the same rows and were judged by the same others.
 *
 * @param results of the detectors that could be judged, the largest ROC AUC first
 * @param failures of the others
 * @param notices what the reader should know of what was left out
 */
record Comparison(List<Result> results, List<Failure> failures, List<String> notices) {
  private static final Comparator<Result> BEST_FIRST =
      Comparator.comparingDouble((Result result) -> result.evaluation.rocAuc().value())
          .thenComparingDouble(result -> result.evaluation.averagePrecision().value())
          .reversed()
          .thenComparing(result -> result.entrant.name());

  Comparison {
    results = results.stream().sorted(BEST_FIRST).toList();
    failures =
        failures.stream().sorted(Comparator.comparing(failure -> failure.entrant.name())).toList();
    notices = List.copyOf(notices);
  }

  /**
   * What was compared on.
   *
   * @param file of the rows judged by, as the user named it
   * @param training the rows learned from
   * @param judged the rows judged by, with labels
   * @param numbers of the rows judged by, as people count: the first after the header is 1
   * @param badRows that were left out of {@code file}
   */
  record Facts(String file, Table training, Table judged, List<Integer> numbers, BadRows badRows) {
    long anomalies() {
      return anomalies(judged);
    }

    long trainingAnomalies() {
      return anomalies(training);
    }

    private static long anomalies(Table table) {
      long count = 0;
      for (boolean label : table.labels().orElse(new boolean[0])) {
        count += label ? 1 : 0;
      }
      return count;
    }
  }

  /** What became of one detector. */
  sealed interface Outcome {
    Entrant entrant();
  }

  /**
   * How one detector did.
   *
   * @param scores one per row judged
   * @param evaluation at the threshold with the best accuracy on these rows
   */
  record Result(Entrant entrant, double[] scores, Evaluation evaluation, Cost cost)
      implements Outcome {}

  /**
   * What a detector costs on one core, without the reading and encoding of the rows.
   *
   * @param fitSeconds to learn
   * @param microsPerRow to score one row of many
   * @param modelBytes of the model in a file
   */
  record Cost(double fitSeconds, double microsPerRow, long modelBytes) {}

  /**
   * Why a detector could not be judged.
   *
   * @param fault whether that is an error in Vedette
   */
  record Failure(Entrant entrant, String reason, boolean fault) implements Outcome {}
}
