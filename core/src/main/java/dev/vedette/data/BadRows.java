package dev.vedette.data;

import java.util.List;

/**
 * How many rows of a file could not be read.
 *
 * @param rows all rows, good and bad
 * @param bad the rows that were left out
 * @param messages the first few of them: line, column, value
 */
public record BadRows(long rows, long bad, List<String> messages) {
  public BadRows {
    messages = List.copyOf(messages);
  }
}
