package dev.vedette.pipeline.simulate;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody can pay.
 *
 * @param city where its till is; null for one that sells online
 * @param latitude of the till in degrees; NaN for one that sells online
 */
record Merchant(
    String name, MerchantType type, @Nullable City city, double latitude, double longitude) {
  boolean online() {
    return city == null;
  }
}
