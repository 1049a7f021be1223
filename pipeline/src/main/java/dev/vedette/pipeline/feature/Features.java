package dev.vedette.pipeline.feature;

import dev.vedette.pipeline.Archive;
import java.time.Duration;
import java.util.List;

/** The features a pipeline file declares, each a column of the rows its detectors see. */
@SuppressWarnings("DoNotCallSuggester")
public final class Features {
  private Features() {}

  /**
   * Reads one text for each feature, such as {@code ratio(amount, mean(amount, 30d))}.
   *
   * @throws IllegalArgumentException naming the text, the place in it and what can be written
   */
  public static Features parse(List<String> texts) {
    throw new UnsupportedOperationException("in work");
  }

  /** The texts, one for each column. */
  public List<String> names() {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * State that has seen nothing.
   *
   * @param bound the most bytes the keys may hold in memory; idle keys beyond it go to the archive
   * @param timeToLive a key without events for so long, in event time, is forgotten
   */
  public FeatureState start(long bound, Duration timeToLive, Archive archive) {
    throw new UnsupportedOperationException("in work");
  }
}
