package dev.vedette.series;

import dev.vedette.math.NelderMead;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A fitted exponential smoothing and what it costs by the corrected information criterion of
 * Akaike: n log s² + 2 k n / (n − k − 1), with s the robust scale of the errors.
 *
 * @param start the state before the first slot
 */
record EtsFit(Smoothing smoothing, EtsState start, double criterion) {
  private static final double[] FIRST_ALPHAS = {0.05, 0.3, 0.8};
  private static final int MOST_EVALUATIONS = 400;

  /** Of alpha: a trend that follows each error at once overshoots where errors are limited. */
  private static final double FASTEST_TREND = 0.3;

  /** Of −2 log likelihood. */
  private static final double TOLERANCE = 0.003;

  /** Numbers that a long season counts as: neighbours in it are alike. */
  private static final int MOST_SEASONAL = 24;

  /** Fits each form that {@code ets} leaves open; the one with the lowest criterion. */
  static EtsFit best(Ets ets, double[] values, int... periods) {
    EtsFit best = null;
    for (int i = 0; i < periods.length; i++) {
      for (Ets.Season season : seasons(ets, values, periods[i])) {
        if (i > 0 && season == Ets.Season.NONE) {
          continue; // seen with the first
        }
        EtsStart start = EtsStart.of(values, periods[i], season);
        for (Ets.Trend trend : trends(ets)) {
          EtsFit fit = new Search(ets, values, start, trend, season).fit();
          if (best == null || fit.criterion < best.criterion) {
            best = fit;
          }
        }
      }
    }
    return Objects.requireNonNull(best);
  }

  private static List<Ets.Trend> trends(Ets ets) {
    return ets.trend() == Ets.Trend.AUTO
        ? List.of(Ets.Trend.NONE, Ets.Trend.ADDITIVE, Ets.Trend.DAMPED)
        : List.of(ets.trend());
  }

  private static List<Ets.Season> seasons(Ets ets, double[] values, int period) {
    if (period < 2 || values.length < 2 * period + 2) {
      return List.of(Ets.Season.NONE);
    }
    if (ets.season() != Ets.Season.AUTO) {
      return List.of(ets.season());
    }
    var seasons = new ArrayList<>(List.of(Ets.Season.NONE, Ets.Season.ADDITIVE));
    if (Ets.positive(values)) {
      seasons.add(Ets.Season.MULTIPLICATIVE);
    }
    return seasons;
  }

  /** The search for the parameters of one form. */
  private static final class Search {
    private final Ets ets;
    private final double[] values;
    private final EtsStart start;
    private final Ets.Trend trend;
    private final Ets.Season season;
    private final double[] errors;

    /** What errors are small against: relative ones against 1. */
    private final double unit;

    Search(Ets ets, double[] values, EtsStart start, Ets.Trend trend, Ets.Season season) {
      this.ets = ets;
      this.values = values;
      this.start = start;
      this.trend = trend;
      this.season = season;
      this.errors = new double[values.length];
      this.unit = season == Ets.Season.MULTIPLICATIVE ? 1 : start.deviation();
    }

    EtsFit fit() {
      double[] point = first();
      double scale = scale(point, Double.POSITIVE_INFINITY);
      double[] steps = new double[point.length];
      for (int round = 0; round < 2; round++) {
        double fixed = scale;
        Arrays.fill(steps, round == 0 ? 1 : 0.3);
        point =
            NelderMead.minimise(
                p -> loss(p, fixed), point, steps, TOLERANCE, MOST_EVALUATIONS / (round + 1));
        scale = scale(point, scale);
      }
      double loss = loss(point, scale);
      int known = Quantiles.sorted(values).length;
      double numbers =
          point.length + 1 + start.kept() * Math.min(start.season().length, MOST_SEASONAL);
      double spare = Math.max(0.5, known - numbers - 1);
      return new EtsFit(
          smoothing(point),
          state(point, scale * unlearned(point.length, known)),
          loss + 2 * numbers * known / spare);
    }

    /**
     * By how much errors are larger on values that were not learned from: the parameters fit the
     * noise, and the season, a mean over the cycles, carries its own.
     */
    private double unlearned(int parameters, int known) {
      double used = Math.min(0.5, (double) parameters / known);
      double seasonal = Math.min(0.5, start.kept() * start.season().length / known);
      return Math.sqrt((1 + seasonal) / (1 - seasonal) / (1 - used));
    }

