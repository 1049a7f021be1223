package dev.vedette.explain;

/** In which way a value is not normal. */
public enum Direction {
  /** A number above the normal value. */
  HIGH,
  /** A number below the normal value. */
  LOW,
  /**
   * A name or time other than the normal one, or a number that is normal by itself but not beside
   * the others.
   */
  UNUSUAL,
  /** There is no value. */
  MISSING
}
