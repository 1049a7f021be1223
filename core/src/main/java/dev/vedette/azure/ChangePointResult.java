package dev.vedette.azure;

/**
 * Where the trend of a series changes; both arrays are as long as the series sent.
 *
 * @param period points in a season, 0 for none
 * @param isChangePoint whether a new trend begins at the point
 * @param confidenceScores 0 to 1: how sure that is; 0 where nothing changes
 */
public record ChangePointResult(int period, boolean[] isChangePoint, double[] confidenceScores) {}
