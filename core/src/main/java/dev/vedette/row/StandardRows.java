package dev.vedette.row;

import dev.vedette.DataException;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A matrix seen in standard units: each column measured from its origin in its unit. */
record StandardRows(Matrix matrix, double[] origin, double[] unit) {
  /** Parts for partial sums: not many, whatever the rows; fixed, whatever the threads. */
  private static final int PARTS = 16;

  private static final int MEASURED = 8192;

  /** What is done with a tile, which is loaded, with room for one value per row. */
  interface EachTile {
    /** Does it; {@code from} is the number of the first row of the tile. */
    void accept(Tile tile, int from, double[] room);
  }

  /**
   * {@code matrix} in robust units: medians and absolute deviations, over {@value #MEASURED} rows
   * at most; over all rows for a column that is constant on those.
   */
  static StandardRows robust(Matrix matrix, long seed) {
    int size = Math.min(MEASURED, matrix.rows());
    int[] drawn = Seeds.sample(Seeds.stream(seed, -1), matrix.rows(), size);
    Matrix sample = matrix.select(drawn);
    double[] origin = new double[matrix.columns()];
    double[] unit = new double[matrix.columns()];
    Parallel.each(
        origin.length,
        j -> {
          double[] some = sample.column(j);
          boolean constant = Arrays.stream(some).allMatch(value -> value == some[0]);
          double[] values = constant ? matrix.column(j) : some;
          origin[j] = Quantiles.median(values);
          unit[j] = ZScore.robustUnit(values, origin[j]);
        });
    for (int j = 0; j < unit.length; j++) {
      if (!Double.isFinite(origin[j]) || !Double.isFinite(unit[j])) {
        throw new DataException(
            "column '%s' has values too large to compare; scale it first"
                .formatted(matrix.names().get(j)));
      }
    }
    return new StandardRows(matrix, origin, unit);
  }

  int count() {
    return matrix.rows();
  }

  int columns() {
    return origin.length;
  }

  /** The number of parts; their partial sums are to be added up in order. */
  int parts() {
    return (count() + partSize() - 1) / partSize();
  }

  /** The part that row number {@code row} is in. */
  int part(int row) {
    return row / partSize();
  }

  private int partSize() {
    int tiles = (int) (((long) count() + Tile.ROWS * PARTS - 1) / (Tile.ROWS * PARTS));
    return Math.max(4, tiles) * Tile.ROWS;
  }

  /** At most {@code size} of the rows, drawn at random, in their order. */
  StandardRows sample(int size, SplittableRandom random) {
    if (count() <= size) {
      return this;
    }
    int[] drawn = Seeds.sample(random, count(), size);
    Arrays.sort(drawn);
    return select(drawn);
  }

  StandardRows select(int[] rows) {
    return new StandardRows(matrix.select(rows), origin, unit);
  }

  /** One row in standard units. */
  double[] row(int row) {
    return Tile.standardise(matrix.row(row), origin, unit);
  }

  /** Runs {@code each} over all rows, in parallel; a tile lies in one part. */
  void tiles(EachTile each) {
    Parallel.blocks(
        count(),
        partSize(),
        (from, to) -> {
          var tile = new Tile(origin, unit);
          double[] room = new double[Tile.ROWS];
          for (int at = from; at < to; at += Tile.ROWS) {
            each.accept(tile.load(matrix, at, Math.min(to, at + Tile.ROWS)), at, room);
          }
        });
  }
}
