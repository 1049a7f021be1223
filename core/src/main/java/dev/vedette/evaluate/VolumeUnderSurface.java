package dev.vedette.evaluate;

import dev.vedette.Require;
import dev.vedette.threshold.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The areas under the ROC curve and the precision-recall curve for labels with blurred edges, the
 * mean over all widths of the edges from 0 to {@code buffer} points: what scores of a series are
 * worth when labels are a bit off and a whole stretch is one anomaly (Paparrizos et al., "Volume
 * Under the Surface", PVLDB 15 (2022), doi:10.14778/3551793.3551830).
 *
 * <p>With edges of width ℓ, a point at distance d ≤ ℓ/2 from a labelled stretch counts as √(1 −
 * d/ℓ) of an anomaly. True positives are the sum of what the flagged points count, recall is their
 * share in the mean of the labelled points and these plus the flagged edges, times the share of the
 * stretches with a flag in them or in their edges; stretches whose edges meet are one. As in the
 * library {@code vus} 0.0.6, which the TSB-AD leaderboard uses, but at every score instead of 250
 * of them. O(n · (buffer + log n)) for n points.
 *
 * @param roc VUS-ROC: about 0.5 for chance, 1 for perfect scores and labels
 * @param precisionRecall VUS-PR: about the share of anomalies for chance
 * @param buffer the widest edge, in points
 */
public record VolumeUnderSurface(double roc, double precisionRecall, int buffer) {
  private static final int WIDEST = 100_000;

  /**
   * Measures {@code scores} against {@code labels}.
   *
   * @param buffer the widest edge, in points: a period, or the usual length of an anomaly; 0 for
   *     sharp labels
   * @throws dev.vedette.DataException when a score is not finite, the numbers of scores and labels
   *     differ, or one class is missing
   */
  public static VolumeUnderSurface of(double[] scores, boolean[] labels, int buffer) {
    Require.range("buffer", buffer, 0, WIDEST);
    int anomalies = Ranking.of(scores, labels).anomalies();
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double roc = 0;
    double precisionRecall = 0;
    for (int width = 0; width <= buffer; width++) {
      var blurred = new Blurred(labels, width);
      double[] areas = areas(scores, order, blurred, anomalies);
      roc += areas[0];
      precisionRecall += areas[1];
    }
    return new VolumeUnderSurface(roc / (buffer + 1), precisionRecall / (buffer + 1), buffer);
  }

  /** What each point counts, and of which stretch with its edges it is, −1 where of none. */
  private record Blurred(double[] worth, int[] stretch, int stretches, boolean[] labels) {
    Blurred(boolean[] labels, int width) {
      this(new double[labels.length], new int[labels.length], merged(labels, width).size(), labels);
      int edge = width / 2;
      for (Span each : Span.of(labels)) {
        Arrays.fill(worth, each.from(), each.to() + 1, 1);
        for (int d = 1; d <= edge; d++) {
          double part = Math.sqrt(1 - (double) d / width);
          add(each.from() - d, part);
          add(each.to() + d, part);
        }
      }
      Arrays.fill(stretch, -1);
      List<Span> merged = merged(labels, width);
      for (int s = 0; s < merged.size(); s++) {
        Arrays.fill(stretch, merged.get(s).from(), merged.get(s).to() + 1, s);
      }
    }

    private void add(int point, double part) {
      if (point >= 0 && point < worth.length) {
        worth[point] = Math.min(1, worth[point] + part);
      }
    }

    private static List<Span> merged(boolean[] labels, int width) {
      int edge = width / 2;
      var merged = new ArrayList<Span>();
      for (Span each : Span.of(labels)) {
        int from = Math.max(0, each.from() - edge);
        int to = Math.min(labels.length - 1, each.to() + edge);
        if (!merged.isEmpty() && merged.getLast().to() >= from) {
          from = merged.removeLast().from();
        }
        merged.add(new Span(from, to));
      }
      return merged;
    }
  }

  /** Under the ROC and the precision-recall curve, flagging more and more points. */
  private static double[] areas(double[] scores, int[] order, Blurred blurred, int anomalies) {
    boolean[] found = new boolean[blurred.stretches];
    int foundCount = 0;
    double hits = 0;
    double edges = 0;
    double lastRecall = 0;
    double lastAlarms = 0;
    double roc = 0;
    double precisionRecall = 0;
    for (int k = 0; k < order.length; k++) {
      int point = order[k];
      hits += blurred.worth[point];
      edges += blurred.labels[point] ? 0 : blurred.worth[point];
      int stretch = blurred.stretch[point];
      if (stretch >= 0 && !found[stretch]) {
        found[stretch] = true;
        foundCount++;
      }
      if (k + 1 < order.length && scores[order[k + 1]] == scores[point]) {
        continue;
      }
      double positives = anomalies + edges / 2;
      double recall = Math.min(hits / positives, 1) * foundCount / found.length;
      double alarms = (k + 1 - hits) / (order.length - positives);
      roc += (alarms - lastAlarms) * (recall + lastRecall) / 2;
      precisionRecall += (recall - lastRecall) * hits / (k + 1);
      lastRecall = recall;
      lastAlarms = alarms;
    }
    roc += (1 - lastAlarms) * (1 + lastRecall) / 2;
    return new double[] {roc, precisionRecall};
  }
}
