package dev.vedette.server.intake;

/**
 * How long events took lately, from acceptance until they were kept.
 *
 * @param p50 the median, in milliseconds
 * @param p95 the 95 % quantile
 * @param p99 the 99 % quantile
 */
public record Latency(double p50, double p95, double p99) {
  /** When there were no events. */
  static final Latency UNKNOWN = new Latency(Double.NaN, Double.NaN, Double.NaN);
}
