package dev.vedette.evaluate;

import dev.vedette.Require;
import java.util.List;

/**
 * Precision and recall of flagged stretches against labelled stretches (Tatbul et al., "Precision
 * and Recall for Time Series", NeurIPS 2018, arXiv:1803.03639).
 *
 * <p>The recall of a labelled stretch is {@code existence} where anything in it is flagged, and the
 * rest is the share of it that is flagged, divided by the number of flagged stretches that cut it
 * up. The precision of a flagged stretch is the share of it that is labelled, divided by the number
 * of labelled stretches it covers. Both are the mean over the stretches. O(n) for n points, and a
 * little for each pair of stretches that touch.
 *
 * @param precision 0 to 1; 0 where nothing is flagged
 * @param recall 0 to 1
 */
public record RangeScore(double precision, double recall) {
  /** Which part of a stretch counts more: δ in the paper. */
  public enum Bias {
    /** Every point alike. */
    FLAT,
    /** The earlier a point the more. */
    FRONT,
    /** The nearer to the middle the more. */
    MIDDLE,
    /** The later a point the more. */
    BACK;

    /** Of point {@code i} of {@code length}, from 1 on. */
    private double weight(int i, int length) {
      return switch (this) {
        case FLAT -> 1;
        case FRONT -> length - i + 1;
        case BACK -> i;
        case MIDDLE -> i <= length / 2.0 ? i : length - i + 1;
      };
    }
  }

  /** Every point of a stretch counts alike, finding it at all is worth nothing by itself. */
  public static RangeScore of(boolean[] flags, boolean[] labels) {
    return of(flags, labels, 0, Bias.FLAT);
  }

  /**
   * Measures {@code flags} against {@code labels}.
   *
   * @param existence α, the part of the recall of a stretch that is for finding it at all, 0 to 1
   * @param bias which part of a labelled stretch counts more; a flagged one counts flat
   * @throws dev.vedette.DataException when the numbers of flags and labels differ, or nothing is
   *     labelled
   */
  public static RangeScore of(boolean[] flags, boolean[] labels, double existence, Bias bias) {
    Require.range("existence", existence, 0, 1);
    Span.require(flags, labels);
    List<Span> flagged = Span.of(flags);
    List<Span> labelled = Span.of(labels);
    double recall = 0;
    for (double[] overlap : overlaps(labelled, flagged, bias)) {
      recall += overlap[0] > 0 ? existence + (1 - existence) * overlap[1] / overlap[0] : 0;
    }
    double precision = 0;
    for (double[] overlap : overlaps(flagged, labelled, Bias.FLAT)) {
      precision += overlap[0] > 0 ? overlap[1] / overlap[0] : 0;
    }
    return new RangeScore(
        flagged.isEmpty() ? 0 : precision / flagged.size(), recall / labelled.size());
  }

  /** For each stretch the number of others that touch it, and the weighted share they cover. */
  private static double[][] overlaps(List<Span> stretches, List<Span> others, Bias bias) {
    double[][] overlaps = new double[stretches.size()][2];
    int first = 0;
    for (int s = 0; s < overlaps.length; s++) {
      Span stretch = stretches.get(s);
      while (first < others.size() && others.get(first).to() < stretch.from()) {
        first++;
      }
      for (int o = first; o < others.size() && others.get(o).touches(stretch); o++) {
        overlaps[s][0]++;
        overlaps[s][1] += weight(stretch, others.get(o), bias);
      }
      if (overlaps[s][0] > 0) {
        overlaps[s][1] /= weight(stretch, stretch, bias);
      }
    }
    return overlaps;
  }

  /** Of the points of {@code stretch} that {@code other} covers. */
  private static double weight(Span stretch, Span other, Bias bias) {
    double weight = 0;
    int to = Math.min(stretch.to(), other.to());
    for (int i = Math.max(stretch.from(), other.from()); i <= to; i++) {
      weight += bias.weight(i - stretch.from() + 1, stretch.length());
    }
    return weight;
  }

  /** The harmonic mean of both; 0 where both are 0. */
  public double f1() {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
