package dev.vedette.azure;

import org.jspecify.annotations.Nullable;

/**
 * A series as it was sent, on the grid that its granularity lays from the first point.
 *
 * @param times epoch microseconds, ascending, no two equal; may be null under {@link
 *     Granularity#NONE}
 * @param values finite
 * @param granularity of the grid
 * @param every how many units of the granularity lie between two points, 1 or more
 */
public record Points(long @Nullable [] times, double[] values, Granularity granularity, int every) {
  public Points {
    if (times != null && times.length != values.length) {
      throw Requests.malformed();
    }
    Requests.checkValues(values);
    if (times != null) {
      Requests.checkOrder(times);
    }
    if (every < 1) {
      throw Requests.customInterval();
    }
    if (granularity != Granularity.NONE) {
      if (times == null) {
        throw Requests.malformed();
      }
      Grid.check(times, granularity, every);
    }
  }

  /** Values alone, one after another. */
  public Points(double[] values) {
    this(null, values, Granularity.NONE, 1);
  }

  /** Number of points sent. */
  public int count() {
    return values.length;
  }
}
