package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Change points by penalised optimal partition: of all ways to cut a series into segments, the one
 * whose segments are described best, each cut at a price.
 *
 * <p>Killick, Fearnhead and Eckley 2012, doi:10.1080/01621459.2012.737745 (PELT). With {@link
 * Cost#MEAN} the same optimum is found by functional pruning (Maidstone et al. 2017,
 * doi:10.1007/s11222-016-9636-3), in about O(n log n) even where nothing changes. The other costs
 * take O(n) with many changes and O(n²) without any, so beyond 1,536 values the cuts are searched
 * on a grid of at most 1,536 positions and then moved to the best place nearby: changes that follow
 * each other closer than the grid may be missed.
 *
 * <p>The noise is estimated from differences, by medians, and the price of a cut rises with the
 * correlation of neighbours (Chakar et al. 2017, doi:10.3150/15-BEJ782), so that what wanders is
 * not cut to pieces; for a random walk, which wanders without limit, it is no use. Single values
 * far from their neighbours are drawn in before means and lines are compared. A seasonal pattern
 * must be taken off first, or it is cut at every turn. With {@link Cost#MEAN_VARIANCE} a few values
 * far out look like a larger spread: raise the penalty where that happens without meaning.
 *
 * @param cost what may change
 * @param penalty price of a cut in units of the logarithm of the number of values, 0.1 to 1000; 2
 *     is that of the Bayesian information criterion for a mean, a higher one finds fewer changes. A
 *     cut that changes two numbers costs 1 more
 * @param minimum the least number of values between two changes, 2 to 1,000,000
 */
public record Pelt(Cost cost, double penalty, int minimum) {
  /** What may change from segment to segment. */
  public enum Cost {
    /** The level; the noise is the same everywhere. */
    MEAN,
    /** Level and spread. */
    MEAN_VARIANCE,
    /** A straight line: its level, its slope or both; the noise is the same everywhere. */
    SLOPE
  }

  /** Deviations beyond which a value is drawn in. */
  private static final double FAR = 3;

  /** Of the variance of the noise: a segment with less counts as having that much. */
  private static final double LEAST_VARIANCE = 0.01;

  private static final int WIDEST_HALF_WINDOW = 10;

  public Pelt {
    Require.range("penalty", penalty, 0.1, 1000);
    Require.range("minimum", minimum, 2, 1_000_000);
  }

  /** Changes of the mean, at a price of 3 log n, at least 5 values apart. */
  public Pelt() {
    this(Cost.MEAN, 3, 5);
  }

  public Pelt cost(Cost cost) {
    return new Pelt(cost, penalty, minimum);
  }

  public Pelt penalty(double penalty) {
    return new Pelt(cost, penalty, minimum);
  }

  public Pelt minimum(int minimum) {
    return new Pelt(cost, penalty, minimum);
  }

  /**
   * The indices at which a new segment begins, ascending, without 0.
   *
   * @param values at equal distances; NaN is missing
   * @throws DataException when a value is infinite
   */
  public int[] changePoints(double[] values) {
    return find(values).stream().mapToInt(ChangePoint::index).toArray();
  }

  /**
   * The changes of {@code values}, in order, each with how sure it is: with g what the segments to
   * both sides gain by being two, and p the penalty, 1 / (1 + exp((p − g) / 2)), the probability by
   * the Bayesian information criterion.
   *
   * @param values at equal distances; NaN is missing
   * @throws DataException when a value is infinite
   */
  public List<ChangePoint> find(double[] values) {
    int[] places = present(values);
    if (places.length < 2 * minimum) {
      return List.of();
    }
    double[] known = new double[places.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = values[places[i]];
    }
    Noise noise = cost == Cost.SLOPE ? Noise.aroundLine(known) : Noise.around(known);
    double unit = unit(noise);
    double center = Quantiles.median(known);
    double[] drawn = cost == Cost.MEAN_VARIANCE ? known : drawnIn(known, noise.deviation());
    double[] scaled = new double[known.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (drawn[i] - center) / unit;
    }
    SegmentCost segments = segments(scaled, places);
    int[] cuts = Partition.cuts(segments, price(noise, known.length), minimum);
    return described(segments, cuts, price(noise, known.length), places, unit, center);
  }

  private static int[] present(double[] values) {
    int[] places = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isInfinite(values[i])) {
        throw new DataException("value " + i + " is " + values[i] + "; only numbers are compared");
      }
      if (!Double.isNaN(values[i])) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  private double unit(Noise noise) {
    return cost == Cost.MEAN_VARIANCE ? noise.deviation() : noise.longRun();
  }

  private double price(Noise noise, int count) {
    double unit = Math.log(count);
    return switch (cost) {
      case MEAN -> penalty * unit;
      case SLOPE -> (penalty + 1) * unit;
      case MEAN_VARIANCE ->
          (penalty + 1) * unit * (1 + noise.correlation()) / (1 - noise.correlation());
    };
  }

  private SegmentCost segments(double[] scaled, int[] places) {
    return switch (cost) {
      case MEAN -> SegmentCost.Mean.of(scaled);
      case MEAN_VARIANCE ->
          new SegmentCost.MeanVariance(SegmentCost.Mean.of(scaled), LEAST_VARIANCE);
      case SLOPE -> {
        double[] axis = new double[places.length];
        for (int i = 0; i < axis.length; i++) {
          axis[i] = places[i] - places[places.length / 2];
        }
        yield SegmentCost.Slope.of(scaled, axis);
      }
    };
  }

  /** Values at most {@link #FAR} deviations from the median of those around them. */
  private double[] drawnIn(double[] values, double deviation) {
    int half = Math.min(Math.min(minimum, WIDEST_HALF_WINDOW), (values.length - 1) / 2);
    double[] window = new double[2 * half + 1];
    double[] drawn = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.clamp(i - half, 0, values.length - window.length);
      System.arraycopy(values, from, window, 0, window.length);
      Arrays.sort(window);
      double reach = FAR * deviation;
      drawn[i] = Math.clamp(values[i], window[half] - reach, window[half] + reach);
    }
    return drawn;
  }

  private List<ChangePoint> described(
      SegmentCost segments, int[] cuts, double price, int[] places, double unit, double center) {
    var changes = new ArrayList<ChangePoint>();
    double shift = cost == Cost.SLOPE ? 0 : center;
    for (int i = 0; i < cuts.length; i++) {
      int from = i == 0 ? 0 : cuts[i - 1];
      int cut = cuts[i];
      int to = i + 1 == cuts.length ? segments.count() : cuts[i + 1];
      double gain = Partition.gain(segments, cuts, i);
      changes.add(
          new ChangePoint(
              places[cut],
              1 / (1 + Math.exp((price - gain) / 2)),
              shift + unit * segments.level(from, cut),
              shift + unit * segments.level(cut, to)));
    }
    return List.copyOf(changes);
  }
}
