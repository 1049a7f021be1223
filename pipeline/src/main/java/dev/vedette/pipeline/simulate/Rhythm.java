package dev.vedette.pipeline.simulate;

import java.util.SplittableRandom;

/** When in the day and in the week a holder pays, by the time at the place where they are. */
final class Rhythm {
  static final long HOUR = 3_600_000;
  static final long DAY = 24 * HOUR;

  private static final int SLOTS = 48;
  private static final double AWAKE_HOURS = 16;
  private static final double OWL_SHARE = 0.01;

  /** Payments a minute relative to the mean, by half hour: a working day, then a weekend day. */
  private final float[] weights = new float[2 * SLOTS];

  private final double peak;

  /** In hours after midnight. */
  private final double wakes;

  Rhythm(SplittableRandom random) {
    double early = Draws.uniform(random, 5.5, 8.5);
    boolean owl = random.nextDouble() < OWL_SHARE;
    wakes = owl ? early + Draws.uniform(random, 6, 9) : early;
    double noon = Draws.uniform(random, 0.3, 1.5);
    double evening = Draws.uniform(random, 0.5, 2.5);
    for (int slot = 0; slot < SLOTS; slot++) {
      double hour = (slot + 0.5) / 2;
      weights[slot] = (float) weight(sinceWaking(hour, wakes), noon, evening);
      weights[SLOTS + slot] =
          (float) (1.2 * weight(sinceWaking(hour, wakes + 1), noon * 1.5, noon));
    }
    peak = normalize();
  }

  private static double sinceWaking(double hour, double waking) {
    return (hour - waking + 48) % 24;
  }

  /** Nothing in the sleep, two bumps in the day, little before bedtime. */
  private static double weight(double hour, double noon, double evening) {
    if (hour > AWAKE_HOURS) {
      return 0;
    }
    double day = 0.3 + noon * bump(hour, 5, 1.2) + evening * bump(hour, 11, 1.8);
    return hour > AWAKE_HOURS - 1.5 ? 0.4 * day : day;
  }

  private static double bump(double hour, double middle, double width) {
    double far = (hour - middle) / width;
    return StrictMath.exp(-0.5 * far * far);
  }

  private double normalize() {
    double sum = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      sum += 5 * weights[slot] + 2 * weights[SLOTS + slot];
    }
    double mean = sum / (7 * SLOTS);
    double highest = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / mean);
      highest = Math.max(highest, weights[i]);
    }
    return highest;
  }

  /** The first payment after {@code from} where {@code perDay} are made in a mean day. */
  long next(long from, double perDay, City city, SplittableRandom random) {
    double pause = DAY / (perDay * peak);
    double at = from;
    do {
      at += Draws.exponential(random) * pause;
    } while (random.nextDouble() * peak >= weight((long) at + city.offset()));
    return (long) at;
  }

  private double weight(long local) {
    long day = Math.floorDiv(local, DAY);
    int slot = (int) ((local - day * DAY) / (HOUR / 2));
    // Day 0 was a Thursday: days 2 and 3 of each week from there are the weekend.
    long inWeek = Math.floorMod(day, 7);
    return weights[inWeek == 2 || inWeek == 3 ? SLOTS + slot : slot];
  }

  /**
   * The start of the next deep night after {@code from}: two and a half hours in the middle of
   * those in which nothing is ever paid on any day of the week.
   */
  long deepNight(long from, City city) {
    long start = (long) ((wakes + AWAKE_HOURS + 3.25) * HOUR) - city.offset();
    return from + Math.floorMod(start - from, DAY);
  }

  /** The length of the deep night, in milliseconds. */
  static long deepNightLength() {
    return 2 * HOUR + HOUR / 2;
  }
}
