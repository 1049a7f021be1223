package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Nearest;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Neighbors.Query;
import dev.vedette.math.Parallel;
import java.util.function.IntFunction;

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
    return score(answer(row, -1));
  }

  @Override
  default double[] score(Matrix rows) {
    return score(rows, false);
  }

  /** The scores of all rows; with {@code leaveOut} row i is searched without the point i. */
  default double[] score(Matrix rows, boolean leaveOut) {
    rows.requireUsable(columns(), false);
    double[] scores = new double[rows.rows()];
    searchAll(
        neighbors(),
        rows,
        i -> query().exclude(leaveOut ? i : -1),
        (i, answered) -> scores[i] = score(answered));
    return scores;
  }

  /** What is done with the answer for one row. */
  interface Answered {
    void accept(int row, Query answered);
  }

  /** Searches around all rows, in parallel and in an order that is kind to the cache. */
  static void searchAll(
      Neighbors neighbors, Matrix rows, IntFunction<Query> asked, Answered answered) {
    int[] order = neighbors.order(rows);
    Parallel.blocks(
        order.length,
        BATCH,
        (from, to) -> {
          Query[] queries = new Query[to - from];
          double[] row = new double[rows.columns()];
          for (int at = from; at < to; at++) {
            rows.copyRow(order[at], row);
            queries[at - from] = asked.apply(order[at]).around(row);
          }
          neighbors.search(queries);
          for (int at = from; at < to; at++) {
            answered.accept(order[at], queries[at - from]);
          }
        });
  }

  private Query answer(double[] row, int leftOut) {
    Require.row(row, columns(), false);
    Query query = query().exclude(leftOut).around(row);
    neighbors().search(new Query[] {query});
    return query;
  }

  /**
   * The score is shared out in proportion to the squared distance to the neighbours, column by
   * column; normal is the mean of the neighbours.
   */
  @Override
  default Attribution attribute(double[] row) {
    return attribute(row, -1);
  }

  /** As {@link #attribute(double[])}, without the point {@code leftOut}. */
  default Attribution attribute(double[] row, int leftOut) {
    Query answered = answer(row, leftOut);
    Nearest nearest = answered.nearest();
    double[] center = neighbors().center();
    double[] weights = new double[row.length];
    double[] normal = new double[row.length];
    for (int rank = 0; rank < nearest.size(); rank++) {
      float[] neighbor = neighbors().offsets(nearest.index(rank));
      for (int j = 0; j < row.length; j++) {
        double difference = (double) answered.values()[j] - neighbor[j];
        weights[j] += difference * difference;
        normal[j] += (center[j] + neighbor[j]) / nearest.size();
      }
    }
    return Attribution.proportional(score(answered), 0, weights, normal);
  }
}
