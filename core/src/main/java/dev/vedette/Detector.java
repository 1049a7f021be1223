package dev.vedette;

/**
 * A way to learn what is normal: an immutable record of its options.
 *
 * @param <D> the data it learns from, such as {@link dev.vedette.data.Matrix}
 */
public interface Detector<D> {
  /**
   * Learns from {@code data} and keeps no view of it.
   *
   * @throws DataException when the data cannot be learned from
   */
  Model<D> fit(D data);
}
