package dev.vedette.connect.store;

import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.alert.Alert;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in the tables of a database. */
final class SqlStore implements Store {
  private static final List<String> OF_A_PIPELINE =
      List.of("names", "decisions", "controls", "alerts", "outbox", "key_states", "snapshots");

  private final Database database;
  private final DecisionTable decisions;
  private final AlertTable alerts;
  private final StateTable states;
  private final Map<String, Pipe> pipes = new ConcurrentHashMap<>();

  SqlStore(Database database) {
    this.database = database;
    decisions = new DecisionTable(database);
    alerts = new AlertTable(database);
    states = new StateTable(database);
  }

  @Override
  public List<PipelineRow> pipelines() {
    return database.read(
        sql ->
            sql.rows(
                "SELECT name, yaml, paused, created FROM pipelines ORDER BY id",
                row ->
                    new PipelineRow(
                        Sql.text(row, "name"),
                        Sql.text(row, "yaml"),
                        row.getBoolean("paused"),
                        row.getLong("created"))));
  }

  @Override
  public void save(PipelineRow pipeline) {
    database.write(
        sql ->
            sql.update(
                "INSERT INTO pipelines (name, yaml, paused, created, last) VALUES (?, ?, ?, ?, 0)"
                    + " ON CONFLICT (name) DO UPDATE SET yaml = excluded.yaml,"
                    + " paused = excluded.paused, created = excluded.created",
                pipeline.name(),
                pipeline.yaml(),
                pipeline.paused(),
                pipeline.created()));
  }

  @Override
  public void delete(String pipeline) {
    Optional<Pipe> found = pipe(pipeline);
    if (found.isEmpty()) {
      return;
    }
    Pipe pipe = found.get();
    pipe.turn().lock();
    try {
      database.<@Nullable Void>write(
          sql -> {
            sql.update("DELETE FROM pipelines WHERE id = ?", pipe.id());
            for (String table : OF_A_PIPELINE) {
              sql.update("DELETE FROM " + table + " WHERE pipeline = ?", pipe.id());
            }
            return null;
          });
      pipes.remove(pipeline);
    } finally {
      pipe.turn().unlock();
    }
  }

  @Override
  public void commit(String pipeline, Batch batch) {
    Pipe pipe = known(pipeline);
    pipe.turn().lock();
    try {
      var commit = new Commit(pipe, batch);
      database.expect(commit.times());
      database.<@Nullable Void>write(
          sql -> {
            commit.keep(sql);
            return null;
          });
      commit.kept();
    } finally {
      pipe.turn().unlock();
    }
  }

  @Override
  public Optional<Snapshot> snapshot(String pipeline) {
    return pipe(pipeline).flatMap(states::snapshot);
  }

  @Override
  public void save(String pipeline, Snapshot snapshot) {
    states.save(known(pipeline), snapshot);
  }

  @Override
  public void rewind(String pipeline, long number) {
    states.rewind(known(pipeline), number);
  }

  @Override
  public byte @Nullable [] keyState(String pipeline, String key) {
    Optional<Pipe> found = pipe(pipeline);
    return found.isEmpty() ? null : states.keyState(found.get(), key);
  }

  @Override
  public void replay(String pipeline, long number, Consumer<Event> events) {
    pipe(pipeline).ifPresent(pipe -> decisions.replay(pipe, number, events));
  }

  @Override
  public List<Logged> controls(String pipeline, long number) {
    return pipe(pipeline)
        .map(
            pipe ->
                database.read(
                    sql ->
                        sql.rows(
                            "SELECT id, applied_after, body FROM controls"
                                + " WHERE pipeline = ? AND applied_after >= ? ORDER BY id",
                            row -> new Logged(row.getLong("applied_after"), control(row)),
                            pipe.id(),
                            number)))
        .orElse(List.of());
  }

  @Override
  public List<Label> labels(String pipeline, int limit) {
    return pipe(pipeline)
        .map(
            pipe ->
                database.read(
                    sql ->
                        sql.rows(
                            "SELECT id, body FROM controls WHERE pipeline = ? AND label"
                                + " ORDER BY id DESC LIMIT ?",
                            row -> (Label) control(row),
                            pipe.id(),
                            (long) limit)))
        .orElse(List.of());
  }

