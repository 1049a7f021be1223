package dev.vedette.data;

import dev.vedette.math.Seeds;
import java.util.SplittableRandom;

/**
 * One row of {@link Sample}. Amounts are in cents; −1 stands for a missing number.
 *
 * @param second since 1970-01-01T00:00Z
 * @param pause minutes since the last payment with the card
 */
record Payment(
    long second,
    long amount,
    long fee,
    String merchant,
    String country,
    String channel,
    long kilometres,
    long pause,
    String kind) {
  private static final long START = 1_767_225_600; // 2026-01-01T00:00:00Z
  private static final int DAYS = 30;
  private static final int HOUR = 3_600;
  private static final double MISSING_SHARE = 0.02;

  /** Of 100 payments of a day, how many fall into each hour; nobody pays from 02 to 05. */
  private static final int[] BY_HOUR = {
    1, 1, 0, 0, 0, 1, 2, 3, 5, 5, 6, 7, 9, 8, 6, 6, 7, 8, 8, 6, 4, 3, 2, 2
  };

  private static final String[] MERCHANTS = {
    "groceries", "restaurant", "fuel", "fashion", "electronics", "travel", "pharmacy", "cash"
  };
  private static final int[] MERCHANT_WEIGHTS = {30, 18, 12, 11, 7, 6, 8, 8};

  /** The usual amount at each type of merchant, in currency units. */
  private static final double[] USUAL = {38, 27, 55, 64, 120, 150, 19, 90};

  private static final String[] COUNTRIES = {"DE", "FR", "AT", "NL", "IT", "ES", "PL"};
  private static final int[] COUNTRY_WEIGHTS = {46, 12, 11, 9, 8, 7, 7};
  private static final double[] FAR = {9, 21, 18, 16, 26, 32, 24};

  private static final String[] CHANNELS = {"contactless", "chip", "online"};
  private static final int[] CHANNEL_WEIGHTS = {50, 25, 25};

  /** What can be wrong with a payment. */
  enum Oddity {
    EXTREME_AMOUNT("extreme-amount"),
    BROKEN_CORRELATION("broken-correlation"),
    RARE_COMBINATION("rare-combination"),
    ODD_HOUR("odd-hour"),
    MISSING_BURST("missing-burst");

    private final String text;

    Oddity(String text) {
      this.text = text;
    }
  }

  /**
   * Draws payment {@code index} of {@code count}.
   *
   * @param anomaly the number of the anomaly, or −1 for a normal payment
   */
  static Payment draw(long seed, int index, int count, int anomaly) {
    SplittableRandom random = Seeds.stream(seed, index);
    int merchant = pick(random, MERCHANT_WEIGHTS);
    int country = pick(random, COUNTRY_WEIGHTS);
    String channel =
        MERCHANTS[merchant].equals("cash") ? "atm" : CHANNELS[pick(random, CHANNEL_WEIGHTS)];
    double units = USUAL[merchant] * StrictMath.exp(0.35 * gaussian(random));
    long amount = Math.max(100, Math.round(units * 100));
    double far =
        channel.equals("online") ? 0 : FAR[country] * StrictMath.exp(0.4 * gaussian(random));
    double pause = (45 + 2.5 * far) * StrictMath.exp(0.35 * gaussian(random));
    var usual =
        new Payment(
            second(random, index, count),
            amount,
            fee(random, amount),
            MERCHANTS[merchant],
            COUNTRIES[country],
            channel,
            sometimesMissing(random, Math.round(far)),
            sometimesMissing(random, Math.round(pause)),
            "normal");
    Oddity[] kinds = Oddity.values();
    return anomaly < 0 ? usual : usual.spoiled(kinds[anomaly % kinds.length], random);
  }

  private Payment spoiled(Oddity oddity, SplittableRandom random) {
    Payment odd =
        switch (oddity) {
          case EXTREME_AMOUNT -> {
            long more = amount * random.nextInt(30, 101);
            yield with(second, more, fee(random, more), channel);
          }
          case BROKEN_CORRELATION -> {
            // The fee of another usual payment: 6 to 12 times the amount, or that part of it.
            long factor = random.nextInt(6, 13);
            long other = amount > 6_000 ? amount / factor : amount * factor;
            yield with(second, amount, fee(random, other), channel);
          }
          case RARE_COMBINATION ->
              merchant.equals("cash")
                  ? with(second, amount, fee, "online")
                  : with(second, amount, fee, "atm");
          case ODD_HOUR -> {
            long day = Math.floorDiv(second, 24 * HOUR) * 24 * HOUR;
            yield with(day + 5 * HOUR / 2 + random.nextInt(2 * HOUR), amount, fee, channel);
          }
          case MISSING_BURST ->
              new Payment(second, -1, -1, merchant, country, channel, -1, -1, kind);
        };
    return odd.named(oddity.text);
  }

  private Payment with(long when, long cents, long charge, String through) {
    return new Payment(when, cents, charge, merchant, country, through, kilometres, pause, kind);
  }

  private Payment named(String what) {
    return new Payment(second, amount, fee, merchant, country, channel, kilometres, pause, what);
  }

  /** 1.2 % of the amount and 10 cents, with little noise. */
  private static long fee(SplittableRandom random, long amount) {
    return Math.max(1, Math.round(10 + amount * 0.012 * (1 + 0.03 * gaussian(random))));
  }

  private static long second(SplittableRandom random, int index, int count) {
    int day = (int) ((long) index * DAYS / count);
    return START + day * 24L * HOUR + pick(random, BY_HOUR) * (long) HOUR + random.nextInt(HOUR);
  }

  private static long sometimesMissing(SplittableRandom random, long value) {
    return random.nextDouble() < MISSING_SHARE ? -1 : value;
  }

  private static int pick(SplittableRandom random, int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int left = random.nextInt(sum);
    int i = 0;
    while (left >= weights[i]) {
      left -= weights[i++];
    }
    return i;
  }

  /** A standard normal number (Box and Muller), with the same bits on every machine. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
