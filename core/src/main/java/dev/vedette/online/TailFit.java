package dev.vedette.online;

import dev.vedette.Require;

/**
 * The far end of one side of a {@link TailSketch}: a generalised Pareto tail through the distances
 * that leave π, π/3 and π/9 of the values outside, with π = 27 %, or all that lies beyond the
 * median's bin where that is less.
 *
 * <p>With x₁ < x₂ < x₃ these distances, the shape is ξ = log₃ ((x₃ − x₂) / (x₂ − x₁)), kept between
 * 0 and 1, and the scale the one that meets x₃. Beyond x₃ the share outside is π/9 · (1 + ξ (x −
 * x₃) / σ)<sup>−1/ξ</sup>.
 */
final class TailFit {
  static final long BYTES = 4L * Double.BYTES;

  private static final double LARGEST_SHARE = 0.27;
  private static final double FARTHEST = 1e100;

  /** The largest share of a second mode. */
  private static final double MOST_BEYOND = 0.01;

  /** The bins in which counts are compared when a second mode is looked for. */
  private static final int WINDOW = 1;

  /** Rows that speak for a shape of ½ before the data do. */
  private static final double PRIOR = 20;

  private double start;
  private double base;
  private double factor;
  private double rate;
  private int bin;

  /**
   * A fitted tail: {@code base + factor · ln(1 + rate · (x − start))}, and {@code base + factor ·
   * (x − start)} where the rate is 0.
   */
  record State(double start, double base, double factor, double rate) {
    static final State NONE = new State(0, 0, 0, 0);

    State {
      Require.that(Math.abs(start) <= 1e7, "the start of a tail is damaged");
      Require.that(base >= 0 && base < 400, "the base of a tail is damaged");
      Require.that(factor >= 0 && factor < 1e6, "the factor of a tail is damaged");
      Require.that(rate >= 0 && rate < 1e6, "the rate of a tail is damaged");
    }
  }

  TailFit(State state) {
    start = state.start;
    base = state.base;
    factor = state.factor;
    rate = state.rate;
  }

  State snapshot() {
    return new State(start, base, factor, rate);
  }

  /** The bin that holds x₃: further out, values are extrapolated. Known after {@link #fit}. */
  int bin() {
    return bin;
  }

  /** −log₁₀ of twice the share outside, for a value at {@code distance} ≥ start. */
  double surprise(double distance) {
    double beyond = Math.clamp(distance - start, 0.0, FARTHEST);
    return base + factor * (rate > 0 ? Math.log(1 + rate * beyond) : beyond);
  }

  /**
   * Fits one side.
   *
   * @param counts per bin
   * @param middle the bin of the median
   * @param up whether it is the side of large values; otherwise distances are those of −z
   * @param total of all counts
   * @param known how much of a surprise is claimed, 0 to 1
   */
  void fit(float[] counts, int middle, boolean up, double total, double known) {
    double outside = 0;
    for (int at = middle + (up ? 1 : -1); at >= 0 && at < counts.length; at += up ? 1 : -1) {
      outside += counts[at];
    }
    if (outside < 3) {
      bin = middle;
      set(end(middle, up), (outside + 1) / (total + 2), 1, 1, known);
      return;
    }
    double share = Math.min(LARGEST_SHARE, outside / total);
    double third = distance(counts, share / 9 * total, up);
    int last = bin;
    double second = distance(counts, share / 3 * total, up);
    double first = distance(counts, share * total, up);
    bin = last;
    double length = third - first;
    double width = TailBins.width(last);
    double shape = shape(second - first, third - second, share * total);
    if (occupied(counts, up ? first : -third, up ? third : -first) < 8) { // ties: hardly a shape
      shape = Math.min(shape, 0.25);
    }
    double scale = length * shape / Math.expm1(shape * Math.log(9)) + shape * length;
    if (length < 1.5 * width) { // all in one place: as far again is ten times as rare
      double gap = third - (up ? 1 : -1) * TailBins.middle(middle);
      scale = Math.max(scale, gap / Math.log(10));
    }
    set(third, share / 9, shape, Math.max(scale, width / Math.log(3)), known);
  }

