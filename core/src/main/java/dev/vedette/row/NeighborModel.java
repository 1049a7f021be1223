package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Nearest;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Neighbors.Query;
import dev.vedette.math.Parallel;

/** A model that scores a row by the training rows nearest to it. */
interface NeighborModel extends RowModel {
  /** Rows that are searched together. */
  int BATCH = 64;

  Neighbors neighbors();

  /** A query that finds what {@link #score(Query)} needs. */
  Query query();

  /** The score of an answered query. */
  double score(Query answered);

  @Override
  default int columns() {
    return neighbors().center().length;
  }

  /** Allocates the buffers of one search. */
  @Override
  default double score(double[] row) {
    return score(answer(row));
  }

  @Override
  default double[] score(Matrix rows) {
    return score(rows, false);
  }

  /** The scores of all rows; with {@code leaveOut} row i is searched without the point i. */
  default double[] score(Matrix rows, boolean leaveOut) {
    rows.requireUsable(columns(), false);
    double[] scores = new double[rows.rows()];
    Parallel.blocks(
        rows.rows(),
        BATCH,
        (from, to) -> {
          Query[] queries = new Query[to - from];
          double[] row = new double[rows.columns()];
          for (int i = from; i < to; i++) {
            rows.copyRow(i, row);
            queries[i - from] = query().around(row).exclude(leaveOut ? i : -1);
          }
          neighbors().search(queries);
          for (int i = from; i < to; i++) {
            scores[i] = score(queries[i - from]);
          }
        });
    return scores;
  }

  private Query answer(double[] row) {
    Require.row(row, columns(), false);
    Query query = query().around(row);
    neighbors().search(new Query[] {query});
    return query;
  }

  /**
   * The score is shared out in proportion to the squared distance to the neighbours, column by
   * column; normal is the mean of the neighbours.
   */
  @Override
  default Attribution attribute(double[] row) {
    Query answered = answer(row);
    Nearest nearest = answered.nearest();
    double[] weights = new double[columns()];
    double[] normal = new double[columns()];
    for (int j = 0; j < weights.length; j++) {
      double center = neighbors().center()[j];
      for (int rank = 0; rank < nearest.size(); rank++) {
        double offset = neighbors().offset(nearest.index(rank), j);
        double difference = answered.values()[j] - offset;
        weights[j] += difference * difference;
        normal[j] += (center + offset) / nearest.size();
      }
    }
    return Attribution.proportional(score(answered), 0, weights, normal);
  }
}
