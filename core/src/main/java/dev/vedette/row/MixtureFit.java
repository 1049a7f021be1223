package dev.vedette.row;

import dev.vedette.DataException;
import dev.vedette.math.Seeds;
import dev.vedette.row.Mixture.Expectation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Expectation maximisation for the options of a {@link Gmm}.
 *
 * @param logUnits Σ ln unit over the columns
 */
record MixtureFit(Gmm options, double logUnits) {
  /** When a step changes the mean ln density of the kept rows by less, it is the last. */
  private static final double TOLERANCE = 1e-3;

  private static final int MOST_STEPS = 100;

  /** Rows that starts are tried on. */
  private static final int SAMPLE = 4096;

  private static final int MOST_CHOSEN = 8;

  /** A mixture and how well it explains the rows. */
  private record Found(Mixture mixture, double bound) {}

  Mixture fit(StandardRows rows) {
    Found best = null;
    double leastCriterion = Double.POSITIVE_INFINITY;
    int from = options.components() == 0 ? 1 : options.components();
    int to = options.components() == 0 ? MOST_CHOSEN : options.components();
    for (int count = from; count <= to; count++) {
      StandardRows sample = rows.sample(SAMPLE, Seeds.stream(options.seed(), -1));
      Found found = bestStart(sample, count);
      double criterion = criterion(found, kept(sample.count()), rows.columns());
      if (best == null || criterion < leastCriterion) {
        best = found;
        leastCriterion = criterion;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no number of components was tried");
    }
    return rows.count() <= SAMPLE ? best.mixture : refine(rows, best.mixture).mixture;
  }

  /** The Bayesian information criterion; smaller is better. */
  private double criterion(Found found, int rows, int columns) {
    int count = found.mixture.components().length;
    double each = columns + (options.full() ? columns * (columns + 1) / 2.0 : columns);
    return -2 * found.bound * rows + (count * each + count - 1) * Math.log(rows);
  }

  private int kept(int rows) {
    return Math.max(2, (int) Math.ceil(options.keep() * rows));
  }

  private Found bestStart(StandardRows rows, int count) {
    Found best = null;
    for (int restart = 0; restart < options.restarts(); restart++) {
      SplittableRandom random = Seeds.stream(options.seed(), restart);
      Found found = refine(rows, start(rows, count, random.nextLong()));
      if (best == null || found.bound > best.bound) {
        best = found;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no start was tried");
    }
    return best;
  }

  /**
   * Clusters of the rows that lie closest to the middle, column by column: a start that anomalies
   * are not part of.
   */
  private Mixture start(StandardRows rows, int count, long seed) {
    int[] inner = closest(rows, kept(rows.count()));
    var some = inner.length == rows.count() ? rows : rows.select(inner);
    var clusters = Clusters.of(some, count, 1, seed);
    double[][] shares = new double[clusters.centers().length][inner.length];
    for (int i = 0; i < inner.length; i++) {
      shares[clusters.nearest()[i]][i] = 1;
    }
    return maximise(some, shares, clusters.centers());
  }

  private static int[] closest(StandardRows rows, int size) {
    if (size == rows.count()) {
      return IntStream.range(0, rows.count()).toArray();
    }
    double[] distances = new double[rows.count()];
    double[] middle = new double[rows.columns()];
    rows.tiles(
        (tile, from, squared) -> {
          tile.squaredDistances(middle, squared);
          System.arraycopy(squared, 0, distances, from, tile.rows());
        });
    return Mahalanobis.closest(distances, size);
  }

  private Found refine(StandardRows rows, Mixture start) {
    Mixture now = start;
    double last = Double.NEGATIVE_INFINITY;
    for (int step = 0; ; step++) {
      Expectation expectation = now.expect(rows);
      double bound = expectation.keep(kept(rows.count()));
      if (Math.abs(bound - last) < TOLERANCE || step == MOST_STEPS) {
        return new Found(now, bound);
      }
      last = bound;
      double[][] means =
          Arrays.stream(now.components()).map(Component::mean).toArray(double[][]::new);
      Mixture next = maximise(rows, expectation.shares(), means);
      if (next.components().length < now.components().length) {
        last = Double.NEGATIVE_INFINITY; // with fewer components the bound falls
      }
      now = next;
    }
  }

  /** The components that the shares of the rows make, without those that hold too few rows. */
  Mixture maximise(StandardRows rows, double[][] shares, double[][] points) {
    var parts = new Moment[rows.parts()][points.length];
    for (Moment[] part : parts) {
      Arrays.setAll(part, k -> new Moment(points[k], options.full()));
    }
    rows.tiles(
        (tile, from, room) -> {
          Moment[] part = parts[rows.part(from)];
          for (int k = 0; k < part.length; k++) {
            part[k].add(tile, shares[k], from);
          }
        });
    Moment[] moments = parts[0];
    for (int p = 1; p < parts.length; p++) {
      for (int k = 0; k < moments.length; k++) {
        moments[k].add(parts[p][k]);
      }
    }
    double all = Arrays.stream(moments).mapToDouble(Moment::weight).sum();
    Moment largest =
        Arrays.stream(moments)
            .reduce((a, b) -> b.weight() > a.weight() ? b : a)
            .orElseThrow(() -> new IllegalStateException("a mixture without components"));
    double least = Math.max(2, options.least() * all);
    Moment[] alive =
        Arrays.stream(moments)
            .filter(moment -> moment == largest || moment.weight() >= least)
            .toArray(Moment[]::new);
    double left = Arrays.stream(alive).mapToDouble(Moment::weight).sum();
    if (!(left > 0)) {
      throw new DataException("no row is likely under any component; scale the columns first");
    }
    return new Mixture(
        Arrays.stream(alive)
            .map(m -> m.component(m.weight() / left, options.regularization(), logUnits))
            .toArray(Component[]::new));
  }
}
