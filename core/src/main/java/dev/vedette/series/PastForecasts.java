package dev.vedette.series;

import dev.vedette.math.Normal;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts of the history from places in it, against what came: how much wider than a model takes
 * its errors to be an interval must be to hold what it promises. Taken by octaves of the horizon:
 * 1, 2 and 3, 4 to 7 points ahead and so on.
 */
final class PastForecasts {
  /** The share of past values that must lie within. */
  private static final double LEVEL = 0.9;

  /** Fewer values of an octave are taken together with those of the next. */
  private static final int FEWEST = 30;

  private static final double NARROWEST = 1;
  private static final double WIDEST = 10;
  private final List<double[]> ratios = new ArrayList<>();
  private int[] counts = new int[0];

  private static int octave(int ahead) {
    return 31 - Integer.numberOfLeadingZeros(ahead);
  }

  /** An error {@code ahead} points on, 1 or more, where the usual one would be {@code spread}. */
  void add(int ahead, double error, double spread) {
    if (Double.isNaN(error)) {
      return;
    }
    int octave = octave(ahead);
    while (ratios.size() <= octave) {
      ratios.add(new double[64]);
      counts = Arrays.copyOf(counts, ratios.size());
    }
    double[] some = ratios.get(octave);
    if (counts[octave] == some.length) {
      some = Arrays.copyOf(some, 2 * some.length);
      ratios.set(octave, some);
    }
    double size = Math.abs(error);
    some[counts[octave]++] = size > 0 ? Math.min(Double.MAX_VALUE, size / spread) : 0;
  }

  /** What to multiply spreads by, by octave; the last counts for all horizons farther on. */
  double[] widening() {
    double[] widening = new double[counts.length];
    int known = 0;
    double[] some = {};
    for (int octave = 0; octave < counts.length; octave++) {
      int before = some.length;
      some = Arrays.copyOf(some, before + counts[octave]);
      System.arraycopy(ratios.get(octave), 0, some, before, counts[octave]);
      if (some.length >= FEWEST) {
        Arrays.fill(widening, known, octave + 1, factor(some));
        known = octave + 1;
        some = new double[0];
      }
    }
    return Arrays.copyOf(widening, known);
  }

  private static double factor(double[] ratios) {
    double promised = Normal.quantile((1 + LEVEL) / 2);
    double kept = Quantiles.of(Quantiles.sorted(ratios), LEVEL);
    return Math.clamp(kept / promised, NARROWEST, WIDEST);
  }

  /** Of {@code widening}, {@code ahead} points on; 1 where nothing is known. */
  static double at(double[] widening, int ahead) {
    return widening.length == 0 ? 1 : widening[Math.min(octave(ahead), widening.length - 1)];
  }
}
