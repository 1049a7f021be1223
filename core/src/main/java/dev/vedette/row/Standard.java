package dev.vedette.row;

/** Bounds that keep squares of standardised values finite. */
final class Standard {
  private Standard() {}

  /**
   * Beyond this many units a value counts as this far out: its square, summed over columns, stays
   * finite.
   */
  private static final double FARTHEST = 1e140;

  static double clamp(double standardised) {
    return Math.clamp(standardised, -FARTHEST, FARTHEST);
  }
}
