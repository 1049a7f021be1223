package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.StreamingDetector;
import dev.vedette.data.Series;
import java.util.Arrays;

/**
 * Exponential smoothing: level, trend and season of the series so far say what comes next, and the
 * score says how many usual errors a value is off.
 *
 * <p>Score ≥ 0: 0 is the expected value; errors of a usual point are about normally distributed
 * with standard deviation 1. Each point is expected from those before it; a missing one is passed
 * over and the spread grows. Values beyond the limit hardly teach anything, unless they go on, so
 * an outlier does not raise what is expected after it. Intervals of forecasts are widened by how
 * wrong forecasts from places in what is remembered were.
 *
 * <p>Hyndman et al. 2002, doi:10.1016/S0169-2070(01)00110-8 (state-space form; trend none, additive
 * or damped; season none, additive with additive errors, or multiplicative with multiplicative
 * errors; the form with the lowest corrected Akaike criterion); Gelper, Fried and Croux 2010,
 * doi:10.1002/for.1125 (limited errors). The first season is a median over the cycles and is not
 * optimised.
 *
 * <p>Fit O(forms · memory · 400), a point O(1), memory O(memory + period). One season only; what
 * repeats in two rhythms is followed slowly.
 *
 * @param period length of the season in steps, 2 to 100,000; 0 finds it, 1 is none
 * @param trend of the level
 * @param season how it joins the level; multiplicative needs values above 0
 * @param clip errors beyond that many scales count as that many, 1.5 to 1e9 (which is never)
 * @param memory the number of latest steps the parameters are estimated from, and that a stream
 *     keeps, 32 to 1,000,000; at least three seasons where a period is given
 */
public record Ets(int period, Trend trend, Season season, double clip, int memory)
    implements StreamingDetector {
  /** How the level moves. */
  public enum Trend {
    /** Chosen by the criterion. */
    AUTO,
    /** It stays. */
    NONE,
    /** On and on. */
    ADDITIVE,
    /** On, ever less. */
    DAMPED
  }

  /** How the season joins the level. */
  public enum Season {
    /** Chosen by the criterion. */
    AUTO,
    /** There is none. */
    NONE,
    /** Added: as large at any level. */
    ADDITIVE,
    /** Multiplied: larger at a higher level, and so are the errors. */
    MULTIPLICATIVE
  }

  private static final int LEAST_POINTS = 4;
  private static final double LARGEST = 1e100;

  /** Places in what is remembered from which it is forecast, to see how far off that is. */
  private static final int ORIGINS = 100;

  /** How often the farthest horizon that is looked at fits into what is remembered. */
  private static final int HORIZONS = 4;

  public Ets {
    Require.range("period", period, 0, 100_000);
    Require.range("clip", clip, 1.5, 1e9);
    Require.range("memory", memory, 32, 1_000_000);
  }

  /** Finds period and form; errors count up to 3 scales; remembers 1,024 steps. */
  public Ets() {
    this(0, Trend.AUTO, Season.AUTO, 3, 1024);
  }

  public Ets period(int period) {
    return new Ets(period, trend, season, clip, memory);
  }

  public Ets trend(Trend trend) {
    return new Ets(period, trend, season, clip, memory);
  }

  public Ets season(Season season) {
    return new Ets(period, trend, season, clip, memory);
  }

  public Ets clip(double clip) {
    return new Ets(period, trend, season, clip, memory);
  }

  public Ets memory(int memory) {
    return new Ets(period, trend, season, clip, memory);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  /** Steps that are remembered: {@code memory}, or three seasons. */
  int remembered() {
    return Math.max(memory, 3 * period);
  }

  static boolean positive(double[] values) {
    for (double value : values) {
      if (value <= 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public EtsModel fit(Series history) {
    history.requireUsable(1, true);
    EvenSteps grid = EvenSteps.of(history);
    double[] values = grid.values(history, 0);
    int known = 0;
    for (double value : values) {
      known += Double.isNaN(value) ? 0 : 1;
      if (Math.abs(value) > LARGEST) {
        throw new DataException("a value is " + value + ", too large to square; scale it first");
      }
    }
    if (known < LEAST_POINTS) {
      throw new DataException(
          "exponential smoothing needs %s known values, there are %s of %s points"
              .formatted(LEAST_POINTS, known, history.points()));
    }
    if (season == Season.MULTIPLICATIVE && !positive(values)) {
      throw new DataException("a multiplicative season needs values above 0; take season=additive");
    }
    return fit(grid, values, history.time(history.points() - 1));
  }

  EtsModel fit(EvenSteps grid, double[] values, long end) {
    int from = Math.max(0, values.length - remembered());
    double[] recent = Arrays.copyOfRange(values, from, values.length);
    int[] periods = period == 0 ? grid.periods(recent) : new int[] {period};
    EtsFit fit = EtsFit.best(this, recent, periods);
    EtsState first = fit.start();
    if (from > 0) {
      EtsStart start = EtsStart.of(values, first.season().length, fit.smoothing().season());
      first = new EtsState(start.level(), 0, start.season(), -1, first.scale(), 0);
    }
    var filter = new EtsFilter(fit.smoothing(), first, clip);
    var past = new PastForecasts();
    double[] growth = fit.smoothing().growth(recent.length / HORIZONS, filter.period());
    int apart = Math.max(1, recent.length / ORIGINS);
    for (int i = 0; i < values.length; i++) {
      filter.learn(values[i]);
      if (i - from >= 2 * filter.period() && (i - from) % apart == 0) {
        compare(filter, growth, values, i + 1, past);
      }
    }
    return new EtsModel(
        this,
        grid.start(),
        grid.step(),
        end,
        fit.smoothing(),
        first,
        filter.state(),
        past.widening());
  }

  /** The values from {@code start} on with what {@code filter} expects of them. */
  private static void compare(
      EtsFilter filter, double[] growth, double[] values, int start, PastForecasts past) {
    int count = Math.min(growth.length, values.length - start);
    for (int h = 0; h < count; h++) {
      double expected = filter.expected(h + 1L);
      double spread = filter.spread(1, expected) * Math.sqrt(growth[h]);
      past.add(h + 1, values[start + h] - expected, spread);
    }
  }

  @Override
  public EtsStream start(int variables) {
    Require.that(variables == 1, "ets looks at one variable, not at " + variables);
    return EtsStream.started(this);
  }
}
