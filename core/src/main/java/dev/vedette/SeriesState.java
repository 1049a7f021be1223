package dev.vedette;

/**
 * What a {@link SeriesStream} had learned at one moment: an immutable record of arrays. {@link
 * Models} writes and reads it.
 */
public interface SeriesState {
  /** Goes on from here, as if it had never stopped, bit for bit. */
  SeriesStream resume();
}
