package dev.vedette.pipeline.feature;

import dev.vedette.pipeline.Event;
import java.io.DataOutput;
import java.io.IOException;

/** What {@link Features} remember: windows per key, shares of categories. */
@SuppressWarnings("DoNotCallSuggester")
public final class FeatureState {
  FeatureState() {}

  /** Writes the features of {@code event} to {@code row}, by what was known before it. */
  public void row(Event event, double[] row) {
    throw new UnsupportedOperationException("in work");
  }

  /** Takes {@code event} into the windows of its key. */
  public void learn(Event event) {
    throw new UnsupportedOperationException("in work");
  }

  /** The number of keys in memory. */
  public long keys() {
    throw new UnsupportedOperationException("in work");
  }

  /** The number of keys in the archive. */
  public long archivedKeys() {
    throw new UnsupportedOperationException("in work");
  }

  /** The bytes held in memory, estimated. */
  public long bytes() {
    throw new UnsupportedOperationException("in work");
  }

  /** Writes all state that is in memory; {@code Features} read it back. */
  public void write(DataOutput out) throws IOException {
    throw new UnsupportedOperationException("in work");
  }
}
