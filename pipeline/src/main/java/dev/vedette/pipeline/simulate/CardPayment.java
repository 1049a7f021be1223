package dev.vedette.pipeline.simulate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One payment of a {@link PaymentStream} and the truth about it.
 *
 * @param id unique in its stream
 * @param card the account; it stays the same when the bank replaces the card
 * @param at when, in milliseconds since 1970-01-01T00:00Z
 * @param localHour the time of day at the place of the payment, in hours from 0 to below 24
 * @param amount in euros, a whole number of cents
 * @param country of the till; of an online payment the country the goods are shipped to, which is
 *     also in the field {@code ship_to}
 * @param latitude of the till or of the buyer's network, in degrees; NaN where it is missing
 * @param longitude in degrees; NaN where it is missing
 * @param channel {@code chip}, {@code contactless} or {@code online}
 * @param device from which an online payment was made; null for all others
 * @param fraud its kind; null for a payment of the holder
 */
public record CardPayment(
    String id,
    String card,
    long at,
    double localHour,
    double amount,
    String merchant,
    String merchantType,
    String country,
    double latitude,
    double longitude,
    String channel,
    @Nullable String device,
    @Nullable Fraud fraud) {
  /** The names in {@link #fields}, in their order. */
  public static final List<String> FIELDS =
      List.of(
          "id",
          "card",
          "at",
          "local_hour",
          "amount",
          "merchant",
          "merchant_type",
          "country",
          "lat",
          "lon",
          "channel",
          "device",
          "ship_to");

  /**
   * What a pipeline sees, by name and in the order of {@link #FIELDS}: texts and {@link Double}s,
   * {@code at} as an ISO 8601 text in UTC. What is missing is absent. The truth is not in it.
   */
  public Map<String, Object> fields() {
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(FIELDS.size());
    fields.put("id", id);
    fields.put("card", card);
    fields.put("at", Instant.ofEpochMilli(at).toString());
    fields.put("local_hour", localHour);
    fields.put("amount", amount);
    fields.put("merchant", merchant);
    fields.put("merchant_type", merchantType);
    fields.put("country", country);
    if (!Double.isNaN(latitude)) {
      fields.put("lat", latitude);
      fields.put("lon", longitude);
    }
    fields.put("channel", channel);
    if (device != null) {
      fields.put("device", device);
      fields.put("ship_to", country);
    }
    return fields;
  }
}
