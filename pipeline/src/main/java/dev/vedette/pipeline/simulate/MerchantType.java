package dev.vedette.pipeline.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a merchant sells. */
enum MerchantType {
  GROCERIES(34, 0.02, 30),
  BAKERY(6, 0, 10),
  RESTAURANT(29, 0.02, 14),
  CAFE(8, 0, 10),
  FUEL(58, 0, 8),
  PHARMACY(18, 0.1, 6),
  CLOTHING(52, 0.5, 7),
  HOUSEHOLD(41, 0.3, 6),
  TRANSPORT(11, 0.4, 8),
  CASH(80, 0, 5),
  BOOKS(17, 0.5, 4),
  CINEMA(22, 0.4, 3),
  HAIRDRESSER(33, 0, 3),
  SPORTS(24, 0.2, 4),
  MARKETPLACE(31, 1, 10),
  FOOD_DELIVERY(25, 1, 6),
  GAMES(14, 1, 4),
  ELECTRONICS(130, 0.6, 3),
  HOTEL(140, 0.4, 3),
  AIRLINE(190, 1, 3),
  JEWELLERY(260, 0.1, 0),
  GAMBLING(60, 0.7, 0),
  MONEY_TRANSFER(180, 0.7, 0),
  GIFT_CARDS(50, 0.8, 0),
  CRYPTO(150, 1, 0);

  /** What nearly everybody uses at some time. */
  static final List<MerchantType> COMMON = those(false);

  /** What few use, but those regularly. */
  static final List<MerchantType> RARE = those(true);

  /** What people use on a trip, the frequent ones repeated. */
  static final List<MerchantType> ON_TRIPS =
      List.of(
          RESTAURANT,
          RESTAURANT,
          RESTAURANT,
          CAFE,
          CAFE,
          GROCERIES,
          GROCERIES,
          TRANSPORT,
          FUEL,
          CASH,
          HOTEL,
          CLOTHING,
          BAKERY,
          PHARMACY);

  /** In euros. */
  final double typicalAmount;

  /** Of its merchants, 0 to 1. */
  final double onlineShare;

  /** How many people have it among their habits, relative to the others; 0 for the rare ones. */
  final int weight;

  final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  MerchantType(double typicalAmount, double onlineShare, int weight) {
    this.typicalAmount = typicalAmount;
    this.onlineShare = onlineShare;
    this.weight = weight;
  }

  private static List<MerchantType> those(boolean rare) {
    return Arrays.stream(values()).filter(type -> rare == (type.weight == 0)).toList();
  }
}
