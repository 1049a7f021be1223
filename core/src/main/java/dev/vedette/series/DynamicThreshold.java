package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import java.util.Arrays;

/**
 * Nonparametric dynamic thresholding: smoothed errors against the threshold whose excess stands out
 * most, without a distribution assumed.
 *
 * <p>The errors are the sizes of what level and seasons leave ({@link SeasonalEsd}), smoothed
 * exponentially. The threshold ε = μ + z σ is the one of z = 2, 2.5, ... 12 that, with what is
 * above it taken away, lowers mean and deviation most for the number of points and sequences above
 * (Hundman et al. 2018, doi:10.1145/3219819.3219845, section 3.2). In hindsight a sequence whose
 * highest error is not {@code pruning} above the next lower one, down to the highest usual error,
 * is no anomaly (section 3.3).
 *
 * <p>Score: smoothed error / ε, so 1 is the threshold. Good at stretches, which it finds also where
 * single values are not extreme; smoothing spreads an anomaly over the points after it. Missing
 * values may be NaN. O(n log n).
 *
 * @param period points in a season; 0 to find seasons
 * @param smoothing points the smoothed error looks back, 1 (none) to 10,000
 * @param pruning the least relative drop between errors, p in the paper, 0 to 1
 */
public record DynamicThreshold(int period, int smoothing, double pruning)
    implements SeriesDetector {
  private static final int FEWEST = 4;
  private static final double LEAST_Z = 2;
  private static final double MOST_Z = 12;

  public DynamicThreshold {
    Periods.requirePeriod(period);
    Require.range("smoothing", smoothing, 1, 10_000);
    Require.range("pruning", pruning, 0, 1);
  }

  /** Seasons found, errors smoothed over 5 points, the paper's pruning of 13 %. */
  public DynamicThreshold() {
    this(0, 5, 0.13);
  }

  public DynamicThreshold period(int period) {
    return new DynamicThreshold(period, smoothing, pruning);
  }

  public DynamicThreshold smoothing(int smoothing) {
    return new DynamicThreshold(period, smoothing, pruning);
  }

  public DynamicThreshold pruning(double pruning) {
    return new DynamicThreshold(period, smoothing, pruning);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    Outlook.requirePoints(history, FEWEST);
    Grid grid = Grid.of(history);
    double[] values = Grid.values(history, grid.slots(history));
    PeriodicMedians parts =
        PeriodicMedians.of(values, Periods.lengths(values, history.step(), period));
    double[] errors = smoothed(parts.remainder(), 0);
    double end = errors[errors.length - 1];
    return new Fitted(
        this, Outlook.of(grid, parts), Spread.of(parts.remainder()), threshold(errors), end);
  }

  /** Sizes, each the mean of itself and those before with weights falling by 1 − 2/(s + 1). */
  private double[] smoothed(double[] remainder, double before) {
    double weight = 2.0 / (smoothing + 1);
    double[] smoothed = new double[remainder.length];
    double last = before;
    for (int i = 0; i < smoothed.length; i++) {
      double size = Math.abs(remainder[i]);
      last = Double.isNaN(size) ? last : last + weight * (size - last);
      smoothed[i] = last;
    }
    return smoothed;
  }

  /** The ε that the paper's equation 5 is highest for; far above all where nothing stands out. */
  static double threshold(double[] errors) {
    double mean = mean(errors, Double.POSITIVE_INFINITY);
    double deviation = deviation(errors, mean, Double.POSITIVE_INFINITY);
    double best = 0;
    double threshold = mean + MOST_Z * deviation;
    for (double z = LEAST_Z; z <= MOST_Z; z += 0.5) {
      double limit = mean + z * deviation;
      int above = 0;
      int sequences = 0;
      for (int i = 0; i < errors.length; i++) {
        if (errors[i] > limit) {
          above++;
          sequences += i == 0 || errors[i - 1] <= limit ? 1 : 0;
        }
      }
      if (above > 0 && above < errors.length && mean > 0) {
        double less = mean(errors, limit);
        double narrower = deviation(errors, less, limit);
        double gain = (mean - less) / mean + (deviation - narrower) / deviation;
        double merit = gain / (above + (double) sequences * sequences);
        if (merit > best) {
          best = merit;
          threshold = limit;
        }
      }
    }
    return threshold;
  }

  private static double mean(double[] errors, double limit) {
    return Arrays.stream(errors).filter(error -> error <= limit).average().orElse(0);
  }

  private static double deviation(double[] errors, double mean, double limit) {
    double squares =
        Arrays.stream(errors)
            .filter(error -> error <= limit)
            .map(error -> (error - mean) * (error - mean))
            .average()
            .orElse(0);
    return Math.sqrt(squares);
  }

  /** Lowers the scores of sequences that do not stand apart to just below 1. */
  private void prune(double[] scores) {
    double[] peaks = new double[scores.length + 1];
    int count = 0;
    double usual = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] <= 1) {
        usual = Math.max(usual, scores[i]);
      } else if (i > 0 && scores[i - 1] > 1) {
        peaks[count - 1] = Math.max(peaks[count - 1], scores[i]);
      } else {
        peaks[count++] = scores[i];
      }
    }
    double[] order = Arrays.copyOf(peaks, count + 1);
    order[count] = usual;
    Arrays.sort(order);
    int keep = count + 1; // from this place of the ascending order on there are anomalies
    for (int k = count; k >= 1; k--) {
      if (order[k] - order[k - 1] > pruning * order[k]) {
        keep = k;
      }
    }
    double least = keep > count ? Double.POSITIVE_INFINITY : order[keep];
    lower(scores, least);
  }

  private static void lower(double[] scores, double least) {
    int from = 0;
    while (from < scores.length) {
      int to = from;
      double peak = 0;
      while (to < scores.length && scores[to] > 1) {
        peak = Math.max(peak, scores[to++]);
      }
      for (int i = from; i < to && peak < least; i++) {
        scores[i] = 1;
      }
      from = Math.max(to, from + 1);
    }
  }

  /**
   * A fitted {@link DynamicThreshold}.
   *
   * @param outlook what is expected at a time
   * @param spread of what is left
   * @param threshold ε, in the units of the values
   * @param error the smoothed error the history ended with
   */
  public record Fitted(
      DynamicThreshold detector, Outlook outlook, double spread, double threshold, double error)
      implements SeriesModel {
    public Fitted {
      Require.finite("the threshold", new double[] {spread, threshold, error});
      Require.that(spread >= 0 && threshold >= 0 && error >= 0, "an error is negative");
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      return reading(later, outlook.parts(later, 0), Math.min(error, threshold));
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      long[] slots = outlook.grid().slots(history);
      PeriodicMedians parts = PeriodicMedians.of(Grid.values(history, slots), outlook.seasons());
      Reading reading = reading(history, parts.parts(outlook.grid(), slots, 0), 0);
      detector.prune(reading.score());
      return reading;
    }

    private Reading reading(Series series, Parts parts, double before) {
      double[] rest = series.values(0);
      Arrays.setAll(rest, i -> rest[i] - parts.expected()[i]);
      double[] score = detector.smoothed(rest, before);
      for (int i = 0; i < score.length; i++) {
        score[i] =
            score[i] > 0 && !Double.isNaN(rest[i])
                ? Math.min(Reading.MOST, score[i] / threshold)
                : 0;
      }
      return parts.scored(score, spread);
    }
  }
}
