package dev.vedette.data;

/** What the values of a column are. */
public enum Kind {
  /** A finite number. */
  NUMBER,
  /** True or false, held as 1 and 0. */
  FLAG,
  /** One of a set of names. */
  CATEGORY,
  /** A moment, held as milliseconds since 1970-01-01T00:00Z. */
  TIME
}
