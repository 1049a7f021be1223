package dev.vedette.row;

import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.math.Nearest;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Neighbors.Query;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;

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
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    double[] center = Quantiles.medians(rows, 4096);
    var distinct = DistinctRows.of(rows, center);
    Neighbors neighbors = Neighbors.of(distinct.rows(), center);
    int reach = Math.min(k, neighbors.points() - 1);
    double[] distance = new double[neighbors.points()];
    double[] density = new double[neighbors.points()];
    if (reach > 0) {
      var graph = new Graph(distinct.rows(), neighbors, reach);
      for (int i = 0; i < distance.length; i++) {
        distance[i] = Math.sqrt(graph.squared[(i + 1) * reach - 1]);
      }
      Parallel.blocks(
          density.length,
          1024,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              density[i] = graph.density(i, distance, distinct.counts());
            }
          });
    }
    return new Fitted(this, neighbors, distinct.counts(), distance, density);
  }

  /** The nearest rows of every row, row after row. */
  private static final class Graph {
    final int reach;
    final int[] index;
    final float[] squared;

    Graph(Matrix rows, Neighbors neighbors, int reach) {
      this.reach = reach;
      index = new int[Math.multiplyExact(rows.rows(), reach)];
      squared = new float[index.length];
      Parallel.blocks(
          rows.rows(),
          NeighborModel.BATCH,
          (from, to) -> {
            Query[] queries = new Query[to - from];
            for (int i = from; i < to; i++) {
              queries[i - from] = new Query(neighbors, reach).around(rows.row(i)).distinct();
            }
            neighbors.search(queries);
            for (int i = from; i < to; i++) {
              for (int rank = 0; rank < reach; rank++) {
                index[i * reach + rank] = queries[i - from].nearest().index(rank);
                squared[i * reach + rank] = queries[i - from].nearest().squared(rank);
              }
            }
          });
    }

    double density(int row, double[] distance, int[] counts) {
      var density = new Density();
      for (int at = row * reach; at < (row + 1) * reach; at++) {
        density.add(counts[index[at]], distance[index[at]], squared[at]);
      }
      return density.value();
    }
  }

  /**
   * The local reachability density (Definition 6): one over the mean reachability distance to the
   * neighbours.
   */
  private static final class Density {
    private double sum;
    private long count;

    void add(int times, double neighborDistance, float squared) {
      sum += times * Math.max(neighborDistance, Math.sqrt(squared));
      count += times;
    }

    double value() {
      return count / sum;
    }
  }

  /**
   * A fitted {@link Lof}.
   *
   * @param neighbors the different training rows
   * @param counts how often each occurs
   * @param distance of each to its k-th neighbour
   * @param density the local reachability density of each
   */
  public record Fitted(
      Lof detector, Neighbors neighbors, int[] counts, double[] distance, double[] density)
      implements NeighborModel {
    public Fitted {
      int points = neighbors.points();
      Require.that(
          counts.length == points && distance.length == points && density.length == points,
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
      var own = new Density();
      double sum = 0;
      long count = 0;
      for (int rank = 0; rank < nearest.size(); rank++) {
        int neighbor = nearest.index(rank);
        own.add(counts[neighbor], distance[neighbor], nearest.squared(rank));
        sum += counts[neighbor] * density[neighbor];
        count += counts[neighbor];
      }
      return sum / count / own.value();
    }
  }
}
