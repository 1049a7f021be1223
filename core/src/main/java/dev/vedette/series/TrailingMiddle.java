package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * The mean or median of the last values of a stream, and how far values usually are from that of
 * those before them: what {@link Surroundings} know at the end of a series. Values are counted, not
 * timed; a missing one takes its place.
 *
 * <p>The spread is {@link Spread#of} the last {@value #ERRORS} errors, as in the batch form, wider
 * while there are few.
 */
final class TrailingMiddle {
  private static final int ERRORS = 512;

  /** Before so many errors, that all were equal does not mean that they stay so. */
  private static final int FEW = 10;

  private final boolean median;
  private final Ring values;
  private final Ring errors;
  private final SortedWindow near;
  private final SortedWindow sizes;
  private double middle;

  TrailingMiddle(int most, boolean median, State state) {
    this.median = median;
    values = new Ring(most, state.values);
    errors = new Ring(ERRORS, state.errors);
    near = SortedWindow.of(state.values);
    sizes = SortedWindow.of(state.errors);
    middle = state.middle;
  }

  /**
   * What a {@link TrailingMiddle} holds.
   *
   * @param values the last ones, the oldest first
   * @param errors the sizes of the last ones, the oldest first
   * @param middle the last one known
   */
  record State(double[] values, double[] errors, double middle) {
    State {
      Require.finite("an error", errors);
      Require.that(Arrays.stream(errors).allMatch(error -> error >= 0), "an error is negative");
      Require.finite("the middle", new double[] {middle});
    }

    static State none() {
      return new State(new double[0], new double[0], 0);
    }
  }

  /** The mean or median of the last values; where all are missing, of the last before. */
  double middle() {
    double found = median ? near.medianWithout(Double.NaN) : near.meanWithout(Double.NaN);
    return Double.isNaN(found) ? middle : found;
  }

  /** How far the next value is usually from the middle; 0 when nothing was learned. */
  double spread() {
    if (values.size() == 0) {
      return 0;
    }
    double usual = Spread.of(sizes);
    int count = errors.size();
    if (count < FEW) {
      usual = Math.max(usual, Math.max(1e-3, Math.abs(middle()) / 10) / (count + 1));
    }
    return usual * (count + 9) / Math.max(1, count - 1);
  }

  void learn(double value) {
    double before = middle();
    if (!Double.isNaN(value) && values.size() > 0) {
      double size = Math.abs(value - before);
      sizes.remove(errors.add(size));
      sizes.add(size);
    }
    near.remove(values.add(value));
    near.add(value);
    middle = middle();
  }

  State snapshot() {
    return new State(values.oldestFirst(), errors.oldestFirst(), middle);
  }

  /** The values in order take as much room as those in the order they came. */
  long bytes() {
    return 2 * (values.bytes() + errors.bytes()) + 48;
  }
}
