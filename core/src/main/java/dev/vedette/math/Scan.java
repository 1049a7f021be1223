package dev.vedette.math;

import dev.vedette.Require;
import dev.vedette.data.Matrix;
import java.util.Arrays;

/**
 * Looks at every point, a tile of them at a time. A batch of queries shares each tile while it is
 * in the cache.
 *
 * @param points number of them
 * @param center subtracted from each column
 * @param tiles for each tile of {@value #TILE} points and each column the values of its points;
 *     tile-major
 */
record Scan(int points, double[] center, float[][] tiles) implements Neighbors {
  static final int TILE = 1024;

  Scan {
    long expected = ((long) points + TILE - 1) / TILE * center.length;
    Require.that(points > 0 && center.length > 0, "no points to search");
    Require.finite("the centre", center);
    Require.that(tiles.length == expected, "tiles are missing");
    for (int t = 0; t < tiles.length; t++) {
      int start = t / center.length * TILE;
      Require.that(tiles[t].length == size(points, start), "a tile is damaged");
    }
  }

  /** The points in the tile that starts at {@code start}: the last one is not full. */
  private static int size(int points, int start) {
    return Math.min(TILE, points - start);
  }

  static Scan of(Matrix matrix, double[] center) {
    int columns = center.length;
    int count = (matrix.rows() + TILE - 1) / TILE;
    float[][] tiles = new float[Math.multiplyExact(count, columns)][];
    Arrays.setAll(tiles, t -> new float[size(matrix.rows(), t / columns * TILE)]);
    double[] row = new double[columns];
    for (int i = 0; i < matrix.rows(); i++) {
      matrix.copyRow(i, row);
      for (int j = 0; j < columns; j++) {
        tiles[i / TILE * columns + j][i % TILE] = Neighbors.single(row[j] - center[j]);
      }
    }
    return new Scan(matrix.rows(), center, tiles);
  }

  @Override
  public float[] offsets(int point) {
    float[] offsets = new float[center.length];
    for (int j = 0; j < offsets.length; j++) {
      offsets[j] = tiles[point / TILE * center.length + j][point % TILE];
    }
    return offsets;
  }

  @Override
  public void search(Query[] queries) {
    Kernels kernels = Kernels.best();
    float[] distances = new float[size(points, 0)];
    for (int start = 0; start < points; start += TILE) {
      if (size(points, start) < distances.length) { // the last tile is not full
        distances = new float[size(points, start)];
      }
      for (Query query : queries) {
        kernels.squaredDistances(query.values, tiles, start / TILE * center.length, distances);
        for (int i = 0; i < distances.length; i++) {
          if (distances[i] <= query.nearest.limit()) {
            query.consider(distances[i], start + i);
          }
        }
      }
    }
  }
}
