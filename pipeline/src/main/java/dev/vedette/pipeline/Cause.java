package dev.vedette.pipeline;

/**
 * One reason for a decision: what a feature of the event was, and what would have been normal.
 *
 * @param feature its text in the pipeline file
 * @param value what it was; NaN where it was missing
 * @param normal what would have been normal; NaN where that is not known
 * @param share how much of the reasons it is, 0 to 1; the shares of all causes sum to at most 1
 * @param text all in words, by the name that the pipeline file gives the feature for people, such
 *     as "payments in the last hour is 18, normally about 1"
 */
public record Cause(String feature, double value, double normal, double share, String text) {}
