package dev.vedette.pipeline.feature;

/** The past a feature looks at. */
sealed interface Window {
  /** The parts a sliding window is divided in; what a window holds is known to one part. */
  int PANES = 30;

  /** The last {@code millis} before the event, to a 30th part. */
  record Sliding(long millis) implements Window {
    /** The length of one part, in milliseconds. */
    long pane() {
      return Math.ceilDiv(millis, PANES);
    }
  }

  /**
   * From the last whole multiple of {@code millis} in UTC up to the event; weeks begin on Monday.
   */
  record Tumbling(long millis) implements Window {
    private static final long DAY = 86_400_000L;

    /** 1970-01-01 was a Thursday, so that the first Monday is four days later. */
    long origin() {
      return millis % (7 * DAY) == 0 ? 4 * DAY : 0;
    }
  }

  /** The last {@code size} events of the key. */
  record Last(int size) implements Window {}
}
