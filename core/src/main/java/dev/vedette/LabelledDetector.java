package dev.vedette;

import dev.vedette.data.Matrix;

/**
 * A {@link RowDetector} that learns from rows with labels. A label says that the row is a known
 * anomaly; all others are taken for normal, also where nobody has looked at them.
 *
 * <p>Its models score training rows as if they had not been learned from, labels included.
 */
public interface LabelledDetector extends RowDetector {
  /**
   * Learns from {@code rows}.
   *
   * @param anomalies for each row whether it is a known anomaly
   * @throws DataException when there are too few rows of a class, or a value this detector cannot
   *     use
   */
  RowModel fit(Matrix rows, boolean[] anomalies);

  /** Refuses, as there are no labels. */
  @Override
  default RowModel fit(Matrix rows) {
    throw noLabels();
  }

  @Override
  default boolean leavesOut() {
    return true;
  }

  /** What is thrown where labels are missing. */
  default DataException noLabels() {
    return new DataException(
        "%s learns from labels; name the column that has them (--label)"
            .formatted(OptionText.kebab(getClass().getSimpleName())));
  }

  /**
   * Checks labels at the door.
   *
   * @param least how many rows of each class are needed
   * @throws DataException when there are fewer
   */
  default void requireBoth(boolean[] anomalies, int rows, int least) {
    Require.that(
        anomalies.length == rows, "%s labels for %s rows".formatted(anomalies.length, rows));
    int count = 0;
    for (boolean anomaly : anomalies) {
      count += anomaly ? 1 : 0;
    }
    if (Math.min(count, rows - count) < least) {
      throw new DataException(
          "%d anomalies and %d normal rows; %s needs at least %d of both to learn from"
              .formatted(count, rows - count, OptionText.kebab(getClass().getSimpleName()), least));
    }
  }
}
