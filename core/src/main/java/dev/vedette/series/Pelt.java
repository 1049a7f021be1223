package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.List;

/**
 * Change points by penalised optimal partition: of all ways to cut a series into segments, the one
 * whose segments are described best, each cut at a price.
 *
 * <p>As a detector it scores 0 to 1: at the first point of a new segment how sure the change is,
 * 0.5 and more, elsewhere 0. What is expected is what the segment is around. Points count, not
 * their times.
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
public record Pelt(Cost cost, double penalty, int minimum) implements SeriesDetector {
  /** What may change from segment to segment. */
  public enum Cost {
    /** The level; the noise is the same everywhere. */
    MEAN,
    /** Level and spread. */
    MEAN_VARIANCE,
    /** A straight line: its level, its slope or both; the noise is the same everywhere. */
    SLOPE
  }

  private static final int REMEMBERED = 4096;

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
    return Segmentation.of(this, values).changes();
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    if (history.points() == 0) {
      throw new DataException("the series has 0 points; at least 1 is needed");
    }
    double[] values = history.values(0);
    return new Fitted(
        this,
        history.time(history.points() - 1),
        Arrays.copyOfRange(values, Math.max(0, values.length - REMEMBERED), values.length));
  }

  /**
   * A fitted {@link Pelt}: the end of the history, as later points are cut together with it.
   *
   * @param end time of the last point
   * @param recent the last values, at most 4,096
   */
  public record Fitted(Pelt detector, long end, double[] recent) implements SeriesModel {
    public Fitted {
      Require.that(recent.length > 0, "a history is empty");
    }

    @Override
    public int variables() {
      return 1;
    }

    /** Points after the history are cut together with its end, others by themselves. */
    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      boolean after = later.points() > 0 && later.time(0) > end;
      int before = after ? recent.length : 0;
      double[] values = Arrays.copyOf(after ? recent : new double[0], before + later.points());
      System.arraycopy(later.values(0), 0, values, before, later.points());
      return Segmentation.of(detector, values).reading(before);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      return Segmentation.of(detector, history.values(0)).reading(0);
    }
  }
}
