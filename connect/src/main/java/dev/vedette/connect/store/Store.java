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
 * a call that fails has changed nothing. Thread-safe.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00Z.
 */
public interface Store extends AutoCloseable {
  /** A pipeline as created. */
  record PipelineRow(String name, String yaml, boolean paused, long created) {}

  /** What came of a batch of events, kept in one transaction. */
  record Batch(
      List<EventDecision> decisions,
      List<Logged> controls,
      List<Alert> alerts,
      List<KeyState> keys) {}

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

  /** Which decisions are wanted; null means any. Newest first; {@code before} pages on. */
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
   * Which alerts are wanted; null means any. Newest first; {@code before} (an opening time) pages
   * on.
   */
  record AlertQuery(
      @Nullable String pipeline,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable String group,
      @Nullable Double severity,
      @Nullable Long before,
      int limit) {}

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

  /** Keeps a batch: all of it or nothing. */
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

  /** The newest state kept for {@code key}; null where it is in memory or unknown. */
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

  /** The labels given to events, newest first. */
  List<Label> labels(String pipeline, int limit);

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
   * Forgets decisions and alerts older than {@code before}, save those a replay from the newest
   * snapshot needs.
   */
  void retain(String pipeline, long before);

  @Override
  void close();
}
