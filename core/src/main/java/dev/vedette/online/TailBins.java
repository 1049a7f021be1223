package dev.vedette.online;

/**
 * The bins of a {@link TailSketch}: 16 for each doubling of 1 + |z|, 20 doublings, on either side
 * of z = 0, in ascending order of z. The outermost bins take all that lies further out.
 */
final class TailBins {
  private TailBins() {}

  private static final int STEPS = 4; // bits of the mantissa that choose the bin: 16 a doubling
  private static final int SIDE = 20 << STEPS;

  /** The number of bins. */
  static final int COUNT = 2 * SIDE;

  /** The bin that starts at z = 0. */
  static final int CENTRE = SIDE;

  /** The bin of {@code z}. */
  static int of(double z) {
    long bits = Double.doubleToRawLongBits(1 + Math.abs(z));
    int step = Math.min((int) (bits >>> (52 - STEPS)) - (1023 << STEPS), SIDE - 1);
    return z < 0 ? SIDE - 1 - step : SIDE + step;
  }

  /** Where bin {@code bin} starts; the end of the one before. */
  static double start(int bin) {
    return bin >= SIDE ? edge(bin - SIDE) : -edge(SIDE - bin);
  }

  static double width(int bin) {
    return start(bin + 1) - start(bin);
  }

  /** Its middle; the start of the central bin, where a column that is mostly one value has it. */
  static double middle(int bin) {
    return bin == CENTRE ? 0 : (start(bin) + start(bin + 1)) / 2;
  }

  private static double edge(int step) {
    return Math.scalb(1 + (step & ((1 << STEPS) - 1)) / (double) (1 << STEPS), step >> STEPS) - 1;
  }
}
