package dev.vedette.pipeline.simulate;

import org.jspecify.annotations.Nullable;

/** A {@link CardPayment} in the making. */
final class Slip {
  /** Above it, in euros, a chip is needed. */
  private static final double CONTACTLESS_LIMIT = 100;

  final Merchant merchant;
  final City place;
  final double amount;
  private String channel = "chip";
  private String country;
  private @Nullable String device;
  double latitude;
  double longitude;
  @Nullable Fraud fraud;

  /**
   * @param place where it happens: by its clock, and with its coordinates when there is no till
   */
  Slip(Merchant merchant, City place, double amount) {
    this.merchant = merchant;
    this.place = place;
    this.amount = rounded(amount, merchant.type());
    this.country = place.country();
    this.latitude = merchant.online() ? place.latitude() : merchant.latitude();
    this.longitude = merchant.online() ? place.longitude() : merchant.longitude();
  }

  /** Machines give whole tens, all others take cents. */
  private static double rounded(double amount, MerchantType type) {
    return type == MerchantType.CASH
        ? Math.max(1, Math.round(amount / 10)) * 10.0
        : Math.max(1, Math.round(amount * 100)) / 100.0;
  }

  Slip online(@Nullable String from, String shippedTo) {
    channel = "online";
    device = from;
    country = shippedTo;
    return this;
  }

  /** Where the amount allows it. */
  Slip contactless() {
    if (amount <= CONTACTLESS_LIMIT) {
      channel = "contactless";
    }
    return this;
  }

  Slip notLocated() {
    latitude = Double.NaN;
    longitude = Double.NaN;
    return this;
  }

  Slip locatedIn(City city) {
    latitude = city.latitude();
    longitude = city.longitude();
    return this;
  }

  Slip fraud(Fraud kind) {
    fraud = kind;
    return this;
  }

  CardPayment payment(String id, String card, long at) {
    return new CardPayment(
        id,
        card,
        at,
        place.localHour(at),
        amount,
        merchant.name(),
        merchant.type().text,
        country,
        latitude,
        longitude,
        channel,
        device,
        fraud);
  }
}
