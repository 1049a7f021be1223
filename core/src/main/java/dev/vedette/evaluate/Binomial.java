package dev.vedette.evaluate;

import java.util.SplittableRandom;

/**
 * Random numbers of the binomial distribution: exact, in constant time. Few expected successes are
 * drawn by inversion, many by transformed rejection (algorithm BTRS of Hörmann, The generation of
 * binomial random variates, 1993, doi:10.1080/00949659308811496).
 */
final class Binomial {
  private static final int INVERSION_BELOW = 10;
  private static final int EXACT_FACTORIALS = 16;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private Binomial() {}

  /** The number of successes in {@code trials} trials that succeed with {@code chance} each. */
  static int draw(SplittableRandom random, int trials, double chance) {
    if (chance > 0.5) {
      return trials - draw(random, trials, 1 - chance);
    }
    return trials * chance < INVERSION_BELOW
        ? invert(random, trials, chance)
        : reject(random, trials, chance);
  }

  private static int invert(SplittableRandom random, int trials, double chance) {
    double odds = chance / (1 - chance);
    double none = Math.exp(trials * Math.log1p(-chance));
    while (true) {
      double rest = random.nextDouble();
      double mass = none;
      for (int k = 0; k <= trials; k++) {
        if (rest < mass) {
          return k;
        }
        rest -= mass;
        mass *= odds * (trials - k) / (k + 1.0);
      }
    }
  }

  private static int reject(SplittableRandom random, int trials, double chance) {
    double deviation = Math.sqrt(trials * chance * (1 - chance));
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * chance;
    double centre = trials * chance + 0.5;
    double surelyBelow = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double logOdds = Math.log(chance / (1 - chance));
    int mode = (int) ((trials + 1.0) * chance);
    double atMode = logFactorial(mode) + logFactorial(trials - mode);
    while (true) {
      double u = random.nextDouble() - 0.5;
      double v = random.nextDouble();
      double edge = 0.5 - Math.abs(u);
      double draw = Math.floor((2 * a / edge + b) * u + centre);
      if (!(draw >= 0 && draw <= trials)) {
        continue;
      }
      int k = (int) draw;
      if (edge >= 0.07 && v <= surelyBelow) {
        return k;
      }
      double height = v * alpha / (a / (edge * edge) + b);
      if (Math.log(height)
          <= atMode - logFactorial(k) - logFactorial(trials - k) + (k - mode) * logOdds) {
        return k;
      }
    }
  }

  /** ln k!, by Stirling's series where the product is long. */
  static double logFactorial(int k) {
    if (k < EXACT_FACTORIALS) {
      double product = 1;
      for (int i = 2; i <= k; i++) {
        product *= i;
      }
      return Math.log(product);
    }
    double inverse = 1.0 / k;
    double square = inverse * inverse;
    double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
    return (k + 0.5) * Math.log(k) - k + HALF_LOG_TWO_PI + series;
  }
}
