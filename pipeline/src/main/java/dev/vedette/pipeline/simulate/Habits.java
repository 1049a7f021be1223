package dev.vedette.pipeline.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What is usual for one holder, for good. */
final class Habits {
  private static final double MEAN_PER_DAY = 4.3;
  private static final double NEVER_ONLINE_SHARE = 0.25;
  private static final double HOMEBODY_SHARE = 0.25;

  /** No payment of the holder is above this many times what is usual. */
  static final double LARGEST = 6;

  final City home;
  final Rhythm rhythm;

  /** Payments a day. */
  final double perDay;

  final boolean paysOnline;
  final int devices;

  /** Of the payments at tills within the limit for it, 0 to 1. */
  final double contactless;

  /** In a year. */
  final double trips;

  /** What the holder pays relative to others. */
  final double wealth;

  final List<MerchantType> types;

  /** Median amount by type, in euros; in the order of {@link #types}. */
  private final double[] usual;

  private final double[] spread;

  /** Shares of the payments, summed up. */
  private final double[] upTo;

  private final Merchant[][] favourites;

  Habits(Market market, SplittableRandom random) {
    home = City.ALL.get(random.nextInt(random.nextInt(10) < 8 ? City.EUROPEAN : City.ALL.size()));
    rhythm = new Rhythm(random);
    double skewed = StrictMath.exp(0.75 * Draws.gaussian(random) - 0.28);
    perDay = Math.clamp(MEAN_PER_DAY * skewed, 0.8, 20);
    paysOnline = random.nextDouble() >= NEVER_ONLINE_SHARE;
    devices = random.nextInt(3) == 0 ? 2 : 1;
    contactless = Draws.uniform(random, 0.1, 0.95);
    trips = random.nextDouble() < HOMEBODY_SHARE ? 0 : Math.min(12, 3 * Draws.exponential(random));
    wealth = StrictMath.exp(0.4 * Draws.gaussian(random));
    types = types(paysOnline, random);
    usual = new double[types.size()];
    spread = new double[types.size()];
    upTo = new double[types.size()];
    favourites = new Merchant[types.size()][];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      MerchantType type = types.get(i);
      usual[i] = type.typicalAmount * wealth * StrictMath.exp(0.3 * Draws.gaussian(random));
      spread[i] = Draws.uniform(random, 0.2, 0.45);
      sum += Draws.uniform(random, 0.3, 1) * (type.weight == 0 ? 0.3 : 1);
      upTo[i] = sum;
      favourites[i] = favourites(market, type, random);
    }
    for (int i = 0; i < upTo.length; i++) {
      upTo[i] /= sum;
    }
  }

  /** Two to four, by their weights; one in 25 holders has a rare one among them. */
  private static List<MerchantType> types(boolean paysOnline, SplittableRandom random) {
    List<MerchantType> types = new ArrayList<>();
    int count = random.nextInt(2, 5);
    if (random.nextInt(25) == 0) {
      types.add(MerchantType.RARE.get(random.nextInt(MerchantType.RARE.size())));
    }
    while (types.size() < count) {
      MerchantType type = common(paysOnline, random);
      if (!types.contains(type)) {
        types.add(type);
      }
    }
    return List.copyOf(types);
  }

  /** A type that is not rare, by the weights. */
  static MerchantType common(boolean paysOnline, SplittableRandom random) {
    while (true) {
      MerchantType type = MerchantType.COMMON.get(random.nextInt(MerchantType.COMMON.size()));
      if (random.nextInt(30) < type.weight && (paysOnline || type.onlineShare < 1)) {
        return type;
      }
    }
  }

  private Merchant[] favourites(Market market, MerchantType type, SplittableRandom random) {
    Merchant[] merchants = new Merchant[random.nextInt(2, 5)];
    for (int i = 0; i < merchants.length; i++) {
      merchants[i] = market.any(home, type, paysOnline || type.onlineShare == 1, random);
    }
    return merchants;
  }

  /** One of {@link #types}, by its share. */
  int drawType(SplittableRandom random) {
    double drawn = random.nextDouble();
    int type = 0;
    while (drawn >= upTo[type] && type < upTo.length - 1) {
      type++;
    }
    return type;
  }

  Merchant drawFavourite(int type, SplittableRandom random) {
    return favourites[type][random.nextInt(favourites[type].length)];
  }

  /** The median of what the holder pays, or would pay, at a merchant of {@code type}. */
  double usual(MerchantType type) {
    int i = types.indexOf(type);
    return i >= 0 ? usual[i] : type.typicalAmount * wealth;
  }

  /** The geometric mean of what is usual at each type, by its share of the payments. */
  double usual() {
    double log = 0;
    double before = 0;
    for (int i = 0; i < upTo.length; i++) {
      log += (upTo[i] - before) * StrictMath.log(usual[i]);
      before = upTo[i];
    }
    return StrictMath.exp(log);
  }

  /** An amount the holder pays at a merchant of {@code type}; large now and then. */
  double drawAmount(MerchantType type, SplittableRandom random) {
    int i = types.indexOf(type);
    double middle = usual(type);
    if (random.nextInt(150) == 0) {
      return middle * Draws.logUniform(random, 2, LARGEST);
    }
    double width = i >= 0 ? spread[i] : 0.45;
    return middle * Math.min(LARGEST, StrictMath.exp(width * Draws.gaussian(random)));
  }
}
