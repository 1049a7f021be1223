package dev.vedette.row;

import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Centres of groups of rows in standard units: k-means++ starts (Arthur and Vassilvitskii, SODA
 * 2007), then Lloyd's steps (1982, doi:10.1109/TIT.1982.1056489). A centre that loses all its rows
 * is dropped.
 *
 * @param centers one per cluster, in standard units (clusters × columns)
 * @param nearest for each row the number of its nearest centre; ties go to the lower
 * @param sizes the rows nearest to each centre
 * @param inertia the sum of the squared distances of the rows to their centres
 */
record Clusters(double[][] centers, int[] nearest, int[] sizes, double inertia) {
  private static final int MOST_STEPS = 100;

  /** When a step improves the inertia by less than this share, it is the last. */
  private static final double TOLERANCE = 1e-4;

  /** More rows are looked at by a sample first. */
  private static final int SAMPLE = 16_384;

  /**
   * The best of {@code restarts} clusterings of a sample, refined on all rows.
   *
   * @param count of the centres; where there are fewer different rows, as many as those
   */
  static Clusters of(StandardRows rows, int count, int restarts, long seed) {
    Clusters best = null;
    for (int restart = 0; restart < restarts; restart++) {
      SplittableRandom random = Seeds.stream(seed, restart);
      StandardRows sample = rows.sample(SAMPLE, random);
      Clusters found = assign(sample, start(sample, count, random)).refined(sample);
      if (best == null || found.meanInertia() < best.meanInertia()) {
        best = found;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("restarts must be at least 1, is " + restarts);
    }
    return rows.count() <= SAMPLE ? best : assign(rows, best.centers).refined(rows);
  }

  private double meanInertia() {
    return inertia / nearest.length;
  }

  /** Each further start is drawn with a chance in proportion to its squared distance so far. */
  private static double[][] start(StandardRows rows, int count, SplittableRandom random) {
    int n = rows.count();
    double[] squared = new double[n];
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
    double[][] centers = new double[count][];
    int drawn = random.nextInt(n);
    for (int c = 0; c < count; c++) {
      double[] center = rows.row(drawn);
      centers[c] = center;
      rows.tiles(
          (tile, from, distances) -> {
            tile.squaredDistances(center, distances);
            for (int r = 0; r < tile.rows(); r++) {
              squared[from + r] = Math.min(squared[from + r], distances[r]);
            }
          });
      drawn = draw(squared, random);
      if (drawn < 0) {
        return Arrays.copyOf(centers, c + 1); // there are no more different rows
      }
    }
    return centers;
  }

  /** An index with a chance in proportion to its weight; −1 where all weights are zero. */
  private static int draw(double[] weights, SplittableRandom random) {
    double largest = Arrays.stream(weights).max().orElse(0);
    if (largest == 0) {
      return -1;
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight / largest;
    }
    double left = random.nextDouble() * sum;
    int last = -1;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i] / largest;
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  private static Clusters assign(StandardRows rows, double[][] centers) {
    int n = rows.count();
    int[] nearest = new int[n];
    double[] inertia = new double[rows.parts()];
    int[][] counts = new int[rows.parts()][centers.length];
    rows.tiles(
        (tile, from, distances) -> {
          double[] least = new double[Tile.ROWS];
          int[] which = new int[Tile.ROWS];
          tile.squaredDistances(centers[0], least);
          for (int c = 1; c < centers.length; c++) {
            tile.squaredDistances(centers[c], distances);
            for (int r = 0; r < distances.length; r++) {
              which[r] = distances[r] < least[r] ? c : which[r];
              least[r] = Math.min(distances[r], least[r]);
            }
          }
          int part = rows.part(from);
          for (int r = 0; r < tile.rows(); r++) {
            nearest[from + r] = which[r];
            inertia[part] += least[r];
            counts[part][which[r]]++;
          }
        });
    int[] sizes = new int[centers.length];
    for (int[] count : counts) {
      for (int c = 0; c < sizes.length; c++) {
        sizes[c] += count[c];
      }
    }
    return new Clusters(centers, nearest, sizes, Arrays.stream(inertia).sum());
  }

  private Clusters refined(StandardRows rows) {
    Clusters now = this;
    for (int step = 0; step < MOST_STEPS; step++) {
      Clusters next = assign(rows, now.means(rows));
      boolean still = next.inertia >= now.inertia * (1 - TOLERANCE);
      now = next;
      if (still) {
        break;
      }
    }
    return now.withoutEmpty();
  }

  private double[][] means(StandardRows rows) {
    int columns = rows.columns();
    double[][][] sums = new double[rows.parts()][centers.length][columns];
    rows.tiles(
        (tile, from, room) -> {
          double[][] sum = sums[rows.part(from)];
          for (int j = 0; j < columns; j++) {
            double[] column = tile.columns()[j];
            for (int r = 0; r < tile.rows(); r++) {
              sum[nearest[from + r]][j] += column[r];
            }
          }
        });
    double[][] means = new double[centers.length][columns];
    for (int c = 0; c < means.length; c++) {
      for (double[][] sum : sums) {
        for (int j = 0; j < columns; j++) {
          means[c][j] += sum[c][j];
        }
      }
      for (int j = 0; j < columns; j++) {
        means[c][j] = sizes[c] == 0 ? centers[c][j] : means[c][j] / sizes[c];
      }
    }
    return means;
  }

  private Clusters withoutEmpty() {
    int[] number = new int[sizes.length];
    int left = 0;
    double[][] kept = new double[sizes.length][];
    int[] keptSizes = new int[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      number[c] = left;
      if (sizes[c] > 0) {
        kept[left] = centers[c];
        keptSizes[left++] = sizes[c];
      }
    }
    int[] renumbered = new int[nearest.length];
    Arrays.setAll(renumbered, i -> number[nearest[i]]);
    return new Clusters(
        Arrays.copyOf(kept, left), renumbered, Arrays.copyOf(keptSizes, left), inertia);
  }
}
