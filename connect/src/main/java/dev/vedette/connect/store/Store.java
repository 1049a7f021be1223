package dev.vedette.connect.store;

import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.alert.Alert;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything that must outlive the process. What {@link #commit} took is there after a crash;
 * a call that fails throws a {@link StoreException} and has changed nothing. Thread-safe. Every
 * text and number comes back as it was, bit by bit. A pipeline that is not there has nothing to
 * read; to write for it fails.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00Z.
 */
public interface Store extends AutoCloseable {
  /** A pipeline as created. */
  record PipelineRow(String name, String yaml, boolean paused, long created) {}

  /**
   * What came of a batch of events, kept in one transaction.
   *
   * @param decisions in the order of their numbers, which go on from the last one kept
   * @param controls in the order in which they were applied
   * @param alerts what is to be sent, in this order
   * @param keys states of keys; of two for one key and number the later one counts
   * @param sinks every alert becomes an {@link Outgoing} message to each of them
   */
  record Batch(
      List<EventDecision> decisions,
      List<Logged> controls,
      List<Alert> alerts,
      List<KeyState> keys,
      List<String> sinks) {
    public Batch {
      decisions = List.copyOf(decisions);
      controls = List.copyOf(controls);
      alerts = List.copyOf(alerts);
      keys = List.copyOf(keys);
      sinks = List.copyOf(sinks);
    }
  }

  /** A control and the number of the event after which it was applied. */
  record Logged(long after, Control control) {}

  /**
   * The state of a key that left the memory ({@code state} set) or came back (null).
   *
   * @param number the last event of the batch in which it did
   */
  record KeyState(String key, long number, byte @Nullable [] state) {}

  /** All state of a partition after event {@code number}. */
  record Snapshot(long number, byte[] state) {}

  /**
   * Which decisions are wanted; null means any. Newest first.
   *
   * @param from the earliest time
   * @param to the time before which
   * @param severity the lowest
   * @param before the number before which: the last one of a page, to page on
   * @param limit at most so many
   */
  record DecisionQuery(
      String pipeline,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable String key,
      @Nullable Double severity,
      @Nullable Boolean flagged,
      @Nullable Long before,
      int limit) {}

  /**
   * Which alerts are wanted; null means any. The last opened first, of those opened at one time the
   * one of the greatest id.
   *
   * @param from the earliest opening time
   * @param to the opening time before which
   * @param severity the lowest
   * @param before the opening time before which: that of the last alert of a page, to page on
   * @param beforeId the id of that alert, so that others opened at the same time are not passed
   *     over; without it all of that time are
   * @param limit at most so many
   */
  record AlertQuery(
      @Nullable String pipeline,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable String group,
      @Nullable Double severity,
      @Nullable Long before,
      @Nullable String beforeId,
      int limit) {
    /** A query for all alerts opened before {@code before}. */
    public AlertQuery(
        @Nullable String pipeline,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String group,
        @Nullable Double severity,
        @Nullable Long before,
        int limit) {
      this(pipeline, from, to, group, severity, before, null, limit);
    }
  }

  /** A message to a sink that was not delivered yet. */
  record Outgoing(long id, Alert alert, int attempts) {}

  /** A change and who made it. */
  record Audit(long at, String who, String action, String subject, String detail) {}

  /** A key of the API: only the hash of its secret is kept. */
  record ApiKey(String id, String hash, String role, String note, long created) {}

  List<PipelineRow> pipelines();

  /** Creates the pipeline or replaces the one of this name. */
  void save(PipelineRow pipeline);

  /** Removes the pipeline and everything kept for it. */
  void delete(String pipeline);

  /**
   * Keeps a batch: all of it or nothing.
   *
   * @throws StoreException also when the number of a decision is not after the last one kept
   */
  void commit(String pipeline, Batch batch);

  /** The newest snapshot. */
  Optional<Snapshot> snapshot(String pipeline);

  /** Keeps a snapshot in place of older ones; states of keys that it makes obsolete go. */
  void save(String pipeline, Snapshot snapshot);

  /**
   * Goes back to event {@code number}, to replay what followed: forgets the states of keys kept
   * after it.
   */
  void rewind(String pipeline, long number);

  /**
   * The newest state kept for {@code key}, that of the greatest number; null where it is in memory
   * or unknown.
   */
  byte @Nullable [] keyState(String pipeline, String key);

  /** Gives every event after {@code number} to {@code events}, in order. */
  void replay(String pipeline, long number, Consumer<Event> events);

  /** The controls applied after event {@code number} or later, in order. */
  List<Logged> controls(String pipeline, long number);

  List<EventDecision> decisions(DecisionQuery query);

  Optional<EventDecision> decision(String pipeline, long number);

  /** The alerts in the state last kept. */
  List<Alert> alerts(AlertQuery query);

  Optional<Alert> alert(String id);

  /** The labels given to events, the last given first; an event may have several. */
  List<Label> labels(String pipeline, int limit);

  /** The labels given to event {@code number}, the last given first. */
  List<Label> labelsOf(String pipeline, long number);

  /** The messages to {@code sink} that are not delivered yet, oldest first. */
  List<Outgoing> undelivered(String pipeline, String sink, int limit);

  /** Marks a message as delivered to {@code sink}, or as given up. */
  void delivered(String pipeline, String sink, long outgoing);

  /** Counts a failed attempt. */
  void failed(String pipeline, String sink, long outgoing, String reason);

  void audit(Audit entry);

  List<Audit> audits(int limit);

  List<ApiKey> keys();

  void save(ApiKey key);

  void deleteKey(String id);

  /**
   * Forgets decisions on events older than {@code before}, the controls before the first decision
   * that is left, and alerts whose last event is older, save all that a replay from the newest
   * snapshot needs. Without a snapshot nothing goes. Messages that are not delivered stay.
   */
  void retain(String pipeline, long before);

  @Override
  void close();
}
