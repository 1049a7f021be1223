package dev.vedette.connect.store;

import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.KeyState;
import dev.vedette.connect.store.Store.Logged;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.alert.Alert;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One batch on its way into the tables. Used by one thread, with the turn of the pipe held. */
final class Commit {
  private static final String LAST =
      "UPDATE pipelines SET last = CASE WHEN last < ? THEN ? ELSE last END"
          + " WHERE id = ? AND last < ?";

  private static final String DECISION =
      "INSERT INTO decisions"
          + " (pipeline, number, event, key, at, score, severity, flagged, body)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String CONTROL =
      "INSERT INTO controls (pipeline, applied_after, label, event, body) VALUES (?, ?, ?, ?, ?)";

  private static final String ALERT =
      "INSERT INTO alerts"
          + " (id, pipeline, alert_group, opened, last, first_number, severity, body)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET pipeline = excluded.pipeline,"
          + " alert_group = excluded.alert_group, opened = excluded.opened,"
          + " last = excluded.last, first_number = excluded.first_number,"
          + " severity = excluded.severity, body = excluded.body";

  private static final String OUTGOING =
      "INSERT INTO outbox (pipeline, sink, attempts, reason, body) VALUES (?, ?, 0, '', ?)";

  private static final String KEY_STATE =
      "INSERT INTO key_states (pipeline, key, number, state) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (pipeline, key, number) DO UPDATE SET state = excluded.state";

  private final Pipe pipe;
  private final Batch batch;
  private final Pipe.Draft names;
  private final List<@Nullable Object[]> decisions = new ArrayList<>();
  private final List<@Nullable Object[]> outgoing = new ArrayList<>();
  private final Map<String, @Nullable Object[]> alerts = new LinkedHashMap<>();

  /** Writes the bodies, before the database is kept waiting. */
  Commit(Pipe pipe, Batch batch) {
    this.pipe = pipe;
    this.batch = batch;
    names = pipe.new Draft();
    var out = new BodyWriter(names::number);
    long previous = 0;
    for (EventDecision decision : batch.decisions()) {
      if (decision.number() <= previous) {
        throw new StoreException(
            "decision %d of pipeline '%s' comes after %d; give them in order"
                .formatted(decision.number(), pipe.name(), previous));
      }
      previous = decision.number();
      decisions.add(row(decision, out));
    }
    var plain = new BodyWriter();
    for (Alert alert : batch.alerts()) {
      byte[] body = Bodies.write(alert, plain);
      alerts.put(alert.id(), row(alert, body));
      for (String sink : batch.sinks()) {
        outgoing.add(new @Nullable Object[] {pipe.id(), sink, body});
      }
    }
  }

  /** The times of the events. */
  List<Long> times() {
    return batch.decisions().stream().map(decision -> decision.event().at()).toList();
  }

  void keep(Sql sql) throws SQLException {
    number(sql);
    names.keep(sql);
    sql.batch(DECISION, decisions, row -> row);
    var plain = new BodyWriter();
    sql.batch(CONTROL, batch.controls(), logged -> row(logged, plain));
    sql.batch(ALERT, alerts.values(), row -> row);
    sql.batch(OUTGOING, outgoing, row -> row);
    sql.batch(KEY_STATE, newestKeys(), row -> row);
  }

  /** After the transaction. */
  void kept() {
    names.kept();
  }

  /**
   * Counts on from the last number kept, so that no event has two decisions: not even where two
   * processes write by accident, or where the table is partitioned by time.
   */
  private void number(Sql sql) throws SQLException {
    long last = Long.MIN_VALUE;
    long before = Long.MAX_VALUE;
    if (!batch.decisions().isEmpty()) {
      last = batch.decisions().getLast().number();
      before = batch.decisions().getFirst().number();
    }
    if (sql.update(LAST, last, last, pipe.id(), before) == 1) {
      return;
    }
    var kept =
        sql.first("SELECT last FROM pipelines WHERE id = ?", row -> row.getLong("last"), pipe.id());
    throw new StoreException(
        kept.map(
                number ->
                    "decision %d of pipeline '%s' is kept already, up to %d; go on from there"
                        .formatted(batch.decisions().getFirst().number(), pipe.name(), number))
            .orElse("pipeline '%s' was deleted".formatted(pipe.name())));
  }

  private @Nullable Object[] row(EventDecision decision, BodyWriter out) {
    Event event = decision.event();
    return new @Nullable Object[] {
      pipe.id(),
      decision.number(),
      event.id(),
      event.key(),
      event.at(),
      decision.decision().score(),
      decision.decision().severity(),
      decision.decision().flagged(),
      Bodies.write(decision, out)
    };
  }

  private @Nullable Object[] row(Logged logged, BodyWriter plain) {
    return new @Nullable Object[] {
      pipe.id(),
      logged.after(),
      logged.control() instanceof Label,
      logged.control() instanceof Label label ? label.number() : null,
      Bodies.write(logged.control(), plain)
    };
  }

  private @Nullable Object[] row(Alert alert, byte[] body) {
    return new @Nullable Object[] {
      alert.id(),
      pipe.id(),
      alert.group(),
      alert.opened(),
      alert.last(),
      alert.first(),
      alert.severity(),
      body
    };
  }

  /** One state of a key for each number: the last one given. */
  private List<@Nullable Object[]> newestKeys() {
    record Place(String key, long number) {}
    Map<Place, @Nullable Object[]> newest = new LinkedHashMap<>();
    for (KeyState key : batch.keys()) {
      newest.put(
          new Place(key.key(), key.number()),
          new @Nullable Object[] {pipe.id(), key.key(), key.number(), key.state()});
    }
    return List.copyOf(newest.values());
  }
}
