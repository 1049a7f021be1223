package dev.vedette;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where what is expected of a series settles at another level, as read off a {@link Reading}.
 *
 * @param before the level before the change
 * @param after the level from there on
 */
record LevelChange(double before, double after) {
  /** Levels of fewer points are none. */
  private static final int FEWEST = 5;

  /** The points to each side that are looked at: a detector may be sure some points late. */
  private static final int SIDE = 12;

  /** Levels differ by more spreads than this, and a value is this near to its own. */
  private static final double SPREADS = 3;

  /** The change at {@code point}, whose value belongs to one of the levels; empty where none is. */
  static Optional<LevelChange> at(Reading reading, int variable, int point, double value) {
    double[] expected = reading.expected()[variable];
    double spread = reading.spread()[variable][point];
    int from = Math.max(0, point - SIDE);
    int to = Math.min(expected.length, point + SIDE + 1);
    if (point - from < FEWEST || to - point < FEWEST) {
      return Optional.empty();
    }
    double[] first = Arrays.copyOfRange(expected, from, from + FEWEST);
    double[] last = Arrays.copyOfRange(expected, to - FEWEST, to);
    double before = mean(first);
    double after = mean(last);
    boolean settled = range(first) <= spread && range(last) <= spread;
    boolean own = Math.min(Math.abs(value - before), Math.abs(value - after)) <= SPREADS * spread;
    return settled && own && Math.abs(after - before) > SPREADS * spread
        ? Optional.of(new LevelChange(before, after))
        : Optional.empty();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double range(double[] values) {
    return Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
  }
}
