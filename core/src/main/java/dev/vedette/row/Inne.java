package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import java.util.Arrays;

/**
 * Isolation using nearest-neighbour ensembles: how isolated, in many small random samples, the
 * smallest sphere is that a row falls into.
 *
 * <p>Each member of a sample is the centre of a sphere that reaches to the nearest other member. A
 * row in the sphere of c, whose neighbour is n, is isolated by 1 − radius(n) / radius(c): 0 in a
 * region as dense as its surroundings, near 1 where the sphere is far larger than that of its
 * neighbour. A row outside all spheres of the sample is isolated by 1.
 *
 * <p>Score in [0, 1]: the mean over the samples; 1 is outside all spheres of all samples, and does
 * not grow beyond. The measure is relative, so it finds anomalies that are far for their
 * surroundings but not far in the whole; many anomalies among the training rows hide each other.
 *
 * <p>A sphere holds its surface, unlike in the paper, so that a member with a duplicate in its
 * sample holds the rows equal to it: they are isolated by 0.
 *
 * <p>Distances are Euclidean, so columns should be comparable. Fit O(bags · sample² · d), row
 * O(bags · sample · d), memory 4 · bags · sample · d bytes; one row allocates a buffer of 4 · bags
 * · sample bytes.
 *
 * <p>Bandaragoda et al., "Isolation-based anomaly detection using nearest-neighbor ensembles",
 * Computational Intelligence 2018, doi:10.1111/coin.12156 (Definitions 1 to 3).
 *
 * @param bags number of samples t, 1 to 10,000
 * @param sample rows in each ψ, 2 to 4,096; of a smaller training set all rows but one
 * @param seed of all randomness
 */
public record Inne(int bags, int sample, long seed) implements RowDetector {
  public Inne {
    Require.range("bags", bags, 1, 10_000);
    Require.range("sample", sample, 2, 4096);
  }

  /** 200 samples of 8 rows. */
  public Inne() {
    this(200, 8, 42);
  }

  public Inne bags(int bags) {
    return new Inne(bags, sample, seed);
  }

  public Inne sample(int sample) {
    return new Inne(bags, sample, seed);
  }

  public Inne seed(long seed) {
    return new Inne(bags, sample, seed);
  }

  @Override
  public boolean leavesOut() {
    return true;
  }

  @Override
  public Fitted fit(Matrix rows) {
    Bags drawn = Bags.draw(rows, bags, sample, seed);
    int members = drawn.members().length;
    float[] radii = new float[members];
    float[] isolation = new float[members];
    for (int from = 0; from < members; from += drawn.size()) {
      int[] neighbors = new int[drawn.size()];
      for (int p = from; p < from + drawn.size(); p++) {
        int nearest = nearestOther(drawn, from, p);
        neighbors[p - from] = nearest;
        radii[p] = nearest < 0 ? 0 : squared(drawn.points(), p, nearest);
      }
      for (int p = from; p < from + drawn.size(); p++) {
        isolation[p] =
            radii[p] == 0
                ? 0
                : (float) (1 - Math.sqrt((double) radii[neighbors[p - from]] / radii[p]));
      }
    }
    return new Fitted(this, drawn.center(), drawn.members(), drawn.points(), radii, isolation);
  }

  private static int nearestOther(Bags drawn, int from, int p) {
    int nearest = -1;
    float least = Float.POSITIVE_INFINITY;
    for (int other = from; other < from + drawn.size(); other++) {
      float squared = squared(drawn.points(), p, other);
      if (other != p && squared < least) {
        least = squared;
        nearest = other;
      }
    }
    return nearest;
  }

  /** In the steps of the kernels, so that a member lies exactly on the sphere it bounds. */
  private static float squared(float[][] points, int p, int other) {
    float sum = 0;
    for (float[] column : points) {
      float difference = column[p] - column[other];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }

  /**
   * A fitted {@link Inne}.
   *
   * @param center the median of each column, subtracted before single precision
   * @param members the training rows in the bags, bag by bag
   * @param points for each column the values of the members, less the centre
   * @param radii the squared radius of the sphere around each member
   * @param isolation of a row in that sphere
   */
  public record Fitted(
      Inne detector,
      double[] center,
      int[] members,
      float[][] points,
      float[] radii,
      float[] isolation)
      implements RowModel {
    public Fitted {
      Bags.check(detector.bags, center, members, points);
      Require.that(
          radii.length == members.length && isolation.length == members.length,
          "one sphere per member");
      for (int p = 0; p < radii.length; p++) {
        Require.that(
            radii[p] >= 0 && isolation[p] >= 0 && isolation[p] <= 1, "a sphere is damaged");
      }
    }

    @Override
    public int columns() {
      return center.length;
    }

    private Bags drawn() {
      return new Bags(members.length / detector.bags, center, members, points);
    }

    /** The member with the smallest sphere around the row; −1 where there is none. */
    private int smallest(Bags.Search search, int from) {
      int smallest = -1;
      float least = Float.POSITIVE_INFINITY;
      for (int p = from; p < from + members.length / detector.bags; p++) {
        float distance = search.distance(p);
        if (distance <= radii[p] && radii[p] < least && !search.isLeftOut(p)) {
          least = radii[p];
          smallest = p;
        }
      }
      return smallest;
    }

    private double opinion(Bags.Search search, int bag) {
      int smallest = smallest(search, bag);
      return smallest < 0 ? 1 : isolation[smallest];
    }

    @Override
    public double score(double[] row) {
      return drawn().mean(row, Bags.Distance.SQUARED, this::opinion);
    }

    @Override
    public double[] score(Matrix rows) {
      return drawn().mean(rows, false, Bags.Distance.SQUARED, this::opinion);
    }

    /** A bag that holds the row is left out for it; where all do, only its own sphere is. */
    @Override
    public double[] scoreTraining(Matrix training) {
      return drawn().mean(training, true, Bags.Distance.SQUARED, this::opinion);
    }

    @Override
    public Attribution attribute(double[] row) {
      return attribute(row, -1);
    }

    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return attribute(training.row(row), row);
    }

    /**
     * The isolation in each bag is shared in proportion to the squared differences from the centre
     * of the sphere, or from the nearest member where the row is in none; normal is the median of
     * the nearest members.
     */
    private Attribution attribute(double[] row, int leftOut) {
      Require.row(row, center.length, false);
      Bags drawn = drawn();
      var search = drawn.new Search(Bags.Distance.SQUARED).around(row, leftOut);
      int[] nearest = search.nearestOfAll();
      double[] weights = new double[row.length];
      for (int bag = 0; bag < nearest.length; bag++) {
        int smallest = nearest[bag] < 0 ? -1 : smallest(search, bag * drawn.size());
        int from = smallest < 0 ? nearest[bag] : smallest;
        double isolated = smallest < 0 ? 1 : isolation[smallest];
        double[] squares = new double[row.length];
        for (int j = 0; from >= 0 && j < row.length; j++) {
          squares[j] = search.difference(j, from) * search.difference(j, from);
        }
        double sum = Arrays.stream(squares).sum();
        for (int j = 0; sum > 0 && j < row.length; j++) {
          weights[j] += isolated * squares[j] / sum;
        }
      }
      double score = search.mean(this::opinion);
      return Attribution.proportional(score, 0, weights, search.normal());
    }
  }
}
