package dev.vedette.pipeline.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a thief pays with somebody's card. */
final class Thief {
  private static final long MINUTE = 60_000;

  private static final List<MerchantType> TESTED_AT =
      List.of(MerchantType.GAMES, MerchantType.BOOKS, MerchantType.MARKETPLACE);

  private static final List<MerchantType> SOLD_ON =
      List.of(MerchantType.ELECTRONICS, MerchantType.GIFT_CARDS, MerchantType.MONEY_TRANSFER);

  private static final List<MerchantType> AT_NIGHT =
      List.of(
          MerchantType.CASH, MerchantType.FUEL, MerchantType.RESTAURANT, MerchantType.TRANSPORT);

  private static final List<MerchantType> ABROAD =
      List.of(
          MerchantType.CASH,
          MerchantType.ELECTRONICS,
          MerchantType.CLOTHING,
          MerchantType.RESTAURANT);

  /** A payment and when. */
  record Theft(long at, Slip slip) {}

  private final Habits habits;
  private final Holder holder;
  private final Market market;
  private final SplittableRandom random;

  Thief(Habits habits, Holder holder, Market market, SplittableRandom random) {
    this.habits = habits;
    this.holder = holder;
    this.market = market;
    this.random = random;
  }

  /** When fraud of {@code kind} begins that is decided on at {@code now}, at the holder's home. */
  long start(Fraud kind, long now) {
    return switch (kind) {
      case IMPOSSIBLE_TRAVEL -> now;
      case ODD_HOUR -> habits.rhythm.deepNight(now + Rhythm.HOUR, habits.home);
      case BURST -> now + random.nextLong(5 * MINUTE, Rhythm.DAY);
      default -> habits.rhythm.next(now + Rhythm.HOUR / 2, habits.perDay, habits.home, random);
    };
  }

  /**
   * The payments.
   *
   * @param last when the holder paid last, in person where {@code kind} is impossible travel
   */
  List<Theft> strike(Fraud kind, long start, long last) {
    return switch (kind) {
      case AMOUNT -> List.of(new Theft(start, tooMuch()));
      case MERCHANT_TYPE -> List.of(new Theft(start, oddMerchant()));
      case IMPOSSIBLE_TRAVEL -> List.of(farAway(last));
      case BURST -> burst(start);
      case ODD_HOUR -> night(start);
      case TAKEOVER -> takeover(start);
    };
  }

  /**
   * The thief knows what the holder buys and where, and has the card or what is stored in a shop.
   */
  private Slip tooMuch() {
    int type = habits.drawType(random);
    Merchant merchant = habits.drawFavourite(type, random);
    double amount = habits.usual(merchant.type()) * Draws.logUniform(random, 12, 60);
    return atHome(merchant, amount).fraud(Fraud.AMOUNT);
  }

  private Slip oddMerchant() {
    MerchantType type;
    do {
      type = MerchantType.RARE.get(random.nextInt(MerchantType.RARE.size()));
    } while (habits.types.contains(type));
    Merchant merchant = market.any(habits.home, type, habits.paysOnline, random);
    return atHome(merchant, habits.usual() * Draws.uniform(random, 2.5, 7))
        .fraud(Fraud.MERCHANT_TYPE);
  }

  private Slip atHome(Merchant merchant, double amount) {
    var slip = new Slip(merchant, habits.home, amount);
    if (merchant.online()) {
      return slip.online(holder.ownDevice(), habits.home.country());
    }
    return random.nextDouble() < habits.contactless ? slip.contactless() : slip;
  }

  private Theft farAway(long last) {
    City there;
    do {
      there = anyCity();
    } while (there.kilometresTo(habits.home) < 1_000);
    MerchantType type = ABROAD.get(random.nextInt(ABROAD.size()));
    Merchant merchant = market.till(there, type, random);
    var slip = new Slip(merchant, there, habits.usual(type) * Draws.logUniform(random, 0.5, 3));
    double far =
        City.kilometres(holder.latitude(), holder.longitude(), slip.latitude, slip.longitude);
    double hours = far / Draws.logUniform(random, 1_600, 6_000);
    return new Theft(last + (long) (hours * Rhythm.HOUR), slip.fraud(Fraud.IMPOSSIBLE_TRAVEL));
  }

  private List<Theft> burst(long start) {
    int count = random.nextInt(15, 41);
    double mean = Draws.uniform(random, 10, 18) * MINUTE / count;
    String device = holder.newDevice();
    Merchant[] shops = new Merchant[random.nextInt(1, 4)];
    for (int i = 0; i < shops.length; i++) {
      shops[i] = market.shop(TESTED_AT.get(random.nextInt(TESTED_AT.size())), random);
    }
    List<Theft> payments = new ArrayList<>();
    double at = start;
    for (int i = 0; i < count; i++) {
      Merchant shop = shops[random.nextInt(shops.length)];
      var slip = new Slip(shop, habits.home, Draws.logUniform(random, 0.5, 5));
      slip.online(device, habits.home.country()).notLocated().fraud(Fraud.BURST);
      payments.add(new Theft((long) at, slip));
      at += Draws.uniform(random, 0.5, 1.5) * mean;
    }
    return payments;
  }

  /** At tills in the holder's city, while the holder sleeps. */
  private List<Theft> night(long start) {
    int count = random.nextInt(3, 6);
    List<Theft> payments = new ArrayList<>();
    double at = start + random.nextDouble() * Rhythm.HOUR;
    for (int i = 0; i < count; i++) {
      MerchantType type = AT_NIGHT.get(random.nextInt(AT_NIGHT.size()));
      Merchant merchant = market.till(habits.home, type, random);
      double amount = habits.usual(type) * Draws.uniform(random, 3, 6);
      var slip = new Slip(merchant, habits.home, amount).contactless().fraud(Fraud.ODD_HOUR);
      payments.add(new Theft((long) at, slip));
      at += Draws.uniform(random, 15, 35) * MINUTE;
    }
    return payments;
  }

  private List<Theft> takeover(long start) {
    City there;
    do {
      there = anyCity();
    } while (holder.visited(there));
    int count = random.nextInt(4, 11);
    String device = holder.newDevice();
    boolean located = random.nextBoolean();
    List<Theft> payments = new ArrayList<>();
    double at = start;
    for (int i = 0; i < count; i++) {
      Merchant shop = market.shop(SOLD_ON.get(random.nextInt(SOLD_ON.size())), random);
      var slip = new Slip(shop, there, habits.usual() * Draws.uniform(random, 3, 10));
      slip.online(device, there.country()).fraud(Fraud.TAKEOVER);
      payments.add(new Theft((long) at, located ? slip : slip.notLocated()));
      at += Draws.logUniform(random, 2, 45) * MINUTE;
    }
    return payments;
  }

  private City anyCity() {
    return City.ALL.get(random.nextInt(City.ALL.size()));
  }
}
