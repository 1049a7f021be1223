package dev.vedette.pipeline.feature;

import java.util.Arrays;

/**
 * One thing that is remembered about each key. It says how; the memory itself is an array of longs
 * for each key, handed in and out: first the number of entries, then the rest of the header, then
 * the entries. Doubles are kept as their bits. How long the array is follows from the number of
 * entries alone, so that a state read back counts as many bytes as the one written.
 */
sealed interface Trace permits Panes, Recent, Distinct, Shares, Seen, Places, Offsets {
  /** The memory of a key that never had an event. */
  long[] NONE = new long[0];

  /** The longs before the entries, among them the number of entries. */
  int header();

  /** The longs of an entry. */
  int width();

  /** The most entries there can be. */
  int most();

  /** The memory after the event of {@code moment}: {@code state} changed, or a copy. */
  long[] learn(long[] state, Moment moment);

  /** Whether a memory that was read back can be one. */
  default boolean valid(long[] state) {
    return true;
  }

  static int entries(long[] state) {
    return state.length == 0 ? 0 : (int) state[0];
  }

  /** Where entry {@code index} begins. */
  default int entry(int index) {
    return header() + index * width();
  }

  /** The length of an array with room for {@code entries}: exact for few, then by halves. */
  default int length(int entries) {
    int power = Integer.highestOneBit(entries);
    int half = power + power / 2;
    int room = entries == power ? power : entries <= half ? half : 2 * power;
    return entry(Math.min(room, most()));
  }

  /** {@code state} with its number of entries set, in an array of the length they need. */
  default long[] fit(long[] state, int entries) {
    int length = length(entries);
    long[] fitted = state.length == length ? state : Arrays.copyOf(state, length);
    fitted[0] = entries;
    return fitted;
  }

  /** {@code state} without its entry {@code index} and with room for one more at the end. */
  default long[] moveToEnd(long[] state, int index) {
    int from = entry(index + 1);
    int count = entries(state);
    System.arraycopy(state, from, state, entry(index), entry(count) - from);
    return state;
  }
}
