package dev.vedette.pipeline.simulate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** All merchants there are: the same for all cards of a stream. */
final class Market {
  private static final int TILLS = 14;
  private static final int SHOPS = 40;

  /** The tills of a city are within so many degrees of latitude from its centre: 8 km. */
  private static final double REACH = 0.07;

  private final Map<MerchantType, Merchant[]> tills = new EnumMap<>(MerchantType.class);
  private final Map<MerchantType, Merchant[]> shops = new EnumMap<>(MerchantType.class);

  Market(SplittableRandom random) {
    for (MerchantType type : MerchantType.values()) {
      Merchant[] ofType = new Merchant[City.ALL.size() * TILLS];
      for (int i = 0; i < ofType.length; i++) {
        ofType[i] = till(City.ALL.get(i / TILLS), type, i % TILLS, random);
      }
      tills.put(type, ofType);
      Merchant[] online = new Merchant[SHOPS];
      for (int i = 0; i < SHOPS; i++) {
        String name = "online-" + type.text + "-" + (i + 1);
        online[i] = new Merchant(name, type, null, Double.NaN, Double.NaN);
      }
      shops.put(type, online);
    }
  }

  private static Merchant till(City city, MerchantType type, int i, SplittableRandom random) {
    double stretch = StrictMath.cos(Math.toRadians(city.latitude()));
    double north = (random.nextDouble() * 2 - 1) * REACH;
    double east = (random.nextDouble() * 2 - 1) * REACH / stretch;
    String name = city.name() + "-" + type.text + "-" + (i + 1);
    return new Merchant(
        name, type, city, degrees(city.latitude() + north), degrees(city.longitude() + east));
  }

  /** To about 10 m. */
  private static double degrees(double exact) {
    return Math.round(exact * 10_000) / 10_000.0;
  }

  Merchant till(City city, MerchantType type, SplittableRandom random) {
    return merchants(tills, type)[city.number() * TILLS + random.nextInt(TILLS)];
  }

  Merchant shop(MerchantType type, SplittableRandom random) {
    return merchants(shops, type)[random.nextInt(SHOPS)];
  }

  private static Merchant[] merchants(Map<MerchantType, Merchant[]> all, MerchantType type) {
    return Objects.requireNonNull(all.get(type));
  }

  /** One of either sort, in {@code city} where it has a till. */
  Merchant any(City city, MerchantType type, boolean mayBeOnline, SplittableRandom random) {
    boolean online = mayBeOnline && random.nextDouble() < type.onlineShare;
    return online ? shop(type, random) : till(city, type, random);
  }
}
