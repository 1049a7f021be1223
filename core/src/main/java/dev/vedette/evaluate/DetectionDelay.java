package dev.vedette.evaluate;

import dev.vedette.math.Quantiles;
import java.util.List;

/**
 * How long labelled stretches last until something in them is flagged.
 *
 * @param stretches labelled ones
 * @param found those with a flag in them
 * @param delays of those found, in the order of time: points from the first of the stretch to the
 *     first flag in it, 0 where that is the same
 */
public record DetectionDelay(int stretches, int found, double[] delays) {
  /**
   * Measures {@code flags} against {@code labels}.
   *
   * @throws dev.vedette.DataException when the numbers of flags and labels differ, or nothing is
   *     labelled
   */
  public static DetectionDelay of(boolean[] flags, boolean[] labels) {
    Span.require(flags, labels);
    List<Span> labelled = Span.of(labels);
    double[] delays =
        labelled.stream().mapToDouble(s -> delay(flags, s)).filter(d -> d >= 0).toArray();
    return new DetectionDelay(labelled.size(), delays.length, delays);
  }

  private static double delay(boolean[] flags, Span stretch) {
    for (int i = stretch.from(); i <= stretch.to(); i++) {
      if (flags[i]) {
        return i - stretch.from();
      }
    }
    return -1;
  }

  /** The median delay of those found, in points; NaN where none was. */
  public double median() {
    return Quantiles.median(delays);
  }

  /** The mean delay of those found, in points; NaN where none was. */
  public double mean() {
    double sum = 0;
    for (double delay : delays) {
      sum += delay;
    }
    return sum / found;
  }
}
