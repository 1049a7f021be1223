package dev.vedette.pipeline.feature;

/** A value that is looked up once in an event, and only compared. */
sealed interface Source {
  /** What stands in field number {@code field}. */
  record Field(int field) implements Source {}

  /** The hour of the day in time zone number {@code zone}, 1 to 24. */
  record Hour(int zone) implements Source {}

  /** The hour of the day that number {@code number} of the event says, 1 to 24. */
  record Clock(int number) implements Source {}

  /** A number, not a value: that in field number {@code field}, or the log of it. */
  record Amount(int field, boolean log) {}
}
