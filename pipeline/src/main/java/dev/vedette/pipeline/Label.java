package dev.vedette.pipeline;

/**
 * What a person says of an event.
 *
 * @param number the event, as numbered in its {@link EventDecision}
 * @param score the fused score it had; NaN while nobody has looked it up
 * @param anomaly whether it really was one: true for a true alarm, false for a false alarm
 * @param comment in the person's words; may be empty
 * @param by who said so
 * @param at when, in milliseconds since 1970-01-01T00:00Z
 */
public record Label(long number, double score, boolean anomaly, String comment, String by, long at)
    implements Control {
  /** A label before the score of its event is looked up. */
  public Label(long number, boolean anomaly, String comment, String by, long at) {
    this(number, Double.NaN, anomaly, comment, by, at);
  }

  /** The label on an event that had this fused score. */
  public Label scored(double score) {
    return new Label(number, score, anomaly, comment, by, at);
  }
}
