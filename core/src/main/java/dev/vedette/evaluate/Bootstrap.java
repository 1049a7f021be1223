package dev.vedette.evaluate;

import dev.vedette.Require;

/**
 * How intervals are found: the rows are drawn again with replacement, as many anomalies and as many
 * normal rows as there are, and everything is measured again. The threshold stays as it is.
 *
 * <p>Nothing is approximated: the resamples are drawn as counts of rows between neighbouring scores
 * of anomalies, so a resample costs O(min(n, different scores of anomalies)), not O(n log n).
 *
 * @param resamples how often, from 0 (no intervals) to 100,000
 * @param seed the same seed gives the same intervals, on any number of threads
 */
public record Bootstrap(int resamples, long seed) {
  /** No intervals. */
  public static final Bootstrap NONE = new Bootstrap(0, 0);

  public Bootstrap {
    Require.range("resamples", resamples, 0, 100_000);
  }

  public Bootstrap() {
    this(500, 42);
  }
}
