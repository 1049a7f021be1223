package dev.vedette;

/**
 * A way to learn what is normal row by row, without end: an immutable record of its options.
 *
 * <p>To be catalogued in {@link Detectors}, its {@code start} declares the class it returns, and
 * the {@code snapshot} of that class the record of its state.
 */
public interface OnlineDetector {
  /**
   * Starts with nothing learned, for rows of {@code columns} values.
   *
   * @throws IllegalArgumentException when {@code columns} is not positive, or too many
   */
  Online start(int columns);
}
