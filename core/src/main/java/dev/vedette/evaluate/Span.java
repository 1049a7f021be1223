package dev.vedette.evaluate;

import dev.vedette.DataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring points that are all flagged, or all labelled: {@code from} to {@code to}, both in.
 */
record Span(int from, int to) {
  /** The longest stretches of true, in order. */
  static List<Span> of(boolean[] points) {
    var stretches = new ArrayList<Span>();
    int from = 0;
    for (int i = 0; i <= points.length; i++) {
      boolean in = i < points.length && points[i];
      if (!in) {
        if (i > from) {
          stretches.add(new Span(from, i - 1));
        }
        from = i + 1;
      }
    }
    return stretches;
  }

  int length() {
    return to - from + 1;
  }

  boolean touches(Span other) {
    return from <= other.to && other.from <= to;
  }

  /** Checks flags and labels at the door of a measure. */
  static void require(boolean[] flags, boolean[] labels) {
    if (flags.length != labels.length) {
      throw new DataException(
          "%s flags but %s labels; each point needs one of both"
              .formatted(flags.length, labels.length));
    }
    if (of(labels).isEmpty()) {
      throw new DataException(
          "none of the %s points is labelled an anomaly; at least one is needed"
              .formatted(labels.length));
    }
  }
}
