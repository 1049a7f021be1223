package dev.vedette;

/**
 * What an {@link OnlineDetector} has learned so far, and goes on learning: one row at a time, in
 * bounded memory. NaN is a missing value to all of them. Not safe for use by several threads.
 *
 * <p>A row is judged before it is learned from: {@code score(row)}, then {@code learn(row)}.
 */
public interface Online {
  OnlineDetector detector();

  /** The number of columns of a row. */
  int columns();

  /**
   * The score of one row; higher is more anomalous. Nothing is learned and nothing allocated. It is
   * finite from the first row on, and 0 when nothing was learned.
   *
   * @throws DataException when the row has another width or holds an infinite value
   */
  double score(double[] row);

  /**
   * Learns one row, which is not kept. No allocation once the memory of the detector is full.
   *
   * @throws DataException when the row has another width or holds an infinite value; nothing is
   *     learned then
   */
  void learn(double[] row);

  /**
   * What each column contributes to the score that {@code row} has now; see {@link Attribution}.
   */
  Attribution attribute(double[] row);

  /** Everything learned so far, apart from what is learned later. */
  OnlineState snapshot();

  /** The memory held, in bytes, estimated from the arrays. */
  long bytes();
}
