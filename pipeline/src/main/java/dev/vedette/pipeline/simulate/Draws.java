package dev.vedette.pipeline.simulate;

import java.util.SplittableRandom;

/** Random numbers that have the same bits on every machine. */
final class Draws {
  private Draws() {}

  /** Standard normal (Box and Muller). */
  static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  /** With mean 1. */
  static double exponential(SplittableRandom random) {
    return -StrictMath.log(1 - random.nextDouble());
  }

  static double uniform(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Each doubling between {@code low} and {@code high} is as likely as the next. */
  static double logUniform(SplittableRandom random, double low, double high) {
    return low * StrictMath.exp(random.nextDouble() * StrictMath.log(high / low));
  }
}
