package dev.vedette.explain;

/** In which way a value is not normal. */
public enum Direction {
  /** A number above the normal value. */
  HIGH,
  /** A number below the normal value. */
  LOW,
  /** A name, flag or time other than the normal one. */
  UNUSUAL,
  /** A number at which the level of a series becomes another one; normal tells both. */
  CHANGE,
  /** The normal value: strange, if at all, only beside the others. */
  USUAL,
  /** There is no value. */
  MISSING
}
