package dev.vedette.cli;

import dev.vedette.data.Numbers;
import dev.vedette.evaluate.Confusion;
import dev.vedette.evaluate.DetectionDelay;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.evaluate.Nab;
import dev.vedette.evaluate.RangeScore;
import dev.vedette.evaluate.VolumeUnderSurface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How good scores and flags of a series are by its labels. Points of a series depend on their
 * neighbours, so there are no intervals.
 *
 * @param confusion point by point, at the threshold
 * @param falseStretches flagged stretches without a labelled point
 * @param nab the score at the threshold with the labelled stretches as windows; null where they are
 *     too short to be windows
 */
record SeriesQuality(
    SeriesFinding finding,
    double rocAuc,
    double averagePrecision,
    VolumeUnderSurface volume,
    Confusion confusion,
    RangeScore ranges,
    DetectionDelay delay,
    int falseStretches,
    @Nullable Nab nab) {
  /** Windows of fewer points leave no room for early and late. */
  private static final int LEAST_WINDOW = 5;

  private static final int WIDEST_EDGE = 500;

  /** Empty where labels of one class, or none, are known. */
  static Optional<SeriesQuality> of(SeriesFinding finding) {
    boolean[] labels = finding.series().labels().orElse(null);
    if (labels == null) {
      return Optional.empty();
    }
    List<Nab.Window> windows = windows(labels);
    int anomalies = windows.stream().mapToInt(SeriesQuality::length).sum();
    if (anomalies == 0 || anomalies == labels.length) {
      return Optional.empty();
    }
    double[] scores = finding.reading().score();
    boolean[] flags = new boolean[labels.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = finding.flagged(i);
    }
    int usual = anomalies / windows.size();
    double cut = finding.decider().threshold().cut();
    return Optional.of(
        new SeriesQuality(
            finding,
            Evaluate.rocAuc(scores, labels),
            Evaluate.averagePrecision(scores, labels),
            VolumeUnderSurface.of(scores, labels, Math.clamp(usual, 1, WIDEST_EDGE)),
            Confusion.of(scores, labels, finding.decider().threshold()),
            RangeScore.of(flags, labels),
            DetectionDelay.of(flags, labels),
            falseStretches(finding, labels),
            usual < LEAST_WINDOW
                ? null
                : Nab.at(
                    List.of(new Nab.Scores(scores, windows)),
                    Nab.Profile.STANDARD,
                    Math.nextUp(cut))));
  }

  private static int length(Nab.Window window) {
    return window.to() - window.from() + 1;
  }

  private static List<Nab.Window> windows(boolean[] labels) {
    List<Nab.Window> windows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i]) {
        int from = i;
        while (i + 1 < labels.length && labels[i + 1]) {
          i++;
        }
        windows.add(new Nab.Window(from, i));
      }
    }
    return windows;
  }

  private static int falseStretches(SeriesFinding finding, boolean[] labels) {
    int count = 0;
    for (SeriesFinding.Stretch stretch : finding.stretches()) {
      boolean right = false;
      for (int i = stretch.from(); i <= stretch.to(); i++) {
        right |= labels[i];
      }
      count += right ? 0 : 1;
    }
    return count;
  }

  void print(Console console) {
    String name = finding.name().isEmpty() ? "" : finding.name() + ": ";
    console.line(
        "%s%,d points, %,d of them in %,d labelled stretches",
        name, confusion.rows(), confusion.anomalies(), delay.stretches());
    line(console, "stretches found", "%,d of %,d", delay.found(), delay.stretches());
    line(console, "false stretches", "%,d", falseStretches);
    if (delay.found() > 0) {
      line(console, "delay when found", "%s points (median)", Numbers.text(delay.median(), 4));
    }
    line(console, "range precision", "%.4f", ranges.precision());
    line(console, "range recall", "%.4f", ranges.recall());
    line(console, "range F1", "%.4f", ranges.f1());
    line(console, "point precision", "%.4f", confusion.precision());
    line(console, "point recall", "%.4f", confusion.recall());
    line(console, "point F1", "%.4f", confusion.f1());
    line(console, "ROC AUC", "%.4f", rocAuc);
    line(console, "average precision", "%.4f", averagePrecision);
    line(console, "VUS-ROC", "%.4f (edges up to %,d points)", volume.roc(), volume.buffer());
    line(console, "VUS-PR", "%.4f", volume.precisionRecall());
    if (nab != null) {
      line(console, "NAB score", "%.1f (standard profile, at this threshold)", nab.score());
    }
  }

  private static void line(Console console, String name, String format, Object... values) {
    console.line("%-20s  %s", name, Console.text(format, values));
  }

  void describe(Json json) {
    json.text("series", finding.name());
    json.number("labelled_stretches", delay.stretches());
    json.number("stretches_found", delay.found());
    json.number("false_stretches", falseStretches);
    json.number("median_delay_points", delay.median());
    json.number("range_precision", ranges.precision());
    json.number("range_recall", ranges.recall());
    json.number("range_f1", ranges.f1());
    json.number("point_precision", confusion.precision());
    json.number("point_recall", confusion.recall());
    json.number("point_f1", confusion.f1());
    json.number("roc_auc", rocAuc);
    json.number("average_precision", averagePrecision);
    json.number("vus_roc", volume.roc());
    json.number("vus_pr", volume.precisionRecall());
    json.number("vus_edge_points", volume.buffer());
    if (nab != null) {
      json.number("nab_standard", nab.score());
    }
  }
}
