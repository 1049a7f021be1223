package dev.vedette.cli;

import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.data.BadRows;
import dev.vedette.data.Encoding;
import dev.vedette.data.Table;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.explain.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a command found in one table.
 *
 * @param file as the user named it
 * @param badRows that were left out while reading
 * @param within whether the rows are those the decider was fitted on, each judged against the
 *     others
 * @param trainingRows the decider was fitted on
 * @param scores one per row of {@code table}
 * @param evaluation how good the scores are, where both classes are labelled
 * @param timings of the phases so far
 */
record Findings(
    String file,
    Table table,
    BadRows badRows,
    Decider decider,
    boolean within,
    int trainingRows,
    double[] scores,
    @Nullable Evaluation evaluation,
    List<Console.Phase> timings) {
  /** A row that stands out, why, and whether it is a known anomaly where that is known. */
  record Anomaly(int row, Decision decision, Explanation explanation, @Nullable Boolean label) {
    /** The number of the row as people count: the first after the header is 1. */
    int number() {
      return row + 1;
    }
  }

  Decision decision(int row) {
    return within ? decider.decideWithin(scores[row]) : decider.decide(scores[row]);
  }

  int flagged() {
    int flagged = 0;
    for (double score : scores) {
      flagged += decider.threshold().flags(score) ? 1 : 0;
    }
    return flagged;
  }

  /**
   * The {@code count} rows with the highest scores, highest first, ties in the order of the rows.
   */
  List<Anomaly> top(int count) {
    int[] rows =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    boolean[] labels = table.labels().orElse(null);
    List<Explanation> explanations = explain(rows);
    var top = new ArrayList<Anomaly>();
    for (int i = 0; i < rows.length; i++) {
      Boolean label = labels == null ? null : labels[rows[i]];
      top.add(new Anomaly(rows[i], decision(rows[i]), explanations.get(i), label));
    }
    return top;
  }

  /** Why the given rows have their scores. */
  List<Explanation> explain(int[] rows) {
    return within
        ? decider.model().explainTraining(table, rows)
        : Arrays.stream(rows).mapToObj(row -> decider.model().explain(table, row)).toList();
  }

  /** How good {@code scores} are, where both classes are labelled. */
  static @Nullable Evaluation evaluate(Table table, double[] scores, Decider decider) {
    boolean[] labels = table.labels().orElse(null);
    if (labels == null) {
      return null;
    }
    long anomalies = IntStream.range(0, labels.length).filter(i -> labels[i]).count();
    return anomalies == 0 || anomalies == labels.length
        ? null
        : Evaluate.report(scores, labels, decider.threshold());
  }

  /** What a reader should know about the model and the data, a sentence each. */
  List<String> notices() {
    List<String> notices = notices(decider.model().encoding(), badRows);
    String note = decider.model().rows().note();
    if (!note.isEmpty()) {
      notices.addFirst(note);
    }
    if (table.labels().isPresent() && evaluation == null) {
      notices.add("all labels are the same, so there is nothing to measure the scores by");
    }
    return notices;
  }

  /** What the reader should know of columns and rows that were left out. */
  static List<String> notices(Encoding encoding, BadRows badRows) {
    var notices = new ArrayList<String>();
    encoding.dropped().forEach(column -> notices.add(column + " and was left out"));
    if (badRows.bad() > 0) {
      notices.add(
          Console.text(
              "%,d of %,d rows could not be read and were left out; the first: %s",
              badRows.bad(), badRows.rows(), badRows.messages().getFirst()));
    }
    return notices;
  }
}
