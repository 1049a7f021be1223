package dev.vedette.azure;

/**
 * What a detector makes of a regular series.
 *
 * @param detector its name
 * @param expected what each value should have been
 * @param trend the slow part of it
 * @param anomaly whether each value is one
 * @param score of the spectral residual, or empty
 */
record Judgement(
    String detector, double[] expected, double[] trend, boolean[] anomaly, double[] score) {
  static final String SEASONAL = "seasonal_series";
  static final String DYNAMIC = "dynamic_threshold";
  static final String SPECTRAL = "spectral_residual";
}
