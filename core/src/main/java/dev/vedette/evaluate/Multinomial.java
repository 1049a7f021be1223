package dev.vedette.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws with replacement, counted by cell: as many rows are drawn as there are, and each is in a
 * cell with a chance in proportion to the rows of that cell. Few cells with many rows are drawn
 * cell by cell, many cells with few rows row by row.
 */
final class Multinomial {
  /** So many rows are drawn in the time of one cell. */
  private static final int ROWS_PER_CELL = 16;

  private final int[] sizes;
  private final int total;
  private final int[] cells;
  private final int[] cellOfRow;

  Multinomial(int[] sizes) {
    this.sizes = sizes;
    this.total = Arrays.stream(sizes).sum();
    this.cells = IntStream.range(0, sizes.length).filter(c -> sizes[c] > 0).toArray();
    boolean byRow = total / ROWS_PER_CELL <= cells.length;
    this.cellOfRow = new int[byRow ? total : 0];
    for (int cell = 0, row = 0; byRow && cell < sizes.length; cell++) {
      Arrays.fill(cellOfRow, row, row + sizes[cell], cell);
      row += sizes[cell];
    }
  }

  /** Writes the number of rows drawn from each cell into {@code counts}. */
  void draw(SplittableRandom random, int[] counts) {
    Arrays.fill(counts, 0);
    if (cellOfRow.length > 0) {
      for (int i = 0; i < total; i++) {
        counts[cellOfRow[random.nextInt(total)]]++;
      }
    } else {
      drawCells(random, counts);
    }
  }

  /** Each cell is binomial, given the cells before it. */
  private void drawCells(SplittableRandom random, int[] counts) {
    int left = total;
    int sizeLeft = total;
    for (int cell : cells) {
      int size = sizes[cell];
      int drawn = size == sizeLeft ? left : Binomial.draw(random, left, (double) size / sizeLeft);
      counts[cell] = drawn;
      left -= drawn;
      sizeLeft -= size;
    }
  }
}
