package dev.vedette;

/**
 * What a {@link StreamingDetector} has learned so far, and goes on learning: one point at a time,
 * in bounded memory. NaN is a missing value to all of them. Not safe for use by several threads.
 *
 * <p>A point is judged before it is learned from: {@code score(time, values)}, then {@code
 * learn(time, values)}. Times are milliseconds since 1970-01-01T00:00Z.
 */
public interface SeriesStream {
  StreamingDetector detector();

  /** The number of variables of a point. */
  int variables();

  /**
   * The score of one point; higher is more anomalous. Nothing is learned. It is finite from the
   * first point on, and 0 when nothing was learned.
   *
   * @throws DataException when the point has another width or holds an infinite value
   */
  double score(long time, double[] values);

  /** What would be normal for a variable at {@code time}; 0 when nothing was learned. */
  double expected(long time, int variable);

  /** How far a value usually is from the expected one at {@code time}; 0 or more. */
  double spread(long time, int variable);

  /**
   * Learns one point, which is not kept. A point that is not after the last one learned changes
   * nothing: a stream sorts its events before.
   *
   * @throws DataException when the point has another width or holds an infinite value
   */
  void learn(long time, double[] values);

  /** Everything learned so far, apart from what is learned later. */
  SeriesState snapshot();

  /** The memory held, in bytes, estimated from the arrays. */
  long bytes();
}
