package dev.vedette.pipeline;

import java.util.Map;

/** What a pipeline file says: immutable. */
@SuppressWarnings("DoNotCallSuggester")
public record Pipeline(String name, String yaml) {
  /**
   * Reads a pipeline file.
   *
   * @throws IllegalArgumentException naming the place in the file, the value and what to write
   */
  public static Pipeline parse(String yaml) {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * The event that {@code fields} describe: its key, time and id are the fields the pipeline names.
   *
   * @param arrived the time of an event that has none of its own, in milliseconds
   * @throws dev.vedette.DataException naming the field that is missing or wrong
   */
  public Event event(Map<String, ?> fields, long arrived) {
    throw new UnsupportedOperationException("in work");
  }

  /** The most memory a partition of this pipeline may hold, in bytes. */
  public long memory() {
    throw new UnsupportedOperationException("in work");
  }
}
