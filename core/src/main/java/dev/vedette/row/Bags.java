package dev.vedette.row;

import dev.vedette.Require;
import dev.vedette.data.Matrix;
import dev.vedette.math.Kernels;
import dev.vedette.math.Neighbors;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;

/**
 * Many small random samples of the training rows, to measure distances to.
 *
 * @param size rows in each bag
 * @param center the median of each column, subtracted before single precision
 * @param members the training rows in the bags, bag by bag
 * @param points for each column the values of the members, less the centre
 */
record Bags(int size, double[] center, int[] members, float[][] points) {
  /** Draws {@code count} bags of {@code sample} rows; of a smaller matrix all rows but one. */
  static Bags draw(Matrix rows, int count, int sample, long seed) {
    rows.requireRows(2);
    rows.requireComplete();
    int size = Math.min(sample, rows.rows() - 1);
    double[] center = Quantiles.medians(rows, 4096);
    Neighbors.requireMeasurable(rows, center);
    int[] members = new int[Math.multiplyExact(count, size)];
    for (int bag = 0; bag < count; bag++) {
      int[] drawn = Seeds.sample(Seeds.stream(seed, bag), rows.rows(), size);
      System.arraycopy(drawn, 0, members, bag * size, size);
    }
    float[][] columns = new float[rows.columns()][members.length];
    for (int j = 0; j < columns.length; j++) {
      for (int p = 0; p < members.length; p++) {
        columns[j][p] = (float) (rows.get(members[p], j) - center[j]);
      }
    }
    return new Bags(size, center, members, columns);
  }

  /** Checks what was read from a file; {@code count} bags are expected. */
  static void check(int count, double[] center, int[] members, float[][] points) {
    Require.that(center.length == points.length && points.length > 0, "one centre per column");
    Require.that(
        members.length > 0 && members.length % count == 0, "the bags are not equally full");
    Require.finite("the centre", center);
    for (float[] column : points) {
      Require.that(column.length == members.length, "one value per member and column");
      for (float value : column) {
        Require.that(Math.abs(value) <= Neighbors.FARTHEST, "a member is damaged");
      }
    }
  }

  int count() {
    return members.length / size;
  }

  /** What a bag says about the row searched around. */
  interface Opinion {
    /** Of the bag that starts at member {@code from}; NaN where it has none. */
    double of(Search search, int from);
  }

  /** How far the row is from each member, of the two in single precision. */
  enum Distance {
    MANHATTAN,
    SQUARED
  }

  /** The mean opinion about each row; with {@code leaveOut} about row i without the member i. */
  double[] mean(Matrix rows, boolean leaveOut, Distance distance, Opinion opinion) {
    rows.requireUsable(center.length, false);
    double[] scores = new double[rows.rows()];
    Parallel.blocks(
        rows.rows(),
        256,
        (from, to) -> {
          var search = new Search(distance);
          double[] row = new double[center.length];
          for (int i = from; i < to; i++) {
            rows.copyRow(i, row);
            scores[i] = search.around(row, leaveOut ? i : -1).mean(opinion);
          }
        });
    return scores;
  }

  /** The mean opinion about one row. */
  double mean(double[] row, Distance distance, Opinion opinion) {
    Require.row(row, center.length, false);
    return new Search(distance).around(row, -1).mean(opinion);
  }

  /** The buffers of one search; not for two threads at once. */
  final class Search {
    private final Kernels kernels = Kernels.best();
    private final Distance distance;
    private final float[] query = new float[center.length];
    private final float[] distances = new float[members.length];

    private int leftOut;
    private boolean inAllBags;

    Search(Distance distance) {
      this.distance = distance;
    }

    /** Measures the distances of {@code row}, which is the training row {@code without} or −1. */
    Search around(double[] row, int without) {
      for (int j = 0; j < query.length; j++) {
        query[j] = (float) Math.clamp(row[j] - center[j], -Neighbors.FARTHEST, Neighbors.FARTHEST);
      }
      if (distance == Distance.MANHATTAN) {
        kernels.manhattanDistances(query, points, 0, distances);
      } else {
        kernels.squaredDistances(query, points, 0, distances);
      }
      leftOut = without;
      inAllBags = without >= 0 && inAllBags();
      return this;
    }

    /** The mean opinion of the bags that count and have one; 0 where none has. */
    double mean(Opinion opinion) {
      double sum = 0;
      int counted = 0;
      for (int from = 0; from < members.length; from += size) {
        double value = counts(from) ? opinion.of(this, from) : Double.NaN;
        if (!Double.isNaN(value)) {
          sum += value;
          counted++;
        }
      }
      return counted > 0 ? sum / counted : 0;
    }

    private boolean inAllBags() {
      for (int from = 0; from < members.length; from += size) {
        if (!holds(from)) {
          return false;
        }
      }
      return true;
    }

    /**
     * Whether the bag from {@code from} on counts: it does not hold the row left out, or all bags
     * do.
     */
    boolean counts(int from) {
      return leftOut < 0 || inAllBags || !holds(from);
    }

    private boolean holds(int from) {
      for (int p = from; p < from + size; p++) {
        if (members[p] == leftOut) {
          return true;
        }
      }
      return false;
    }

    /** Whether member {@code p} is the row left out. */
    boolean isLeftOut(int p) {
      return members[p] == leftOut;
    }

    /** To member {@code p}. */
    float distance(int p) {
      return distances[p];
    }

    /** The difference in column {@code j} to member {@code p}. */
    double difference(int j, int p) {
      return (double) query[j] - points[j][p];
    }

    /**
     * The member nearest to the row in the bag from {@code from} on, without the row left out; −1
     * if there is none.
     */
    int nearest(int from) {
      int nearest = -1;
      float least = Float.POSITIVE_INFINITY;
      for (int p = from; p < from + size; p++) {
        if (distances[p] < least && members[p] != leftOut) {
          least = distances[p];
          nearest = p;
        }
      }
      return nearest;
    }

    /** The nearest member of each bag; −1 where the bag does not count. */
    int[] nearestOfAll() {
      int[] nearest = new int[count()];
      for (int bag = 0; bag < nearest.length; bag++) {
        nearest[bag] = counts(bag * size) ? nearest(bag * size) : -1;
      }
      return nearest;
    }

    /** For each column the median, over the bags, of the nearest member. */
    double[] normal() {
      int[] nearest = nearestOfAll();
      double[] normal = new double[center.length];
      double[] nearby = new double[nearest.length];
      for (int j = 0; j < normal.length; j++) {
        for (int bag = 0; bag < nearest.length; bag++) {
          nearby[bag] = nearest[bag] < 0 ? Double.NaN : center[j] + points[j][nearest[bag]];
        }
        normal[j] = Quantiles.median(nearby);
      }
      return normal;
    }
  }
}
