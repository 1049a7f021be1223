package dev.vedette.series;

/**
 * Exponential smoothing at work: expects a value, learns it, moves on. Errors beyond a limit count
 * as much as the limit (Gelper, Fried and Croux 2010, doi:10.1002/for.1125), which widens as long
 * as they go on in the same direction, so that an outlier teaches little and a new level is
 * learned; the season never learns more than the limit.
 */
final class EtsFilter {
  /** Slots after which the spread no longer grows; over more of them the trend is forgotten. */
  private static final int FARTHEST = 1000;

  private static final double SHRINKING = 0.1;
  private static final double WIDENING = 1.5;
  private static final int MOST_WIDENED = 400;

  /** Errors beyond the limit in a row that are no reason for a larger scale. */
  private static final int PATIENCE = 10;

  private final Smoothing smoothing;
  private final double[] season;
  private final double clip;
  private final boolean multiplicative;
  private double level;
  private double trend;
  private long slot;

  /** The slot modulo the length of the season. */
  private int phase;

  private double scale;
  private int run;

  EtsFilter(Smoothing smoothing, EtsState state, double clip) {
    this.smoothing = smoothing;
    this.multiplicative = smoothing.multiplicative();
    this.clip = clip;
    season = state.season().clone();
    level = state.level();
    trend = state.trend();
    slot = state.slot();
    phase = phase(0);
    scale = state.scale();
    run = state.run();
  }

  EtsState state() {
    return new EtsState(level, trend, season.clone(), slot, scale, run);
  }

  long slot() {
    return slot;
  }

  /** What multiplies stays above 0: {@code next}, but not below a share of what it was. */
  private double positive(double next, double before) {
    return multiplicative ? Math.max(next, SHRINKING * before) : next;
  }

  private int phase(long ahead) {
    return (int) Math.floorMod(slot + ahead, (long) period());
  }

  /** The value expected {@code ahead} slots after the last one learned. */
  double expected(long ahead) {
    double base = trend(ahead);
    if (season.length == 0) {
      return base;
    }
    double part = season[phase(ahead)];
    return multiplicative ? base * part : base + part;
  }

  /** What is expected without the season: the level and what the trend adds. */
  double trend(long ahead) {
    return positive(level + carried(ahead), level);
  }

  int period() {
    return Math.max(1, season.length);
  }

  /** Moves on by {@code slots} without learning. */
  private void skip(long slots) {
    level = positive(level + carried(slots), level);
    trend *= slots > FARTHEST ? 0 : Math.pow(smoothing.phi(), (double) slots);
    slot += slots;
    phase = phase(0);
  }

  /** What the trend adds in {@code slots} slots. */
  private double carried(long slots) {
    return slots > FARTHEST ? 0 : smoothing.trends(slots) * trend;
  }

  /** The usual size of an error {@code ahead} slots on, where {@code expected} is. */
  double spread(long ahead, double expected) {
    double spread = multiplicative ? scale * Math.abs(expected) : scale;
    if (ahead <= 1) {
      return spread;
    }
    int steps = (int) Math.min(ahead, FARTHEST);
    return spread * Math.sqrt(smoothing.growth(steps, period())[steps - 1]);
  }

  /** How many slots {@code to} is ahead; 0 where it is not. */
  long ahead(long to) {
    return Math.max(0, to - slot);
  }

  /**
   * Learns the value {@code ahead} slots on, or another one of this slot; NaN is missing. The
   * error, relative where the season multiplies.
   */
  double learn(long ahead, double value) {
    if (ahead > 1) {
      skip(ahead - 1);
    }
    if (ahead >= 1) {
      return learn(value);
    }
    return Double.isNaN(value) ? Double.NaN : correct(value);
  }

  /** Moves on by one slot and learns its value; NaN is missing. The error, relative or not. */
  double learn(double value) {
    double base = level;
    if (smoothing.trend() != Ets.Trend.NONE) {
      trend *= smoothing.phi();
      base = positive(level + trend, level);
    }
    slot++;
    phase = phase + 1 < season.length ? phase + 1 : 0;
    level = base;
    return Double.isNaN(value) ? Double.NaN : correct(value);
  }

  private double correct(double value) {
    double part = season.length == 0 ? 0 : season[phase];
    double expected = multiplicative ? level * part : level + part;
    double error = value - expected;
    if (multiplicative) {
      error = expected > 0 ? error / expected : 0;
    }
    double limit = clip * scale;
    double least = Math.clamp(error, -limit, limit);
    run = least == error ? 0 : error > 0 ? Math.max(run, 0) + 1 : Math.min(run, 0) - 1;
    double reach = limit * widened(1);
    double counted = Math.clamp(error, -reach, reach);
    double unit = multiplicative ? level : 1;
    level = positive(level + smoothing.alpha() * counted * unit, level);
    if (smoothing.trend() != Ets.Trend.NONE) {
      trend += smoothing.beta() * least * unit;
    }
    if (season.length > 0) {
      double step = smoothing.gamma() * least * (multiplicative ? part : 1);
      season[phase] = positive(part + step, part);
    }
    return error;
  }

  /** By how much the limit is wider after a run of errors beyond it that is longer than some. */
  private double widened(int patience) {
    int longer = Math.abs(run) - patience;
    return longer <= 0 ? 1 : Math.pow(WIDENING, Math.min(longer, MOST_WIDENED));
  }

  /** Lets the scale follow the size of {@code error}, which counts {@code share}. */
  void rescale(double error, double share, double floor) {
    double limited = Math.min(Math.abs(error), clip * scale * widened(PATIENCE));
    scale = Math.max(floor, Math.sqrt(scale * scale * (1 - share) + share * limited * limited));
  }
}
