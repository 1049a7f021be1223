package dev.vedette.pipeline.alert;

import dev.vedette.pipeline.Cause;
import java.util.List;
import java.util.Locale;

/**
 * One incident told to people: the flagged events of one group that belong together.
 *
 * @param id the same in every message on this alert: the pipeline and the number of the first
 *     event, such as "card-fraud:4711"
 * @param pipeline its name
 * @param group what the events have in common: a key, a value of a field, or "all"
 * @param state what is told now
 * @param opened when the first event happened, in milliseconds since 1970-01-01T00:00Z
 * @param last when the latest event happened; not before {@code opened}
 * @param first the number of the first event
 * @param worst the number of the event with the highest severity
 * @param count how many flagged events
 * @param severity the highest of them, 0 to 100
 * @param causes why the worst one was flagged, most important first
 * @param summary one line for a person, without control characters
 */
public record Alert(
    String id,
    String pipeline,
    String group,
    State state,
    long opened,
    long last,
    long first,
    long worst,
    long count,
    double severity,
    List<Cause> causes,
    String summary) {
  /** What is told about an alert. */
  public enum State {
    /** The group had its first flagged event. */
    OPENED,
    /** More events came since the last message. */
    UPDATED,
    /** No event came for the cool-down; the count is final. */
    CLOSED
  }

  public Alert {
    causes = List.copyOf(causes);
  }

  /** Distinguishes what is sent about one alert: a receiver may drop what it has seen. */
  public String idempotencyKey() {
    return id + ":" + state.name().toLowerCase(Locale.ROOT) + ":" + count;
  }
}
