package dev.vedette.pipeline.simulate;

import java.util.SplittableRandom;

/** A person with a card: where they are, what they pay next and with what. No fraud here. */
final class Holder {
  private static final double NEW_TYPE_SHARE = 0.025;
  private static final double NEW_MERCHANT_SHARE = 0.12;
  private static final double NOT_LOCATED_SHARE = 0.15;
  private static final double ONLINE_ON_TRIPS = 0.12;
  private static final double MEAN_TRIP_DAYS = 5;

  /** One in so many payments of a rare type the holder does not use otherwise: a ring, a bet. */
  private static final int ONCE_IN_A_LIFE = 50_000;

  /** One in so many is in the deep night: an early flight, a night at a sickbed. */
  private static final int SLEEPLESS = 50_000;

  /** One in so many online payments seems to come from another city. */
  private static final int WRONG_PLACE = 20_000;

  private static final double DEVICE_LIFE_DAYS = 500;

  private final Habits habits;
  private final Market market;
  private final SplittableRandom random;
  private final String[] devices;
  private long newDeviceAt;
  private City city;
  private long departure;
  private double latitude;
  private double longitude;
  private long visited;

  Holder(Habits habits, Market market, SplittableRandom random, long start) {
    this.habits = habits;
    this.market = market;
    this.random = random;
    city = habits.home;
    visited = visited | countryBit(city);
    latitude = city.latitude();
    longitude = city.longitude();
    devices = new String[habits.devices];
    for (int i = 0; i < devices.length; i++) {
      devices[i] = newDevice();
    }
    newDeviceAt = days(start, DEVICE_LIFE_DAYS);
    departure = habits.trips == 0 ? Long.MAX_VALUE : days(start, 365 / habits.trips);
  }

  /** After {@code from}, exponentially distributed with this mean. */
  private long days(long from, double mean) {
    return from + (long) (Draws.exponential(random) * mean * Rhythm.DAY);
  }

  String ownDevice() {
    return devices[0];
  }

  /** A name no device of another holder has but by chance. */
  String newDevice() {
    return (random.nextInt(3) == 0 ? "laptop-" : "phone-")
        + Long.toString(random.nextLong() >>> 24, 36);
  }

  boolean paysOnline() {
    return habits.paysOnline;
  }

  boolean atHome() {
    return livesIn(city);
  }

  /** Whether the holder paid in the country of {@code other} or could have. */
  boolean visited(City other) {
    return (visited & countryBit(other)) != 0;
  }

  private static long countryBit(City city) {
    for (int i = 0; i < City.ALL.size(); i++) {
      if (City.ALL.get(i).country().equals(city.country())) {
        return 1L << i;
      }
    }
    throw new IllegalArgumentException(city.name());
  }

  double latitude() {
    return latitude;
  }

  double longitude() {
    return longitude;
  }

  /** When the holder pays next after {@code from}; a journey may come before it. */
  long next(long from, boolean mayTravel) {
    if (random.nextInt(SLEEPLESS) == 0) {
      long night = habits.rhythm.deepNight(from, city);
      return night + random.nextLong(Rhythm.deepNightLength());
    }
    long at = habits.rhythm.next(from, habits.perDay, city, random);
    while (mayTravel && at >= departure) {
      long arrival = travel(Math.max(from, departure));
      at = habits.rhythm.next(arrival, habits.perDay, city, random);
    }
    return at;
  }

  /** Goes on a trip or home again, door to door at less than 700 km/h; returns the arrival. */
  private long travel(long leaving) {
    City from = city;
    city = atHome() ? destination() : habits.home;
    double far = from.kilometresTo(city);
    double hours = far < 500 ? 1 + far / 100 : 4 + far / 800;
    long arrival = leaving + (long) (hours * Rhythm.HOUR);
    visited = visited | countryBit(city);
    latitude = city.latitude();
    longitude = city.longitude();
    double stay = Math.min(21, 1.5 + MEAN_TRIP_DAYS * Draws.exponential(random));
    departure = atHome() ? days(arrival, 365 / habits.trips) : arrival + (long) (stay * Rhythm.DAY);
    return arrival;
  }

  /** Three of four trips go less than 2,500 km far. */
  private City destination() {
    double reach = random.nextInt(4) == 0 ? Double.MAX_VALUE : 2_500;
    City chosen = anyCity();
    for (int tries = 0; livesIn(chosen) || (tries < 60 && tooFar(chosen, reach)); tries++) {
      chosen = anyCity();
    }
    return chosen;
  }

  private boolean livesIn(City other) {
    return other.number() == habits.home.number();
  }

  private boolean tooFar(City other, double reach) {
    return other.kilometresTo(habits.home) > reach;
  }

  /** What the holder pays at {@code at}. */
  Slip pay(long at) {
    Merchant merchant = merchant();
    double amount = habits.drawAmount(merchant.type(), random);
    if (!merchant.online()) {
      var slip = new Slip(merchant, city, amount);
      return random.nextDouble() < habits.contactless ? slip.contactless() : slip;
    }
    var slip = new Slip(merchant, city, amount).online(device(at), habits.home.country());
    if (random.nextDouble() < NOT_LOCATED_SHARE) {
      return slip.notLocated();
    }
    return random.nextInt(WRONG_PLACE) == 0 ? slip.locatedIn(anyCity()) : slip;
  }

  private City anyCity() {
    return City.ALL.get(random.nextInt(City.ALL.size()));
  }

  private Merchant merchant() {
    if (random.nextInt(ONCE_IN_A_LIFE) == 0) {
      MerchantType type = MerchantType.RARE.get(random.nextInt(MerchantType.RARE.size()));
      return market.any(city, type, habits.paysOnline, random);
    }
    if (!atHome()) {
      boolean online = habits.paysOnline && random.nextDouble() < ONLINE_ON_TRIPS;
      return online ? onlineFavourite() : market.till(city, tripType(), random);
    }
    if (random.nextDouble() < NEW_TYPE_SHARE) {
      MerchantType type = Habits.common(habits.paysOnline, random);
      return market.any(city, type, habits.paysOnline, random);
    }
    int type = habits.drawType(random);
    return random.nextDouble() < NEW_MERCHANT_SHARE
        ? market.any(city, habits.types.get(type), habits.paysOnline, random)
        : habits.drawFavourite(type, random);
  }

  private Merchant onlineFavourite() {
    Merchant merchant = habits.drawFavourite(habits.drawType(random), random);
    return merchant.online() ? merchant : market.shop(MerchantType.MARKETPLACE, random);
  }

  private MerchantType tripType() {
    return MerchantType.ON_TRIPS.get(random.nextInt(MerchantType.ON_TRIPS.size()));
  }

  /** One of the holder's own, which are replaced now and then. */
  private String device(long at) {
    int i = random.nextInt(4) == 0 ? devices.length - 1 : 0;
    if (at >= newDeviceAt) {
      devices[i] = newDevice();
      newDeviceAt = days(at, DEVICE_LIFE_DAYS);
    }
    return devices[i];
  }

  /**
   * When a payment at {@code at} can be at the earliest after one at {@code last}: by foot or car.
   */
  long earliest(Slip slip, long last) {
    if (slip.merchant.online()) {
      return last + Rhythm.HOUR / 30;
    }
    double far = City.kilometres(latitude, longitude, slip.latitude, slip.longitude);
    latitude = slip.latitude;
    longitude = slip.longitude;
    return last + Rhythm.HOUR / 30 + (long) (far / 60 * Rhythm.HOUR);
  }
}
