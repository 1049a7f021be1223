package dev.vedette.row;

import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of a kernel matrix that were used last, as many as fit in the memory allowed. */
final class KernelCache {
  private final long bytes;
  private final Map<Integer, float[]> kept = new LinkedHashMap<>(64, 0.75f, true);

  private KernelRows rows;

  /**
   * @param bytes at most for kernel values; two rows are kept however long they are
   */
  KernelCache(KernelRows rows, long bytes) {
    this.rows = rows;
    this.bytes = bytes;
  }

  /**
   * The kernel of one row with all rows now in play; overwritten when two others have been asked
   * for since.
   *
   * @param id of the row, whichever rows are in play
   * @param position of the row among those in play
   */
  float[] row(int id, int position) {
    float[] row = kept.get(id);
    if (row == null) {
      row = room();
      rows.row(rows.row(position), row);
      kept.put(id, row);
    }
    return row;
  }

  /** Memory for one more row: that of the row unused for the longest time, or new. */
  private float[] room() {
    long most = Math.max(2, bytes / ((long) Float.BYTES * rows.size()));
    if (kept.size() < most) {
      return new float[rows.size()];
    }
    var oldest = kept.entrySet().iterator();
    float[] row = oldest.next().getValue();
    oldest.remove();
    return row;
  }

  /** From now on only the rows {@code left} of those in play are asked about. */
  void select(KernelRows selected, int[] left) {
    rows = selected;
    kept.replaceAll(
        (id, row) -> {
          float[] shorter = new float[left.length];
          KernelRows.gather(row, left, shorter);
          return shorter;
        });
  }

  /** From now on all of {@code all} are asked about. */
  void restart(KernelRows all) {
    rows = all;
    kept.clear();
  }
}
