package dev.vedette.connect.store;

import dev.vedette.connect.store.Store.AlertQuery;
import dev.vedette.connect.store.Store.Outgoing;
import dev.vedette.pipeline.alert.Alert;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads alerts and the messages about them. */
final class AlertTable {
  private static final String COLUMNS = "SELECT id, body FROM alerts";

  private final Database database;

  AlertTable(Database database) {
    this.database = database;
  }

  /** The alerts wanted, of {@code pipeline} unless that is empty. */
  List<Alert> find(Optional<Pipe> pipeline, AlertQuery query) {
    var where = new DecisionTable.Where();
    pipeline.ifPresent(pipe -> where.and("pipeline = ?", pipe.id()));
    where.and("opened >= ?", query.from()).and("opened < ?", query.to());
    where.and("alert_group = ?", query.group()).and("severity >= ?", query.severity());
    Long before = query.before();
    String beforeId = query.beforeId();
    if (before != null && beforeId != null) {
      where.and("opened <= ?", before);
      where.and("(opened < ?", before).or("id < ?)", beforeId);
    } else {
      where.and("opened < ?", before);
    }
    String text = COLUMNS + where + " ORDER BY opened DESC, id DESC LIMIT ?";
    return database.read(sql -> sql.rows(text, this::alert, where.with(query.limit())));
  }

  Optional<Alert> find(String id) {
    return database.read(sql -> sql.first(COLUMNS + " WHERE id = ?", this::alert, id));
  }

  List<Outgoing> undelivered(Pipe pipe, String sink, int limit) {
    return database.read(
        sql ->
            sql.rows(
                "SELECT id, attempts, body FROM outbox WHERE pipeline = ? AND sink = ?"
                    + " ORDER BY id LIMIT ?",
                row -> new Outgoing(row.getLong("id"), alert(row), row.getInt("attempts")),
                pipe.id(),
                sink,
                (long) limit));
  }

  void delivered(Pipe pipe, String sink, long outgoing) {
    database.write(
        sql ->
            sql.update(
                "DELETE FROM outbox WHERE id = ? AND pipeline = ? AND sink = ?",
                outgoing,
                pipe.id(),
                sink));
  }

  void failed(Pipe pipe, String sink, long outgoing, String reason) {
    database.write(
        sql ->
            sql.update(
                "UPDATE outbox SET attempts = attempts + 1, reason = ?"
                    + " WHERE id = ? AND pipeline = ? AND sink = ?",
                reason,
                outgoing,
                pipe.id(),
                sink));
  }

  private Alert alert(ResultSet row) throws SQLException {
    try {
      return Bodies.readAlert(new BodyReader(row.getBytes("body")));
    } catch (IllegalStateException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new StoreException(
          "%s: alert or message %s is damaged (%s); restore a backup"
              .formatted(database.name(), row.getString("id"), e.getMessage()),
          e);
    }
  }
}