  /**
   * Counts one side up to its last value, or to the valley before another mode; parameters as of
   * {@link #fit}.
   */
  void count(float[] counts, int middle, boolean up, double total, double known) {
    int step = up ? 1 : -1;
    int last = middle;
    double outside = 0;
    for (int at = middle + step; at >= 0 && at < counts.length; at += step) {
      outside += counts[at];
      last = counts[at] > 0 ? at : last;
    }
    int valley = valley(counts, middle, last, up, total, outside);
    bin = valley < 0 ? last : valley;
    double surprise = Math.max(0, Math.log10(total)) + (valley < 0 ? 0 : 1);
    double from = end(middle, up);
    double far = end(bin, up);
    start = far;
    base = known * surprise;
    factor = known / Math.log(10); // as far again adds a third
    rate = 1 / Math.max(far - from, 1);
  }

  /**
   * The last bin before another, rare mode; -1 where there is none. Of the valleys before a rise
   * that is hardly by chance, it is the deepest: values between may still be normal ones.
   */
  private static int valley(
      float[] counts, int middle, int last, boolean up, double total, double outside) {
    int step = up ? 1 : -1;
    double beyond = outside;
    int from = middle;
    while (from != last && beyond >= MOST_BEYOND * total) {
      from += step;
      beyond -= counts[from];
    }
    double least = Double.POSITIVE_INFINITY;
    double surest = 0;
    for (int at = from; at != last + step; at += step) {
      double window = window(counts, at, step);
      surest = Math.max(surest, rise(least, window));
      least = Math.min(least, window);
    }
    least = Double.POSITIVE_INFINITY;
    int first = from;
    int lowest = from;
    int valley = -1;
    for (int at = from; surest > 0 && at != last + step; at += step) {
      double window = window(counts, at, step);
      if (window <= least) {
        first = window < least ? at : first;
        least = window;
        lowest = at;
      } else if (rise(least, window) >= surest / 2) {
        int middleOfGap = first == lowest ? lowest + step : (first + lowest) / 2;
        valley = Math.clamp(middleOfGap, 0, counts.length - 1);
      }
    }
    return valley;
  }

  /** How many standard deviations a count rises above an earlier one; 0 where it may be chance. */
  private static double rise(double least, double window) {
    return window > Math.max(5 + 5 * Math.sqrt(least), 1.75 * least)
        ? (window - least) / Math.sqrt(window + least)
        : 0;
  }

  private static double window(float[] counts, int from, int step) {
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      int at = from + i * step;
      sum += at >= 0 && at < counts.length ? counts[at] : 0;
    }
    return sum;
  }

  private static double shape(double inner, double outer, double rows) {
    double ratio = outer / inner;
    double shape = ratio > 1 ? Math.min(1, Math.log(ratio) / Math.log(3)) : 0;
    return (rows * shape + PRIOR / 2) / (rows + PRIOR);
  }

  /** How many bins from z = {@code from} to {@code to} hold anything. */
  private static int occupied(float[] counts, double from, double to) {
    int occupied = 0;
    for (int at = TailBins.of(from); at <= TailBins.of(to); at++) {
      occupied += counts[at] > 0 ? 1 : 0;
    }
    return occupied;
  }

  private void set(double from, double share, double shape, double scale, double known) {
    boolean exponential = shape < 0.01;
    start = from;
    base = known * Math.max(0, -Math.log10(2 * share));
    factor = known / Math.log(10) / (exponential ? scale : shape);
    rate = exponential ? 0 : shape / scale;
  }

  private static double end(int at, boolean up) {
    return up ? TailBins.start(at + 1) : -TailBins.start(at);
  }

  /** The distance that leaves a count of {@code target} outside; {@link #bin} is its bin. */
  private double distance(float[] counts, double target, boolean up) {
    double reached = 0;
    int at = up ? counts.length : -1;
    do {
      at += up ? -1 : 1;
      reached += counts[at];
    } while (reached < target && (up ? at > 0 : at < counts.length - 1));
    bin = at;
    double inside = reached - target; // of this bin's values, those nearer to the middle
    return end(at, up) - TailBins.width(at) * (1 - Math.clamp(inside / counts[at], 0.0, 1.0));
  }
}
