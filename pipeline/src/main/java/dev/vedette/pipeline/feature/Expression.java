package dev.vedette.pipeline.feature;

import dev.vedette.StreamingDetector;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a feature means: one number for each event. */
sealed interface Expression {
  /** A number of the event: that in {@code field}, or log of it. */
  record Amount(String field, boolean log) implements Expression {}

  record Log(Expression of) implements Expression {}

  record Missing(String field) implements Expression {}

  record Hour(ZoneId zone) implements Expression {}

  record Weekday(ZoneId zone) implements Expression {}

  record Category(String field) implements Expression {}

  record Count(Window window) implements Expression {}

  record Rate(Window window) implements Expression {}

  /** What {@link Statistic} computes. */
  enum Kind {
    SUM,
    MEAN,
    STD,
    MIN,
    MAX
  }

  record Statistic(Kind kind, Amount of, Window window) implements Expression {}

  record Distinct(String field, Window window) implements Expression {}

  record Zscore(Amount of, Window window) implements Expression {}

  record Deviation(Amount of, @Nullable String by, long window) implements Expression {}

  /**
   * How far a number, or several together, are from what a stream of the key expects at this time.
   */
  record Unusual(List<Amount> of, StreamingDetector detector) implements Expression {}

  record Ratio(Expression part, Expression whole) implements Expression {}

  record Difference(Expression left, Expression right) implements Expression {}

  record Surprise(String field, long window, long after) implements Expression {}

  record HourSurprise(ZoneId zone, long window, long after) implements Expression {}

  /** Of a time of day that is a field, in hours. */
  record ClockSurprise(String field, long window, long after) implements Expression {}

  record Novel(String field, long window, long after) implements Expression {}

  record Change(String field) implements Expression {}

  record SinceLast(@Nullable String field) implements Expression {}

  record Speed(String latitude, String longitude, int places) implements Expression {}
}
