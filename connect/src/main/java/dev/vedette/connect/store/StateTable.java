package dev.vedette.connect.store;

import dev.vedette.connect.store.Store.Snapshot;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes snapshots and the states of keys. */
final class StateTable {
  /** Bytes of a snapshot in one row: databases hold larger ones badly. */
  private static final int PART = 1 << 20;

  private final Database database;

  StateTable(Database database) {
    this.database = database;
  }

  Optional<Snapshot> snapshot(Pipe pipe) {
    return database.read(sql -> newest(pipe, sql));
  }

  /** In one statement, so that a snapshot that is replaced meanwhile is whole. */
  private static Optional<Snapshot> newest(Pipe pipe, Sql sql) throws SQLException {
    String text =
        "SELECT number, state FROM snapshots WHERE pipeline = ? AND number ="
            + " (SELECT max(number) FROM snapshots WHERE pipeline = ?) ORDER BY part";
    try (PreparedStatement statement = sql.connection().prepareStatement(text)) {
      statement.setLong(1, pipe.id());
      statement.setLong(2, pipe.id());
      try (ResultSet rows = statement.executeQuery()) {
        var bytes = new ByteArrayOutputStream();
        Long number = null;
        while (rows.next()) {
          number = rows.getLong("number");
          bytes.writeBytes(rows.getBytes("state"));
        }
        return number == null
            ? Optional.empty()
            : Optional.of(new Snapshot(number, bytes.toByteArray()));
      }
    }
  }

  void save(Pipe pipe, Snapshot snapshot) {
    List<Long> parts = new ArrayList<>();
    for (long part = 0; part == 0 || part * PART < snapshot.state().length; part++) {
      parts.add(part);
    }
    database.<@Nullable Void>write(
        sql -> {
          prune(pipe.id(), snapshot.number(), sql);
          sql.update("DELETE FROM snapshots WHERE pipeline = ?", pipe.id());
          for (Long part : parts) {
            sql.update(
                "INSERT INTO snapshots (pipeline, number, part, state) VALUES (?, ?, ?, ?)",
                pipe.id(),
                snapshot.number(),
                part,
                part(snapshot.state(), part));
          }
          return null;
        });
  }

  private static byte[] part(byte[] state, long part) {
    int from = Math.toIntExact(part * PART);
    return Arrays.copyOfRange(state, from, Math.min(state.length, from + PART));
  }

  /**
   * Forgets the states of keys that no replay from {@code number} can ask for: those followed by
   * another one up to there, and that a key came back. Only keys that moved since the snapshot
   * before have any.
   */
  private static void prune(long pipeline, long number, Sql sql) throws SQLException {
    long before =
        sql.first(
                "SELECT max(number) AS newest FROM snapshots WHERE pipeline = ?",
                row -> row.getLong("newest"),
                pipeline)
            .orElse(0L);
    sql.update(
        "DELETE FROM key_states WHERE pipeline = ? AND number < ? AND EXISTS"
            + " (SELECT 1 FROM key_states AS later WHERE later.pipeline = key_states.pipeline"
            + " AND later.key = key_states.key AND later.number > key_states.number"
            + " AND later.number <= ?) AND key IN"
            + " (SELECT moved.key FROM key_states AS moved"
            + " WHERE moved.pipeline = ? AND moved.number > ? AND moved.number <= ?)",
        pipeline,
        number,
        number,
        pipeline,
        before,
        number);
    sql.update(
        "DELETE FROM key_states WHERE pipeline = ? AND number > ? AND number <= ?"
            + " AND state IS NULL",
        pipeline,
        before,
        number);
  }

  void rewind(Pipe pipe, long number) {
    database.write(
        sql ->
            sql.update(
                "DELETE FROM key_states WHERE pipeline = ? AND number > ?", pipe.id(), number));
  }

  byte @Nullable [] keyState(Pipe pipe, String key) {
    List<KeptState> states =
        database.read(
            sql ->
                sql.rows(
                    "SELECT state FROM key_states WHERE pipeline = ? AND key = ?"
                        + " ORDER BY number DESC LIMIT 1",
                    row -> new KeptState(row.getBytes("state")),
                    pipe.id(),
                    key));
    return states.isEmpty() ? null : states.getFirst().state();
  }

  private record KeptState(byte @Nullable [] state) {}
}
