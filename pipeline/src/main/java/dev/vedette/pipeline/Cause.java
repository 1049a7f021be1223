package dev.vedette.pipeline;

/**
 * One reason for a decision: what a feature of the event was, and what would have been normal.
 *
 * @param feature its name in the pipeline file
 * @param value what it was; NaN where it was missing
 * @param normal what would have been normal; NaN where that is not known
 * @param share how much of the reasons it is, 0 to 1; the shares of all causes sum to at most 1
 * @param text both in words, such as "ratio(amount, mean(amount, 30d)) is 18.2, normally 1.0"
 */
public record Cause(String feature, double value, double normal, double share, String text) {}
