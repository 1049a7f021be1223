package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Neighbors.Query;

/**
 * Distance to the nearest training rows: the best simple choice where the training rows are clean.
 *
 * <p>Score ≥ 0 in the units of the columns, which should be comparable. 0 equals k training rows. A
 * row that was in the training set finds itself at distance 0; {@link
 * dev.vedette.RowModel#scoreTraining} leaves it out.
 *
 * <p>Fit O(n·d·log n), row O(n·d) by scan or far less by tree, memory 4·n·d bytes. Fails where
 * anomalies come in groups of more than k.
 *
 * <p>Ramaswamy, Rastogi and Shim, "Efficient Algorithms for Mining Outliers from Large Data Sets",
 * SIGMOD 2000, doi:10.1145/342009.335437; the mean: Angiulli and Pizzuti, PKDD 2002,
 * doi:10.1007/3-540-45681-3_2.
 *
 * @param k neighbours, 1 to 1,000; there must be more training rows than that
 * @param distance to the k-th neighbour, or the mean of the k distances
 */
public record Knn(int k, Distance distance) implements RowDetector {
  /** Which distance is the score. */
  public enum Distance {
    /** To the k-th nearest row. */
    LARGEST,
    /** The mean over the k nearest rows. */
    MEAN
  }

  public Knn {
    Require.range("k", k, 1, 1000);
  }

  /** The distance to the 5th neighbour. */
  public Knn() {
    this(5, Distance.LARGEST);
  }

  public Knn k(int k) {
    return new Knn(k, distance);
  }

  public Knn distance(Distance distance) {
    return new Knn(k, distance);
  }

  @Override
  public boolean leavesOut() {
    return true;
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(k + 1);
    return new Fitted(this, Neighbors.of(rows));
  }

  /** A fitted {@link Knn}: the training rows, ready to search. */
  public record Fitted(Knn detector, Neighbors neighbors) implements NeighborModel {
    public Fitted {
      Require.that(neighbors.points() > detector.k, "there are not more rows than neighbours");
    }

    @Override
    public Query query() {
      return new Query(neighbors, detector.k);
    }

    @Override
    public double score(Query answered) {
      var nearest = answered.nearest();
      if (detector.distance == Distance.LARGEST) {
        return Math.sqrt(nearest.squared(detector.k - 1));
      }
      double sum = 0;
      for (int rank = 0; rank < detector.k; rank++) {
        sum += Math.sqrt(nearest.squared(rank));
      }
      return sum / detector.k;
    }

    @Override
    public double[] scoreTraining(Matrix training) {
      return score(training, true);
    }

    @Override
    public Attribution attributeTraining(Matrix training, int row) {
      return attribute(training.row(row), row);
    }
  }
}
