package dev.vedette.math;

/**
 * e to a negative power over whole arrays. HotSpot turns the loop into vector instructions, as it
 * has neither branches nor calls, and it gives the same bits on every platform, which {@link
 * Math#exp} does not promise.
 */
public final class Exponential {
  /** Half a unit in the last place of a float is 6e-8; seven terms leave 4e-9 of e^(x/1024). */
  private static final int HALVINGS = 1024;

  /** e^−87 is about the smallest normal float. */
  private static final double LEAST = -87.0 / HALVINGS;

  private Exponential() {}

  /**
   * Replaces every x by e^(factor·x), correct to 1e-7 of the result.
   *
   * @param factor such that no factor·x is positive; powers below −87 count as −87
   */
  public static void ofNegative(float[] x, double factor) {
    double scaled = factor / HALVINGS;
    for (int i = 0; i < x.length; i++) {
      double y = Math.max(LEAST, scaled * x[i]);
      double p = 1.0 / 720;
      p = Math.fma(p, y, 1.0 / 120);
      p = Math.fma(p, y, 1.0 / 24);
      p = Math.fma(p, y, 1.0 / 6);
      p = Math.fma(p, y, 0.5);
      p = Math.fma(p, y, 1);
      p = Math.fma(p, y, 1);
      p *= p; // ten squarings: the power of 1024
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      x[i] = (float) p;
    }
  }
}
