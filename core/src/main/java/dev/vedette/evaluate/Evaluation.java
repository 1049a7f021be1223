package dev.vedette.evaluate;

import dev.vedette.threshold.Threshold;
import java.util.ArrayList;
import java.util.Locale;

/**
 * How good scores and a threshold are on labelled rows.
 *
 * @param threshold the threshold judged
 * @param confusion the counts at that threshold
 * @param rocAuc see {@link Evaluate#rocAuc}; does not depend on the threshold
 * @param averagePrecision see {@link Evaluate#averagePrecision}; does not depend on the threshold
 * @param precision see {@link Confusion#precision()}; 0 when nothing is flagged
 * @param recall see {@link Confusion#recall()}
 * @param f1 see {@link Confusion#f1()}; 0 when no anomaly is flagged
 * @param precisionAtAnomalies see {@link Evaluate#precisionAt}, where k is the number of anomalies
 * @param bootstrap how the intervals were found
 */
public record Evaluation(
    Threshold threshold,
    Confusion confusion,
    Estimate rocAuc,
    Estimate averagePrecision,
    Estimate precision,
    Estimate recall,
    Estimate f1,
    double precisionAtAnomalies,
    Bootstrap bootstrap) {

  /** See {@link Confusion#f2()}. */
  public double f2() {
    return confusion.f2();
  }

  /** See {@link Confusion#accuracy()}. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /** See {@link Confusion#falsePositiveRate()}. */
  public double falsePositiveRate() {
    return confusion.falsePositiveRate();
  }

  /** A table for a terminal. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d rows, %d anomalies (%.2f %%)",
            confusion.rows(),
            confusion.anomalies(),
            100.0 * confusion.anomalies() / confusion.rows()));
    lines.add(threshold.description());
    lines.add("");
    lines.add(line("ROC AUC", rocAuc));
    lines.add(line("average precision", averagePrecision));
    lines.add(line("precision at " + confusion.anomalies(), precisionAtAnomalies));
    lines.add(line("precision", precision));
    lines.add(line("recall", recall));
    lines.add(line("F1", f1));
    lines.add(line("F2", f2()));
    lines.add(line("accuracy", accuracy()));
    lines.add(line("false positive rate", falsePositiveRate()));
    if (bootstrap.resamples() > 0) {
      lines.add("(95 % intervals from " + bootstrap.resamples() + " bootstrap resamples)");
    }
    lines.add("");
    lines.add(confusion.toString());
    return String.join("\n", lines);
  }

  private static String line(String name, Estimate estimate) {
    return String.format(Locale.ROOT, "%-20s  %s", name, estimate);
  }

  private static String line(String name, double value) {
    return String.format(Locale.ROOT, "%-20s  %.4f", name, value);
  }
}
