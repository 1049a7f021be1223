package dev.vedette.pipeline;

/**
 * What a person says of an event.
 *
 * @param number the event, as numbered in its {@link EventDecision}
 * @param score the fused score it had
 * @param anomaly whether it really was one: true for a true alarm, false for a false alarm
 * @param comment in the person's words; may be empty
 * @param by who said so
 * @param at when, in milliseconds since 1970-01-01T00:00Z
 */
public record Label(long number, double score, boolean anomaly, String comment, String by, long at)
    implements Control {}
