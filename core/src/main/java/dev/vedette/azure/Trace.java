package dev.vedette.azure;

/**
 * How an answer came about.
 *
 * @param detector the name of the detector that had the word, such as {@code seasonal_series}
 * @param filled whether missing points were filled
 */
public record Trace(String detector, boolean filled) {}
