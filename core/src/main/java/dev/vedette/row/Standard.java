package dev.vedette.row;

/** Bounds that keep squares of standardised values finite. */
public final class Standard {
  private Standard() {}

  /**
   * Beyond this many units a value counts as this far out: its square, summed over columns, stays
   * finite.
   */
  public static final double FARTHEST = 1e140;

  static double clamp(double standardised) {
    return Math.clamp(standardised, -FARTHEST, FARTHEST);
  }
}
