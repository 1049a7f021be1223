package dev.vedette.azure;

/**
 * What became of one variable when it was aligned with the others, between the start and the end
 * that were asked for.
 *
 * @param filledNaRatio the share of its points that had to be filled, 0 to 1
 * @param effectiveCount its points that were there
 * @param firstTime of its points that were there, in milliseconds; of all points if there were none
 * @param lastTime likewise
 */
public record MultivariateState(
    String variable, double filledNaRatio, int effectiveCount, long firstTime, long lastTime) {}
