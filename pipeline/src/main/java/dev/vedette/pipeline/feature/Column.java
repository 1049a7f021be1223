package dev.vedette.pipeline.feature;

/** A feature as it is computed. */
interface Column {
  /** Its value for the event of {@code moment}; NaN where it has none. */
  double value(Moment moment);
}
