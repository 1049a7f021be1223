package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory, with switches for what can go wrong. */
final class MemoryStore implements Store {
  /** What is kept for one pipeline. */
  private static final class Kept {
    final TreeMap<Long, EventDecision> decisions = new TreeMap<>();
    final List<Logged> controls = new ArrayList<>();
    final List<Alert> alerts = new ArrayList<>();
    final Map<String, TreeMap<Long, Optional<byte[]>>> keys = new HashMap<>();
    @Nullable Snapshot snapshot;
  }

  private final Map<String, PipelineRow> rows = new TreeMap<>();
  private final Map<String, Kept> kept = new HashMap<>();
  private final List<Audit> audits = new ArrayList<>();

  /** The sizes of the transactions with events. */
  final List<Integer> commits = new ArrayList<>();

  /** Each commit takes a permit; none means that it waits. */
  final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

  /** Commits that began. */
  final Semaphore begun = new Semaphore(0);

  volatile int failures;
  volatile boolean answerLost;

  /** What is kept cannot be read, but can be written. */
  volatile boolean unreadable;

  /** Rows and audits cannot be written. */
  volatile boolean rowsRefused;

  volatile boolean auditsRefused;

  void shut() {
    gate.drainPermits();
  }

  void open() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  /** What another process would find if this one ended now. */
  synchronized MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    copy.rows.putAll(rows);
    kept.forEach(
        (name, from) -> {
          Kept to = copy.kept(name);
          to.decisions.putAll(from.decisions);
          to.controls.addAll(from.controls);
          to.alerts.addAll(from.alerts);
          from.keys.forEach((key, states) -> to.keys.put(key, new TreeMap<>(states)));
          to.snapshot = from.snapshot;
        });
    return copy;
  }

  private Kept kept(String pipeline) {
    return kept.computeIfAbsent(pipeline, name -> new Kept());
  }

  @Override
  public synchronized List<PipelineRow> pipelines() {
    return List.copyOf(rows.values());
  }

  @Override
  public synchronized void save(PipelineRow pipeline) {
    if (rowsRefused) {
      throw new IllegalStateException("the disk is full");
    }
    rows.put(pipeline.name(), pipeline);
  }

  @Override
  public synchronized void delete(String pipeline) {
    rows.remove(pipeline);
    kept.remove(pipeline);
  }

  synchronized boolean knows(String pipeline) {
    return kept.containsKey(pipeline);
  }

  @Override
  public void commit(String pipeline, Batch batch) {
    begun.release();
    gate.acquireUninterruptibly();
    synchronized (this) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("the disk is full");
      }
      Kept to = kept(pipeline);
      for (EventDecision decision : batch.decisions()) {
        if (to.decisions.putIfAbsent(decision.number(), decision) != null) {
          throw new IllegalStateException("number " + decision.number() + " is there already");
        }
      }
      to.controls.addAll(batch.controls());
      to.alerts.addAll(batch.alerts());
      for (KeyState move : batch.keys()) {
        to.keys
            .computeIfAbsent(move.key(), key -> new TreeMap<>())
            .put(move.number(), Optional.ofNullable(move.state()));
      }
      if (!batch.decisions().isEmpty()) {
        commits.add(batch.decisions().size());
      }
      if (answerLost) {
        answerLost = false;
        throw new IllegalStateException("the connection is lost");
      }
    }
  }

  @Override
  public synchronized Optional<Snapshot> snapshot(String pipeline) {
    if (unreadable) {
      throw new IllegalStateException("a page cannot be read");
    }
    return Optional.ofNullable(kept(pipeline).snapshot);
  }

  @Override
  public synchronized void save(String pipeline, Snapshot snapshot) {
    kept(pipeline).snapshot = snapshot;
    for (TreeMap<Long, Optional<byte[]>> states : kept(pipeline).keys.values()) {
      Long newest = states.floorKey(snapshot.number());
      if (newest != null) {
        states.headMap(newest, false).clear();
      }
    }
  }

  @Override
  public synchronized void rewind(String pipeline, long number) {
    kept(pipeline).keys.values().forEach(states -> states.tailMap(number, false).clear());
  }

  @Override
  public synchronized byte @Nullable [] keyState(String pipeline, String key) {
    TreeMap<Long, Optional<byte[]>> states = kept(pipeline).keys.get(key);
    return states == null || states.isEmpty() ? null : states.lastEntry().getValue().orElse(null);
  }

  @Override
  public void replay(String pipeline, long number, Consumer<Event> events) {
    List<EventDecision> decisions;
    synchronized (this) {
      decisions = List.copyOf(kept(pipeline).decisions.tailMap(number, false).values());
    }
    decisions.forEach(decision -> events.accept(decision.event()));
  }

  @Override
  public synchronized List<Logged> controls(String pipeline, long number) {
    return kept(pipeline).controls.stream().filter(logged -> logged.after() >= number).toList();
  }

  @Override
  public synchronized List<EventDecision> decisions(DecisionQuery query) {
    long before = query.before() == null ? Long.MAX_VALUE : query.before();
    return kept(query.pipeline()).decisions.headMap(before, false).descendingMap().values().stream()
        .limit(query.limit())
        .toList();
  }

  /** All decisions in their order. */
  synchronized List<EventDecision> decisions(String pipeline) {
    return List.copyOf(kept(pipeline).decisions.values());
  }

  @Override
  public synchronized Optional<EventDecision> decision(String pipeline, long number) {
    return Optional.ofNullable(kept(pipeline).decisions.get(number));
  }

  @Override
  public synchronized List<Alert> alerts(AlertQuery query) {
    return kept.values().stream().flatMap(all -> all.alerts.stream()).toList();
  }

  @Override
  public synchronized Optional<Alert> alert(String id) {
    return kept.values().stream()
        .flatMap(all -> all.alerts.stream())
        .filter(alert -> alert.id().equals(id))
        .max(Comparator.comparingLong(Alert::count));
  }

  @Override
  public synchronized List<Label> labels(String pipeline, int limit) {
    return kept(pipeline).controls.stream()
        .map(Logged::control)
        .filter(Label.class::isInstance)
        .map(Label.class::cast)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Label> labelsOf(String pipeline, long number) {
    return labels(pipeline, Integer.MAX_VALUE).stream()
        .filter(label -> label.number() == number)
        .toList();
  }

  @Override
  public List<Outgoing> undelivered(String pipeline, String sink, int limit) {
    return List.of();
  }

  @Override
  public void delivered(String pipeline, String sink, long outgoing) {}

  @Override
  public void failed(String pipeline, String sink, long outgoing, String reason) {}

  @Override
  public synchronized void audit(Audit entry) {
    if (auditsRefused) {
      throw new IllegalStateException("the disk is full");
    }
    audits.add(entry);
  }

  @Override
  public synchronized List<Audit> audits(int limit) {
    return List.copyOf(audits);
  }

  @Override
  public List<ApiKey> keys() {
    return List.of();
  }

  @Override
  public void save(ApiKey key) {}

  @Override
  public void deleteKey(String id) {}

  @Override
  public void retain(String pipeline, long before) {}

  @Override
  public void close() {}
}
