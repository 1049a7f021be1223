package dev.vedette.series;

import dev.vedette.math.Fourier;
import java.util.Arrays;

/**
 * The power spectrum of a series against its own background, searched for combs: a period shows as
 * peaks at a frequency and its multiples. The background is what most neighbouring frequencies
 * have, so that red noise and trends, strong at all low frequencies, are no peaks.
 */
final class Spectrum {
  /** The background is this quantile of the neighbours; power has an exponential distribution. */
  private static final double QUANTILE = 0.35;

  private static final double QUANTILE_OF_MEAN = -Math.log(1 - QUANTILE);

  /** How far a harmonic has to be above the background, in its units, to count for a comb. */
  private static final double PENALTY = 2.5;

  /** e^(−0.89 s) bounds the chance of noise to reach a sum s of exponentials less the penalties. */
  private static final double DECAY = 0.89;

  private static final int MOST_HARMONICS = 48;

  /** No background is taken as lower than this share of the mean power. */
  private static final double LEAST_BACKGROUND = 1e-3;

  private final double[] values;
  private final int size;
  private final double[] level;

  /**
   * A spectrum.
   *
   * @param values around 0; a missing value is 0
   */
  Spectrum(double[] values) {
    this.values = values;
    size = Integer.highestOneBit(values.length - 1) << 2;
    level = Fourier.power(Arrays.copyOf(values, size));
    double energy = 0;
    for (double value : values) {
      energy += value * value;
    }
    double scale = energy > 0 ? 1 / energy : 0;
    for (int k = 0; k < level.length; k++) {
      level[k] *= scale;
    }
    whiten();
  }

  /** Divides by the background, taken at frequencies a tenth apart and interpolated. */
  private void whiten() {
    double bin = (double) size / values.length;
    int narrow = (int) Math.ceil(5 * bin);
    double[] power = level.clone();
    double[] some = new double[129];
    int from = 1;
    double before = background(power, from, narrow, some);
    while (from < level.length) {
      int to = Math.min(level.length, Math.max(from + (int) bin, (int) (from * 1.1)) + 1);
      double after = to < level.length ? background(power, to, narrow, some) : before;
      for (int k = from; k < to; k++) {
        double weight = (double) (k - from) / (to - from);
        level[k] /= before * (1 - weight) + after * weight;
      }
      from = to;
      before = after;
    }
    level[0] = 0;
  }

  private static double background(double[] power, int at, int narrow, double[] some) {
    int half = Math.max(narrow, at / 3);
    int from = Math.max(1, at - half);
    int to = Math.min(power.length, Math.max(at + half, 2 * narrow) + 1);
    int step = Math.max(1, (to - from) / (some.length - 1));
    int count = 0;
    for (int k = from; k < to && count < some.length; k += step) {
      some[count++] = power[k];
    }
    Arrays.sort(some, 0, count);
    double mean = some[(int) (QUANTILE * (count - 1))] / QUANTILE_OF_MEAN;
    return Math.max(mean, LEAST_BACKGROUND);
  }

  /**
   * The harmonics of a period.
   *
   * @param score the highest sum of its first harmonics over the background, less their penalties
   * @param harmonics the number of them
   */
  record Comb(double period, double score, int harmonics) {}

  /** The score that noise reaches somewhere in one of a thousand series. */
  double sure() {
    return (Math.log(2.0 * values.length) + 7) / DECAY;
  }

  private Comb comb(double period) {
    double step = size / period;
    int most = (int) Math.min(MOST_HARMONICS, period / 2);
    double sum = 0;
    double best = 0;
    int harmonics = 0;
    double at = step + 0.5;
    for (int h = 1; h <= most; h++, at += step) {
      sum += level[(int) at] - PENALTY;
      if (sum > best) {
        best = sum;
        harmonics = h;
      }
    }
    return new Comb(period, best, harmonics);
  }

  /** The comb with the highest score among periods from {@code least} to {@code most} points. */
  Comb best(double least, double most) {
    Comb best = new Comb(least, 0, 0);
    double fine = Math.min(most, 2 * Math.sqrt(values.length));
    double step = 0.5 / size;
    for (double f = 1 / least; f >= 1 / fine; f -= step) {
      best = better(best, comb(1 / f));
    }
    for (double p = Math.ceil(least); p <= most; p += p < 50 ? 0.5 : 1) {
      best = better(best, comb(p));
    }
    return best;
  }

  /** The best comb close to {@code period}, at most half a frequency step away. */
  Comb near(double period) {
    Comb best = comb(period);
    for (int i = -4; i <= 4; i++) {
      double f = 1 / period + i * 0.125 / values.length;
      if (f > 0 && f <= 0.5) {
        best = better(best, comb(1 / f));
      }
    }
    return best;
  }

  private static Comb better(Comb one, Comb other) {
    return other.score() > one.score() ? other : one;
  }

  /**
   * How far the harmonics {@code times}, 2·{@code times}, ... of {@code period} stand out from the
   * row of their neighbours, as a ratio. The harmonics of one season make a smooth row; a second
   * season, {@code times} shorter, stands out.
   */
  double outstanding(double period, int times) {
    double own = 0;
    double others = 0;
    double most = 0;
    for (int j = 1; j <= 3 && j * times <= period / 2; j++) {
      own += level(period, j * times);
      double below = 1;
      double above = 1;
      for (int d = 1; d <= 3; d++) {
        if (d % times != 0) {
          below = Math.max(below, level(period, j * times - d));
          above = Math.max(above, level(period, j * times + d));
        }
      }
      others += Math.sqrt(below * above);
      most = Math.max(most, own / others);
    }
    return most;
  }

  private double level(double period, int harmonic) {
    int k = (int) ((double) size * Math.max(0, harmonic) / period + 0.5);
    return k < level.length ? level[k] : 0;
  }

  /**
   * The period close to the one of {@code comb} whose harmonics have the most power in {@code
   * values}, also between the frequencies of the transform.
   */
  static double refine(Comb comb, double[] values) {
    int harmonics = Math.clamp(comb.harmonics(), 1, 6);
    double width = 0.5 / values.length;
    double f = 1 / comb.period();
    double center = power(values, f, harmonics);
    while (width * values.length > 0.01) {
      double below = power(values, f - width, harmonics);
      double above = power(values, f + width, harmonics);
      if (below > center && below >= above) {
        f -= width;
        center = below;
      } else if (above > center) {
        f += width;
        center = above;
      } else {
        double bend = below - 2 * center + above;
        double move = bend < 0 ? 0.5 * (below - above) / bend : 0;
        double moved = f + Math.clamp(move, -0.5, 0.5) * width;
        double there = power(values, moved, harmonics);
        if (there > center) {
          f = moved;
          center = there;
        }
        width /= 3;
      }
      if (!(f > 1.0 / values.length && f < 0.5)) {
        return comb.period();
      }
    }
    return 1 / f;
  }

  /** Power at a frequency and its multiples (Goertzel 1958, doi:10.2307/2310304). */
  private static double power(double[] values, double frequency, int harmonics) {
    double sum = 0;
    for (int h = 1; h <= harmonics && h * frequency < 0.5; h++) {
      double turn = 2 * Math.cos(2 * Math.PI * h * frequency);
      double one = 0;
      double two = 0;
      for (double value : values) {
        double next = value + turn * one - two;
        two = one;
        one = next;
      }
      sum += one * one + two * two - turn * one * two;
    }
    return sum;
  }
}
