package dev.vedette.pipeline.feature;

import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import java.time.ZoneId;
import java.util.List;

/**
 * How features are computed: what is looked up in an event, what is remembered, and the columns
 * that read it. What several features need is there once.
 *
 * @param fields the fields looked up
 * @param values {@link Source.Field} and {@link Source.Hour}
 * @param traces what is remembered of each key
 * @param series the numbers of which each key is a series of its own
 * @param dictionaries the values counted over all keys
 * @param deviations the numbers whose deviations are kept over all keys
 * @param means the numbers whose means are kept over all keys, by a value
 */
record Plan(
    List<String> fields,
    List<ZoneId> zones,
    List<Source.Amount> numbers,
    List<Source> values,
    Trace[] traces,
    List<Series> series,
    List<Integer> dictionaries,
    List<Deviation> deviations,
    List<Mean> means,
    Column[] columns) {
  /** Numbers over time, the variables of one series, as {@code detector} learns it. */
  record Series(List<Integer> numbers, StreamingDetector detector) {
    SeriesStream start() {
      return detector.start(numbers.size());
    }
  }

  /** The mean of {@code number} for each value {@code by}; of all where that is -1. */
  record Mean(int number, int by) {}

  /** The deviations of {@code number} from the mean in {@code trace}. */
  record Deviation(int number, int trace) {}
}