  @Override
  public List<Label> labelsOf(String pipeline, long number) {
    Optional<Pipe> found = pipe(pipeline);
    if (found.isEmpty()) {
      return List.of();
    }
    // Labels kept before there was the column do not say in it which event they are of.
    List<Label> labels =
        database.read(
            sql ->
                sql.rows(
                    "SELECT id, body FROM controls WHERE pipeline = ? AND label"
                        + " AND (event = ? OR event IS NULL) ORDER BY id DESC",
                    row -> (Label) control(row),
                    found.get().id(),
                    number));
    return labels.stream().filter(label -> label.number() == number).toList();
  }

  private Control control(ResultSet row) throws SQLException {
    try {
      return Bodies.readControl(new BodyReader(row.getBytes("body")));
    } catch (IllegalStateException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new StoreException(
          "%s: control %d is damaged (%s); restore a backup"
              .formatted(database.name(), row.getLong("id"), e.getMessage()),
          e);
    }
  }

  @Override
  public List<EventDecision> decisions(DecisionQuery query) {
    return pipe(query.pipeline()).map(pipe -> decisions.find(pipe, query)).orElse(List.of());
  }

  @Override
  public Optional<EventDecision> decision(String pipeline, long number) {
    return pipe(pipeline).flatMap(pipe -> decisions.find(pipe, number));
  }

  @Override
  public List<Alert> alerts(AlertQuery query) {
    String pipeline = query.pipeline();
    if (pipeline == null) {
      return alerts.find(Optional.empty(), query);
    }
    Optional<Pipe> found = pipe(pipeline);
    return found.isEmpty() ? List.of() : alerts.find(found, query);
  }

  @Override
  public Optional<Alert> alert(String id) {
    return alerts.find(id);
  }

  @Override
  public List<Outgoing> undelivered(String pipeline, String sink, int limit) {
    return pipe(pipeline).map(pipe -> alerts.undelivered(pipe, sink, limit)).orElse(List.of());
  }

  @Override
  public void delivered(String pipeline, String sink, long outgoing) {
    alerts.delivered(known(pipeline), sink, outgoing);
  }

  @Override
  public void failed(String pipeline, String sink, long outgoing, String reason) {
    alerts.failed(known(pipeline), sink, outgoing, reason);
  }

  @Override
  public void audit(Audit entry) {
    database.write(
        sql ->
            sql.update(
                "INSERT INTO audits (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
                entry.at(),
                entry.who(),
                entry.action(),
                entry.subject(),
                entry.detail()));
  }

  @Override
  public List<Audit> audits(int limit) {
    return database.read(
        sql ->
            sql.rows(
                "SELECT at, who, action, subject, detail FROM audits ORDER BY id DESC LIMIT ?",
                row ->
                    new Audit(
                        row.getLong("at"),
                        Sql.text(row, "who"),
                        Sql.text(row, "action"),
                        Sql.text(row, "subject"),
                        Sql.text(row, "detail")),
                (long) limit));
  }

  @Override
  public List<ApiKey> keys() {
    return database.read(
        sql ->
            sql.rows(
                "SELECT id, hash, role, note, created FROM api_keys ORDER BY created, id",
                row ->
                    new ApiKey(
                        Sql.text(row, "id"),
                        Sql.text(row, "hash"),
                        Sql.text(row, "role"),
                        Sql.text(row, "note"),
                        row.getLong("created"))));
  }

  @Override
  public void save(ApiKey key) {
    database.write(
        sql ->
            sql.update(
                "INSERT INTO api_keys (id, hash, role, note, created) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET hash = excluded.hash,"
                    + " role = excluded.role, note = excluded.note, created = excluded.created",
                key.id(),
                key.hash(),
                key.role(),
                key.note(),
                key.created()));
  }

  @Override
  public void deleteKey(String id) {
    database.write(sql -> sql.update("DELETE FROM api_keys WHERE id = ?", id));
  }

  @Override
  public void retain(String pipeline, long before) {
    new Retention(database, known(pipeline), before).run();
  }

  @Override
  public void close() {
    database.close();
  }

  private Pipe known(String pipeline) {
    return pipe(pipeline)
        .orElseThrow(
            () -> new StoreException("there is no pipeline '%s'; create it".formatted(pipeline)));
  }

  private Optional<Pipe> pipe(String name) {
    Pipe known = pipes.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Pipe> found =
        database.read(
            sql -> {
              Optional<Pipe> pipe =
                  sql.first(
                      "SELECT id FROM pipelines WHERE name = ?",
                      row -> new Pipe(row.getLong("id"), name),
                      name);
              if (pipe.isPresent()) {
                pipe.get().load(sql);
              }
              return pipe;
            });
    return found.map(
        pipe -> {
          Pipe first = pipes.putIfAbsent(name, pipe);
          return first == null ? pipe : first;
        });
  }
}
