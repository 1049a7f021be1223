package dev.vedette;

/**
 * A {@link SeriesDetector} that also learns point by point, without end, in bounded memory.
 *
 * <p>To be catalogued in {@link Detectors}, its {@code start} declares the class it returns, and
 * the {@code snapshot} of that class the record of its state.
 */
public interface StreamingDetector extends SeriesDetector {
  /**
   * Starts with nothing learned.
   *
   * @throws IllegalArgumentException when {@code variables} is not positive, or too many
   */
  SeriesStream start(int variables);
}
