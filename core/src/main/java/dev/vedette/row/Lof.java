package dev.vedette.row;

import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.math.Nearest;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Neighbors.Query;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * Local outlier factor: the density around a row's neighbours against the density around the row
 * itself.
 *
 * <p>Score ≥ 0: about 1 inside a region of even density, well above 1 in thinner surroundings than
 * the neighbours have. A row that was in the training set scores as the paper defines it for that
 * set.
 *
 * <p>Safe with duplicates: neighbours are the k nearest <em>different</em> rows (the paper's
 * k-distinct-distance), each counted as often as it occurs, so densities stay finite. When all
 * training rows are equal the score is 1 plus the distance to them.
 *
 * <p>Fit O(n · search), row one search: O(n·d) by scan or far less by tree; memory 4·n·d bytes.
 * Needs comparable columns.
 *
 * <p>Breunig, Kriegel, Ng and Sander, "LOF: Identifying Density-Based Local Outliers", SIGMOD 2000,
 * doi:10.1145/342009.335388, Definitions 5 to 7.
 *
 * @param k neighbours (MinPts), 1 to 1,000; fewer are used where there are not that many different
 *     rows
 */
public record Lof(int k) implements RowDetector {
  public Lof {
    Require.range("k", k, 1, 1000);
  }

  /** 20 neighbours. */
  public Lof() {
    this(20);
  }

  public Lof k(int k) {
    return new Lof(k);
  }

  @Override
  public boolean leavesOut() {
    return true;
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    double[] center = Quantiles.medians(rows, 4096);
    var distinct = DistinctRows.of(rows, center);
    Neighbors neighbors = Neighbors.of(distinct.rows(), center);
    int reach = Math.min(k, neighbors.points() - 1);
    double[] distance = new double[neighbors.points()];
    double[] density = new double[neighbors.points()];
    double[] factor = new double[neighbors.points()];
    Arrays.fill(factor, 1);
    if (reach > 0) {
      var graph = new Graph(distinct, neighbors, reach);
      Arrays.setAll(distance, graph::distance);
      Arrays.setAll(density, i -> graph.density(i, distance));
      Arrays.setAll(factor, i -> graph.factor(i, density));
    }
    return new Fitted(this, neighbors, distinct.counts(), distance, density, factor);
  }

  /** The nearest rows of every different row, row after row. */
  private static final class Graph {
    private final int reach;
    private final int[] counts;
    private final int[] index;
    private final float[] squared;

    Graph(DistinctRows distinct, Neighbors neighbors, int reach) {
      this.reach = reach;
      counts = distinct.counts();
      index = new int[Math.multiplyExact(counts.length, reach)];
      squared = new float[index.length];
      NeighborModel.searchAll(
          neighbors,
          distinct.rows(),
          i -> new Query(neighbors, reach).distinct(),
          (i, answered) -> {
            for (int rank = 0; rank < reach; rank++) {
              index[i * reach + rank] = answered.nearest().index(rank);
              squared[i * reach + rank] = answered.nearest().squared(rank);
            }
          });
    }

    double distance(int row) {
      return Math.sqrt(squared[(row + 1) * reach - 1]);
    }

    double density(int row, double[] distance) {
      var around = new Surroundings();
      for (int at = row * reach; at < (row + 1) * reach; at++) {
        around.add(counts[index[at]], distance[index[at]], squared[at], 0);
      }
      return around.density();
    }

    double factor(int row, double[] density) {
      var around = new Surroundings();
      for (int at = row * reach; at < (row + 1) * reach; at++) {
        around.add(counts[index[at]], 0, 0, density[index[at]]);
      }
      return around.meanDensity() / density[row];
    }
  }

  /** Sums over the neighbours of a row. */
  private static final class Surroundings {
    private double reaches;
    private double densities;
    private long count;

    void add(int times, double distance, float squared, double density) {
      reaches += times * Math.max(distance, Math.sqrt(squared));
      densities += times * density;
      count += times;
    }

    /** The local reachability density (Definition 6): one over the mean reachability distance. */
    double density() {
      return count / reaches;
    }

    double meanDensity() {
      return densities / count;
    }
  }

  /**
   * A fitted {@link Lof}.
   *
   * @param neighbors the different training rows
   * @param counts how often each occurs
   * @param distance of each to its k-th neighbour
   * @param density the local reachability density of each
   * @param factor the local outlier factor of each
   */
  public record Fitted(
      Lof detector,
      Neighbors neighbors,
      int[] counts,
      double[] distance,
      double[] density,
      double[] factor)
      implements NeighborModel {
    public Fitted {
      int points = neighbors.points();
      Require.that(
          counts.length == points
              && distance.length == points
              && density.length == points
              && factor.length == points,
          "one count, distance and density per row");
      for (int i = 0; i < points; i++) {
        boolean alone = points == 1;
        Require.that(
            counts[i] > 0 && (alone || (distance[i] > 0 && density[i] > 0)), "a row is damaged");
      }
    }

    @Override
    public Query query() {
      int points = neighbors.points();
      return points == 1
          ? new Query(neighbors, 1)
          : new Query(neighbors, Math.min(detector.k, points - 1)).distinct();
    }

    @Override
    public double score(Query answered) {
      Nearest nearest = answered.nearest();
      if (neighbors.points() == 1) {
        return 1 + Math.sqrt(nearest.squared(0));
      }
      var around = new Surroundings();
      for (int rank = 0; rank < nearest.size(); rank++) {
        int neighbor = nearest.index(rank);
        around.add(counts[neighbor], distance[neighbor], nearest.squared(rank), density[neighbor]);
      }
      return around.meanDensity() / around.density();
    }

    /** The factors found while fitting: a row is not its own neighbour in either. */
    @Override
    public double[] scoreTraining(Matrix training) {
      training.requireUsable(columns(), false);
      int[] which = DistinctRows.of(training, neighbors.center()).which();
      return Arrays.stream(which).mapToDouble(i -> factor[i]).toArray();
    }
  }
}