    /** The share the level takes on, on a logistic scale, then the others; the best of a few. */
    private double[] first() {
      double[] best = null;
      double lowest = Double.POSITIVE_INFINITY;
      for (double alpha : FIRST_ALPHAS) {
        double[] point = new double[count()];
        int i = 0;
        point[i++] = logit(alpha);
        if (trend != Ets.Trend.NONE) {
          point[i++] = logit(0.05);
        }
        if (season != Ets.Season.NONE) {
          point[i++] = logit(0.05);
        }
        if (trend == Ets.Trend.DAMPED) {
          point[i] = logit(0.9);
        }
        double scale = scale(point, Double.POSITIVE_INFINITY);
        if (best == null || scale < lowest) {
          lowest = scale;
          best = point;
        }
      }
      return Objects.requireNonNull(best);
    }

    private int count() {
      int count = 2; // alpha and the first level
      count += trend == Ets.Trend.NONE ? 0 : 2;
      count += trend == Ets.Trend.DAMPED ? 1 : 0;
      return count + (season == Ets.Season.NONE ? 0 : 1);
    }

    private static double logit(double share) {
      return Math.log(share / (1 - share));
    }

    private static double share(double x) {
      return 1 / (1 + Math.exp(-x));
    }

    Smoothing smoothing(double[] point) {
      int i = 0;
      double alpha = 0.0001 + 0.9998 * share(point[i++]);
      double beta = trend == Ets.Trend.NONE ? 0 : FASTEST_TREND * alpha * share(point[i++]);
      double gamma = season == Ets.Season.NONE ? 0 : (1 - alpha) * share(point[i++]);
      double phi = trend == Ets.Trend.DAMPED ? 0.8 + 0.18 * share(point[i]) : 1;
      return new Smoothing(trend, season, alpha, beta, gamma, phi);
    }

    EtsState state(double[] point, double scale) {
      int last = point.length - 1;
      double level = start.level() + 0.5 * start.deviation() * point[last];
      double slope = 0;
      if (trend != Ets.Trend.NONE) {
        level = start.level() + 0.5 * start.deviation() * point[last - 1];
        double bend = start.deviation() / Math.max(10, start.season().length);
        slope = start.trend() + bend * point[last];
      }
      return new EtsState(level, slope, start.season(), -1, scale, 0);
    }

    /** Runs over the values; the sum of the logarithms of what the errors are relative to. */
    private double run(double[] point, double scale) {
      double clipScale = Double.isInfinite(scale) ? 1e200 : scale;
      var filter = new EtsFilter(smoothing(point), state(point, clipScale), ets.clip());
      boolean relative = season == Ets.Season.MULTIPLICATIVE;
      double logs = 0;
      for (int i = 0; i < values.length; i++) {
        if (relative && !Double.isNaN(values[i])) {
          logs += Math.log(Math.max(1e-300, filter.expected(1)));
        }
        errors[i] = filter.learn(values[i]);
      }
      return logs;
    }

    /** n log of the mean squared error, errors beyond the limit counting as the limit. */
    private double loss(double[] point, double scale) {
      double logs = run(point, scale);
      double limit = ets.clip() * scale;
      double sum = 0;
      int count = 0;
      for (double error : errors) {
        if (!Double.isNaN(error)) {
          double limited = Math.min(Math.abs(error), limit);
          sum += limited * limited;
          count++;
        }
      }
      double least = 1e-16 * unit * unit;
      return count * Math.log(Math.max(least, sum / Math.max(1, count))) + 2 * logs;
    }

    /** The robust scale of the errors: their mean square, those beyond the limit as the limit. */
    private double scale(double[] point, double before) {
      run(point, before);
      double[] sizes = new double[errors.length];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Math.abs(errors[i]);
      }
      double median = Quantiles.median(sizes);
      double middle = Double.isNaN(median) ? 0 : 1.4826 * median;
      double limit = middle > 0 ? ets.clip() * middle : Double.POSITIVE_INFINITY;
      double sum = 0;
      int count = 0;
      for (double size : sizes) {
        if (!Double.isNaN(size)) {
          sum += Math.min(size, limit) * Math.min(size, limit);
          count++;
        }
      }
      return Math.max(1e-12 * unit, Math.sqrt(sum / Math.max(1, count)));
    }
  }
}
