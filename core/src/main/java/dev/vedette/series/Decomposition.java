package dev.vedette.series;

/**
 * A series taken apart: value = trend + seasonal + remainder at each point.
 *
 * @param trend the slow part
 * @param seasonal the part that repeats
 * @param remainder what is left
 * @param robustness 0 to 1: how far each point was believed; all 1 without robust iterations
 */
public record Decomposition(
    double[] trend, double[] seasonal, double[] remainder, double[] robustness) {}
