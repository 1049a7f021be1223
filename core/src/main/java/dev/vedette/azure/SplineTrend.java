package dev.vedette.azure;

import dev.vedette.math.Fourier;
import java.util.ArrayList;
import java.util.List;

/**
 * The trend of a series that may have a season: a coarse cubic spline whose ends are straightened.
 * How coarse follows from a rough guess of the season.
 */
final class SplineTrend {
  private static final int LONGEST = 512;
  private static final int SHORTEST = 4;

  private SplineTrend() {}

  /** The trend with windows of one guessed season. */
  static double[] of(double[] values) {
    return of(values, 2 * seasonGuess(values) - 1);
  }

  /** The trend that follows movements longer than {@code window} points. */
  static double[] of(double[] values, int window) {
    int pieces = values.length / (2 * window) + 1;
    int inner = Math.max(2, pieces + 1) - 1;
    double step = (values.length - 1) / (inner + 2.0);
    double[] knots = new double[inner];
    for (int i = 0; i < inner; i++) {
      knots[i] = step * (i + 1);
    }
    return straighten(CubicSpline.smooth(values, knots), window);
  }

  /** Half a window at each end is replaced by a line of the typical slope of the window there. */
  private static double[] straighten(double[] values, int window) {
    int n = values.length;
    int half = window / 2;
    double first = TheilSlope.of(values, 0, Math.min(n, window));
    double last = TheilSlope.of(values, Math.max(0, n - window), n);
    double[] straight = values.clone();
    for (int i = 1; i <= half && half < n; i++) {
      straight[half - i] = values[half] - i * first;
      straight[n - 1 - half + i] = values[n - 1 - half] + i * last;
    }
    return straight;
  }

  /** A rough season: the mean of the strongest periods, weighted by their power. */
  static int seasonGuess(double[] values) {
    int longest = Math.min(values.length / 3, LONGEST);
    int window = 2 * longest - 1;
    double[] slow = straighten(SlidingMedian.of(values, window), window);
    double[] rest = new double[values.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = values[i] - slow[i];
    }
    double weight = 0;
    double sum = 0;
    for (double[] peak : peaks(rest, longest, 0.9)) {
      sum += peak[0] * peak[1];
      weight += peak[1];
    }
    return weight > 0 ? (int) Math.rint(sum / weight) : longest;
  }

  /**
   * Periods and their power, of those with at least {@code share} of the power of the strongest.
   */
  private static List<double[]> peaks(double[] values, int longest, double share) {
    int segment = Math.min(longest * 2, values.length / 2);
    double[] power = welch(values, segment);
    List<double[]> all = new ArrayList<>(); // by falling period, one for each whole number
    for (int k = 1; k < power.length; k++) {
      double period = Math.rint((double) segment / k);
      double strength = period == segment ? 0 : power[k];
      if (!all.isEmpty() && all.getLast()[0] == period) {
        all.getLast()[1] = Math.max(all.getLast()[1], strength);
      } else {
        all.add(new double[] {period, strength});
      }
    }
    int from = -1;
    for (double[] one : all) {
      from += one[0] >= longest ? 1 : 0;
    }
    List<double[]> wanted = new ArrayList<>();
    double most = 0;
    for (int i = Math.max(0, from); i < all.size(); i++) {
      if (all.get(i)[0] >= SHORTEST) {
        wanted.add(all.get(i));
        most = Math.max(most, all.get(i)[1]);
      }
    }
    double keep = most > 1e-8 ? most * share : Double.POSITIVE_INFINITY;
    wanted.removeIf(one -> one[1] < keep);
    return wanted;
  }

  /**
   * The power spectrum, averaged over segments that overlap by half, each less its mean and under a
   * Hann window (Welch 1967, doi:10.1109/TAU.1967.1161901).
   */
  static double[] welch(double[] values, int segment) {
    double[] window = new double[segment];
    double total = 0;
    for (int i = 0; i < segment; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / segment);
      total += window[i];
    }
    double[] power = new double[segment / 2 + 1];
    int step = segment - segment / 2;
    int count = 0;
    for (int from = 0; from + segment <= values.length; from += step, count++) {
      double mean = 0;
      for (int i = 0; i < segment; i++) {
        mean += values[from + i] / segment;
      }
      double[] re = new double[segment];
      double[] im = new double[segment];
      for (int i = 0; i < segment; i++) {
        re[i] = window[i] * (values[from + i] - mean);
      }
      Fourier.forward(re, im);
      for (int k = 0; k < power.length; k++) {
        power[k] += re[k] * re[k] + im[k] * im[k];
      }
    }
    for (int k = 0; k < power.length; k++) {
      boolean single = k == 0 || 2 * k == segment;
      power[k] *= (single ? 1 : 2) / (total * total * count);
    }
    return power;
  }
}
