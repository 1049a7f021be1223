package dev.vedette.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What one detector says of an event.
 *
 * @param detector its text in the pipeline file
 * @param score as the detector gave it; higher is more anomalous; 0 where it was left out
 * @param pValue the share of recent events at least as anomalous to this detector, 0 to 1
 * @param strength how remarkable that is: −log10 of the share, extrapolated where events are rarer
 *     than the recent ones can show
 * @param leftOut why the detector has no say, such as "not fitted yet"; null where it has
 */
public record Opinion(
    String detector, double score, double pValue, double strength, @Nullable String leftOut) {}
